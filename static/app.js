// Comforts on top of pages that work without them; each part does nothing where its elements are missing.
{
  const root = document.documentElement;
  const words = document.currentScript.dataset;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const stored = (store, key, value) => {
    try {
      return value === undefined ? store().getItem(key) : store().setItem(key, value);
    } catch {}
  };

  const local = () => localStorage;

  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "copy";
    made.textContent = label;
    made.ariaLive = "polite";
    made.addEventListener("click", () => act(made));
    return made;
  };

  // What is copied may still have to be fetched: handed over as a promise, it counts as copied at the click.
  const copier = (label, text) =>
    button(label, async (made) => {
      const blob = Promise.resolve(text()).then((found) => new Blob([found], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
      made.textContent = words.copied;
      setTimeout(() => (made.textContent = label), 2000);
    });

  const codeOf = (code) => {
    const copy = code.cloneNode(true);
    // Of a console session only what was typed, of a change only what is left.
    const isSession = copy.querySelector(".gp");
    if (isSession) all(".gp, .go", copy).forEach((part) => part.remove());
    if (!code.closest(".diff")) all("del", copy).forEach((line) => line.remove());
    return copy.textContent.replace(isSession ? /\n+/g : /\n$/, "\n").trimEnd() + "\n";
  };

  const isWide = (box) => box.scrollWidth > box.clientWidth;

  const addCodeButtons = () => {
    const wraps = [];
    const wrap = (on) => {
      root.dataset.wrap = on;
      for (const each of wraps) each.ariaPressed = !!on;
      fitBoxes();
      return on;
    };
    const on = root.dataset.wrap || "";
    for (const code of all(".highlight code")) {
      const over = document.createElement("div");
      over.className = "over";
      if (on || isWide(code.parentElement)) {
        wraps.push(button(words.wrap, () => stored(local, "wrap", wrap(root.dataset.wrap ? "" : "1"))));
        over.append(wraps.at(-1));
      }
      if (navigator.clipboard) over.append(copier(words.copy, () => codeOf(code)));
      code.closest(".highlight").append(over);
    }
    wrap(on);
    const twin = navigator.clipboard && document.querySelector('.actions [type="text/markdown"]');
    if (twin) twin.after(copier(words.page, () => fetch(twin.href).then((answer) => answer.text())));
  };

  // Only what scrolls takes the focus, and a table that does says which one it is.
  const fitBoxes = () => {
    for (const box of all("pre, .table")) {
      box.tabIndex = isWide(box) ? 0 : -1;
      if (box.tabIndex || box.role || box.matches("pre")) continue;
      const isBefore = (heading) => heading.compareDocumentPosition(box) & 4;
      box.role = "region";
      box.ariaLabel = (box.querySelector("caption") || all("h1, h2, h3, h4").filter(isBefore).pop())?.textContent;
    }
  };

  // Tabs of one name are chosen together, on the pages that follow too.
  const joinTabs = () => {
    const tabs = all(".tabbed-set > input");
    const name = (tab) => tab.labels[0].textContent.trim();
    const choose = (chosen) => tabs.forEach((tab) => name(tab) === chosen && (tab.checked = true));
    const known = () => (stored(local, "tabs") || "").split("\n");
    for (const tab of tabs) {
      tab.addEventListener("change", () => {
        const set = tab.parentElement;
        const place = () => set.getBoundingClientRect().top;
        const was = place();
        const beside = tabs.filter((each) => each.parentElement === set).map(name);
        choose(name(tab));
        stored(local, "tabs", [...known().filter((each) => !beside.includes(each)), name(tab)].slice(-20).join("\n"));
        scrollBy({ top: place() - was, behavior: "instant" });
        fitBoxes();
      });
    }
    if (tabs.length) known().forEach(choose);
  };

  // Keys without Ctrl and the like, where nothing is written, for readers who have not switched them off.
  const listenToKeys = () => {
    const keys = () => import(words.keys);
    const opener = document.getElementById("site:keys");
    if (opener) {
      opener.hidden = !matchMedia("(any-hover: hover)").matches;
      opener.addEventListener("click", async () => (await keys()).open());
    }
    addEventListener("keydown", async (event) => {
      const { key, target } = event;
      if (!opener || !"?hmnpt".includes(key) || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
      if (target.closest("input, textarea, select, dialog, [contenteditable]") || stored(local, "keys") === "off") return;
      (await keys()).press(key);
    });
  };

  const switchScheme = () => {
    const button = document.getElementById("site:scheme");
    if (!button) return;
    const schemes = ["system", "light", "dark"];
    const show = (scheme) => {
      root.dataset.scheme = scheme;
      button.title = button.ariaLabel = button.dataset[scheme];
    };
    let now = schemes.indexOf(root.dataset.scheme || "system");
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
    if (!headings.length) return;
    const mark = () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 4);
      const current = links.get((passed.pop() || headings[0]).id);
      for (const link of links.values()) link.ariaCurrent = link === current ? "location" : null;
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "999999px 0px -75%" });
    headings.forEach((heading) => observer.observe(heading));
  };

  // How far a page is read; only long ones have what shows it.
  const showProgress = () => {
    if (!window.ScrollTimeline || matchMedia("(prefers-reduced-motion)").matches) return;
    document.body.animate({ scale: ["0 1", "1"] }, { timeline: new ScrollTimeline(), pseudoElement: "::before" });
  };

  const closeMenus = () => {
    if (!root.hidePopover) return;
    const shut = () => all(":popover-open").forEach((menu) => menu.hidePopover());
    addEventListener("click", (event) => event.target.closest("[popover] a") && shut());
    for (const width of [48, 62, 76]) matchMedia(`(min-width: ${width}rem)`).addEventListener("change", shut);
    const fold = (event) => all(".submenu[open]").forEach((menu) => menu.contains(event.target) || (menu.open = false));
    addEventListener("click", fold);
    addEventListener("focusin", fold);
    addEventListener("keydown", (event) => {
      const menu = event.target.closest(".submenu[open]");
      if (!menu || event.key !== "Escape") return;
      menu.open = false;
      menu.firstElementChild.focus();
    });
  };

  // What is folded and how far the tree is scrolled stay as they were; only the page that is read is always in view.
  const rememberTree = () => {
    const session = () => sessionStorage;
    const tree = document.querySelector(".tree");
    if (!tree) return;
    const here = tree.querySelector('[aria-current="page"]');
    const key = (fold) => "tree:" + (fold.previousElementSibling?.pathname || fold.textContent.trim().split("\n")[0]);
    for (const fold of all("details", tree)) {
      const was = stored(session, key(fold));
      if (was && !fold.contains(here)) fold.open = was === "1";
      fold.addEventListener("toggle", () => stored(session, key(fold), fold.open ? "1" : "0"));
    }
    const show = () => {
      const box = tree.getBoundingClientRect();
      const line = (here || tree).getBoundingClientRect();
      if (line.top < box.top || line.bottom > Math.min(box.bottom, innerHeight)) tree.scrollTop += line.top - box.top - box.height / 2;
    };
    tree.scrollTop = stored(session, "tree");
    show();
    tree.addEventListener("toggle", show);
    addEventListener("pagehide", () => stored(session, "tree", tree.scrollTop));
  };

  // The link to the search page opens a dialog instead, as do two keys; where that cannot be loaded, it leads to the page.
  const openSearch = () => {
    const link = document.getElementById("site:search");
    if (!link) return;
    const go = (act) => import(words.search).then((search) => search[act](link, words.look));
    const open = (event) => {
      event.preventDefault();
      // What is typed before the field is there is kept for it.
      link.early ??= "";
      go("open").catch(() => (location = link.href));
    };
    link.addEventListener("pointerenter", () => go("prepare").catch(() => {}));
    link.addEventListener("click", (event) => event.ctrlKey || event.metaKey || open(event));
    addEventListener("keydown", (event) => {
      const command = event.ctrlKey || event.metaKey;
      if (link.early != null && !command && !event.key[1]) {
        link.early += event.key;
        return event.preventDefault();
      }
      if (command ? event.key !== "k" : event.key !== "/" || stored(local, "keys") === "off") return;
      if (command || !event.target.closest("input, textarea, select, [contenteditable]")) open(event);
    });
  };

  // What stands in the content, which a sealed page shows later.
  const start = () => {
    joinTabs();
    addCodeButtons();
    markSection();
    showProgress();
    rememberTree();
  };

  start();
  addEventListener("unsealed", start);
  addEventListener("resize", fitBoxes);
  openSearch();
  listenToKeys();
  switchScheme();
  closeMenus();
}
