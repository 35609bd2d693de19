// What a sealed page does once it is open: it shows its content and its files, and the other pages of its group in its place.
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const layout = document.querySelector(".layout");
const status = document.getElementById("site:status");

const rules = { createHTML: (text) => text, createScriptURL: (text) => text };
const policy = window.trustedTypes?.createPolicy("sealed", rules) ?? rules;
// In what it makes, nothing runs and nothing is asked for.
const parse = (html) => new DOMParser().parseFromString(policy.createHTML(html), "text/html");

const scripts = new Set();
const addresses = new Map();
let reader;
let sealed;
let files;
let timer;
let visits = 0;

// The sealed file that an address names; what follows a # is for whoever shows it.
const fileAt = (address) => {
  const href = address?.split("#")[0];
  return href && Object.hasOwn(files, href) ? href : "";
};

// The address at which a sealed file can be had while its page is shown.
const addressOf = (href) => {
  const { type } = files[href];
  const open = async () => {
    const data = await (await fetch(href)).arrayBuffer();
    const file = await reader.unseal(data.slice(0, 32), data.slice(32), "sitegen file 1", sealed.site, sealed.group, href);
    return URL.createObjectURL(new Blob([await file.arrayBuffer()], { type }));
  };
  if (!addresses.has(href)) addresses.set(href, open());
  return addresses.get(href);
};

const revoke = () => {
  for (const address of addresses.values()) address.then(URL.revokeObjectURL, () => {});
  addresses.clear();
};

// What cannot be opened leaves its text, and a note.
const lose = (element) => {
  const note = document.createElement("small");
  note.className = "lost";
  note.textContent = [element.alt, reader.own.dataset.lost].filter(Boolean).join(" – ");
  if (element.localName === "img") element.replaceWith(note);
  else (element.closest("video, audio") ?? element).after(note);
  status.textContent = reader.own.dataset.lost;
};

// A picture without its file, of the same size.
const standIn = (picture) => {
  const [width, height] = ["width", "height"].map((side) => parseInt(picture.getAttribute(side)) || 0);
  if (width) picture.src = `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"/>`;
};

// What of `page` waits for a sealed file, each with what fetches it. No address of one is left for the browser to ask for.
const withoutFiles = (page) => {
  const waiting = [];
  const take = (element, name) => {
    const href = fileAt(element.getAttribute(name));
    if (!href) return;
    element.removeAttribute(name);
    if (element.localName === "img") standIn(element);
    const load = async () => {
      try {
        element.setAttribute(name, await addressOf(href));
        if (element.localName === "source") element.parentElement.load?.();
      } catch {
        if (element.isConnected) lose(element);
      }
    };
    waiting.push([element, load]);
  };
  for (const name of ["src", "poster"]) for (const element of all(`[${name}]`, page)) take(element, name);
  for (const link of all("a[href]", page)) {
    const href = fileAt(link.getAttribute("href"));
    if (href) link.download = files[href].name;
  }
  return waiting;
};

// Those in view come first.
const fetchFiles = (waiting) => {
  const observer = new IntersectionObserver(async (entries) => {
    observer.disconnect();
    for (const isNear of [true, false]) {
      const those = new Set(entries.filter((entry) => entry.isIntersecting === isNear).map((entry) => entry.target));
      await Promise.all(waiting.filter(([element]) => those.has(element)).map(([, load]) => load()));
    }
  });
  for (const [element] of waiting) observer.observe(element);
};

const defuse = (page) => {
  for (const each of all("script, meta, base, link", page)) each.remove();
  for (const each of all("*", page)) {
    for (const name of each.getAttributeNames()) if (name.startsWith("on")) each.removeAttribute(name);
  }
};

const scriptOf = (attributes, data) => {
  const script = document.createElement("script");
  for (const [name, value] of attributes) script.setAttribute(name, name === "src" ? policy.createScriptURL(value) : value);
  script.async = false;
  for (const [name, value] of Object.entries(data ?? {})) script.setAttribute(`data-${name}`, value);
  return script;
};

