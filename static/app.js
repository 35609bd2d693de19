// Comforts on top of pages that work without them; each part does nothing where its elements are missing.
{
  const root = document.documentElement;
  const words = document.currentScript.dataset;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const stored = (store, key, value) => {
    try {
      return value === undefined ? store().getItem(key) : store().setItem(key, value);
    } catch {
      return null;
    }
  };

  const addCopyButtons = () => {
    if (!navigator.clipboard) return;
    for (const block of all(".highlight")) {
      const code = block.querySelector("code");
      if (!code) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = words.copy;
      button.setAttribute("aria-live", "polite");
      button.addEventListener("click", async () => {
        const copy = code.cloneNode(true);
        // Of a console session only what was typed.
        if (copy.querySelector(".gp")) all(".gp, .go", copy).forEach((part) => part.remove());
        await navigator.clipboard.writeText(copy.textContent.trimEnd() + "\n");
        button.textContent = words.copied;
        setTimeout(() => (button.textContent = words.copy), 2000);
      });
      block.append(button);
    }
  };

  const switchScheme = () => {
    const button = document.getElementById("site:scheme");
    if (!button) return;
    const schemes = ["system", "light", "dark"];
    const local = () => localStorage;
    const show = (scheme) => {
      root.dataset.scheme = scheme;
      button.title = button.dataset[scheme];
      button.setAttribute("aria-label", button.dataset[scheme]);
    };
    let now = Math.max(0, schemes.indexOf(root.dataset.scheme));
    show(schemes[now]);
    button.hidden = false;
    button.addEventListener("click", () => {
      now = (now + 1) % schemes.length;
      show(schemes[now]);
      stored(local, "scheme", schemes[now]);
    });
  };

  const markSection = () => {
    const links = new Map(all(".contents a").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    if (!headings.length || !("IntersectionObserver" in window)) return;
    const mark = () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 4);
      const current = links.get((passed.pop() || headings[0]).id);
      for (const link of links.values()) {
        if (link === current) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -75% 0px" });
    headings.forEach((heading) => observer.observe(heading));
    mark();
  };

  const closeMenus = () => {
    const shut = (menu) => menu.matches(":popover-open") && menu.hidePopover();
    for (const menu of all("[popover]")) {
      if (!menu.hidePopover) return;
      menu.addEventListener("click", (event) => event.target.closest("a") && shut(menu));
    }
    matchMedia("(min-width: 48rem)").addEventListener("change", () => all("[popover]").forEach(shut));
    matchMedia("(min-width: 80rem)").addEventListener("change", () => all("[popover]").forEach(shut));
    const fold = (event) => all(".submenu[open]").forEach((menu) => menu.contains(event.target) || (menu.open = false));
    document.addEventListener("click", fold);
    document.addEventListener("focusin", fold);
    document.addEventListener("keydown", (event) => {
      const menu = event.key === "Escape" && event.target.closest(".submenu[open]");
      if (!menu) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  };

  const rememberTree = () => {
    const session = () => sessionStorage;
    const folds = all(".tree details");
    const key = (fold) => "tree:" + (fold.previousElementSibling?.pathname || fold.textContent.trim().split("\n")[0]);
    for (const fold of folds) {
      const was = stored(session, key(fold));
      if (was !== null && !fold.querySelector('[aria-current="page"]')) fold.open = was === "1";
      fold.addEventListener("toggle", () => stored(session, key(fold), fold.open ? "1" : "0"));
    }
    const tree = document.querySelector(".tree");
    const here = tree?.querySelector('[aria-current="page"]');
    if (here && here.offsetTop > tree.clientHeight) tree.scrollTop = here.offsetTop - tree.clientHeight / 2;
  };

  // The link to the search page opens a dialog instead, as do two keys; where that cannot be loaded, it leads to the page.
  const openSearch = () => {
    const link = document.getElementById("site:search");
    if (!link) return;
    const go = (act) => import(words.search).then((search) => search[act](link, words.look));
    const open = (event) => {
      event.preventDefault();
      go("open").catch(() => (location = link.href));
    };
    link.addEventListener("pointerenter", () => go("prepare").catch(() => {}), { once: true });
    link.addEventListener("click", (event) => event.ctrlKey || event.metaKey || open(event));
    document.addEventListener("keydown", (event) => {
      const command = event.ctrlKey || event.metaKey;
      if (command ? event.key !== "k" : event.key !== "/" || stored(() => localStorage, "keys") === "off") return;
      if (command || !event.target.closest("input, textarea, select, [contenteditable]")) open(event);
    });
  };

  addCopyButtons();
  switchScheme();
  markSection();
  closeMenus();
  rememberTree();
  openSearch();
}
