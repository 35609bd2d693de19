// Shows the comments of a page when a reader asks for them; until then nothing is loaded from elsewhere.
{
  const button = document.querySelector("[data-frame]");
  const address = new URL(button.dataset.frame);
  const root = document.documentElement;
  const KEY = "giscus-session";

  // Whoever comes back from signing in brings a session along.
  const session = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || "";
    } catch {
      return "";
    }
  };
  const keep = (value) => {
    try {
      if (value) localStorage.setItem(KEY, JSON.stringify(value));
      else localStorage.removeItem(KEY);
    } catch {}
  };
  const here = new URL(location);
  const brought = here.searchParams.get("giscus");
  here.searchParams.delete("giscus");
  here.hash = "";
  if (brought) {
    keep(brought);
    history.replaceState(null, "", here);
  }

  const theme = () => {
    const scheme = root.dataset.scheme;
    const isDark = scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    return isDark ? button.dataset.dark : button.dataset.light;
  };

  const show = () => {
    const frame = document.createElement("iframe");
    const tell = () => frame.contentWindow.postMessage({ giscus: { setConfig: { theme: theme() } } }, address.origin);
    const fill = () => {
      for (const [name, value] of [["origin", here], ["session", session()], ["theme", theme()]]) address.searchParams.set(name, value);
      frame.src = address;
    };
    frame.className = "comments-frame";
    frame.title = document.getElementById("site:comments").textContent;
    frame.allow = "clipboard-write";
    frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";
    addEventListener("message", (event) => {
      const said = event.source === frame.contentWindow && event.origin === address.origin && event.data?.giscus;
      if (!said) return;
      if (said.resizeHeight) frame.height = said.resizeHeight;
      if (said.signOut || /Bad credentials|Invalid state|State has expired/.test(said.error)) {
        keep();
        fill();
      }
    });
    new MutationObserver(tell).observe(root, { attributeFilter: ["data-scheme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
    fill();
    button.replaceWith(frame);
    frame.focus();
  };

  button.hidden = false;
  button.addEventListener("click", show);
  if (brought) show();
}
