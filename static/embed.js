// Puts a player in the place of its link when a reader asks for it; until then nothing is loaded from elsewhere.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-embed] > a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const address = new URL(link.parentElement.dataset.embed, location);
  // A frame of this very site could leave its sandbox.
  if (address.protocol !== "https:" || address.origin === location.origin) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.title = link.querySelector(".embed-title")?.textContent || link.textContent.trim();
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation allow-forms";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = address;
  link.replaceWith(frame);
  frame.focus();
});