// A script of the theme runs once; on the pages that follow it goes by the event.
const runScripts = (content) => {
  for (const { data, ...attributes } of content.scripts) {
    if (!scripts.has(attributes.src)) document.head.append(scriptOf(Object.entries(attributes), data));
    scripts.add(attributes.src);
  }
  for (const script of all("script[src]", layout)) {
    script.replaceWith(scriptOf(script.getAttributeNames().map((name) => [name, script.getAttribute(name)])));
  }
};

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);

const addFilter = (sought) => {
  const found = layout.querySelector(".found");
  const items = all(".sealed-list > li", layout);
  sought.addEventListener("input", () => {
    const parts = folded(sought.value).split(/\s+/);
    for (const item of items) item.hidden = !parts.every((part) => folded(item.textContent).includes(part));
    const count = items.filter((item) => !item.hidden).length;
    found.textContent = sought.value.trim() && sought.dataset.found.replace("{count}", numbers.format(count));
  });
};

const scrollDown = (top) => scrollTo({ top, behavior: "instant" });

// `y` is how far down the page was read before.
const show = (content, y) => {
  const page = parse(`<body>${content.html}`);
  if (!content.run) defuse(page);
  revoke();
  files = content.files;
  const waiting = withoutFiles(page);
  layout.replaceChildren(...page.body.childNodes);
  document.body.className = content.body_class;
  document.title = content.title;
  const main = layout.querySelector("main") ?? layout;
  main.append(reader.forget);
  all(".narrow-list", layout).forEach(addFilter);
  dispatchEvent(new Event("unsealed"));
  runScripts(content);
  fetchFiles(waiting);
  const heading = layout.querySelector("h1") ?? main;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollDown(y ?? 0);
  // Only by going there does the browser take it for its target.
  if (y === undefined && location.hash) location.replace(location.hash);
};

const rememberPlace = () => history.replaceState({ y: scrollY }, "");

// The header of the page that is shown is that of the first; where its links lead, and which one is current, is not.
const takeHeader = (page) => {
  const links = all(".site-header a", page);
  for (const [at, link] of all(".site-header a").entries()) {
    link.setAttribute("href", links[at].getAttribute("href"));
    link.ariaCurrent = links[at].ariaCurrent;
  }
};

const visit = async (href, y) => {
  const visitor = ++visits;
  const isThere = href === location.href;
  try {
    const page = parse(await (await fetch(href)).text());
    const found = await reader.read(page, new URL(href).pathname);
    // Another language, sheet or script: that is for the browser.
    if (page.querySelector("script[data-opener]").outerHTML !== reader.own.outerHTML) throw new Error("of another build");
    const content = await reader.contentOf(found);
    if (visitor !== visits) return;
    takeHeader(page);
    clearTimeout(timer);
    if (!isThere) {
      rememberPlace();
      history.pushState(null, "", href);
    }
    sealed = found;
    show(content, y);
    status.textContent = document.title;
  } catch {
    if (visitor !== visits) return;
    if (isThere) location.reload();
    else location.assign(href);
  }
};

const download = async (link) => {
  try {
    link.href = await addressOf(fileAt(link.getAttribute("href")));
    link.click();
  } catch {
    lose(link);
  }
};

const isOfGroup = (link) => {
  const [path, group] = [link.pathname, reader.own.dataset.contents].map((each) => `${reader.plain(each)}/`);
  return link.origin === location.origin && path.startsWith(group);
};

const follow = (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented) return;
  if (fileAt(link.getAttribute("href"))) {
    event.preventDefault();
    download(link);
    return;
  }
  const isOther = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target || link.hasAttribute("download");
  const isWithin = link.pathname === location.pathname && link.hash;
  if (isOther || isWithin || !isOfGroup(link)) return;
  event.preventDefault();
  visit(link.href);
};

// Back and forward, and to the fragments of the page that is shown.
const go = ({ state }) => {
  if (reader.plain(location.pathname) !== reader.plain(sealed.page)) visit(location.href, state?.y);
  else if (state || !location.hash) scrollDown(state?.y ?? 0);
  else document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView({ behavior: "instant" });
};

export const start = ({ content, ...others }) => {
  reader = others;
  sealed = others.sealed;
  history.scrollRestoration = "manual";
  show(content, history.state?.y);
  addEventListener("click", follow);
  addEventListener("popstate", go);
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(rememberPlace, 200);
  });
};
