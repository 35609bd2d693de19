// Makes the buttons work that share a page without any service: by the clipboard, and by the device's own list.
{
  const url = document.querySelector('[rel="canonical"]')?.href || location.href;
  const ways = {
    copy: navigator.clipboard && (() => navigator.clipboard.writeText(url)),
    device: navigator.share && (() => navigator.share({ title: document.title, url })),
  };
  for (const button of document.querySelectorAll("[data-share]")) {
    const share = ways[button.dataset.share];
    const { textContent } = button;
    button.hidden = !share;
    button.ariaLive = "polite";
    button.addEventListener("click", async () => {
      try {
        await share();
      } catch {
        return;
      }
      button.textContent = button.dataset.done || textContent;
      setTimeout(() => (button.textContent = textContent), 2000);
    });
  }
}
