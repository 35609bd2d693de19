// Search, on the page of its own and in a dialog on every other one. Pagefind finds; what it found is shown here.
//
// Results are a list of links between which the arrows move the focus, and not a listbox: of an option, screen readers say one string,
// whereas headings, excerpts and links in a list can be read, skipped and opened in the ways that their readers know. How many there
// are is said by the status line, so nobody has to go and count.
const STEP = 8;
const PARTS = 3;
const VALUES = 30;
const PAUSE = 60;
const KEY = "search";

const lang = document.documentElement.lang || undefined;
const numbers = new Intl.NumberFormat(lang);
const dates = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeZone: "UTC" });

const make = (tag, className, ...children) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
};

let index;
let attempts = 0;

// A script that import() asks for has no digest of its own, but takes the one that its preload is held against.
const checked = (href, integrity) =>
  new Promise((ready, failed) => {
    const preload = make("link");
    if (!preload.relList.supports("modulepreload")) return ready(href);
    preload.rel = "modulepreload";
    preload.integrity = integrity;
    preload.href = href;
    preload.onload = () => ready(href);
    preload.onerror = () => failed(new Error(`${href} cannot be loaded`));
    document.head.append(preload);
  });

// Pagefind reads <html lang> and takes the index of that language. Its worker would be loaded from a plain string, which Trusted Types
// forbid; without one it works in the page.
const load = ({ engine, integrity }) => {
  const address = new URL(engine + (attempts ? `?${attempts}` : ""), location.origin);
  index ??= checked(address.href, integrity).then(async (href) => {
    const pagefind = await import(href);
    const basePath = new URL("../pagefind/", import.meta.url).href;
    await pagefind.options({ basePath, noWorker: true, excerptLength: 24 });
    await pagefind.init();
    return pagefind;
  });
  return index;
};

const forget = () => {
  index?.then((pagefind) => pagefind.destroy()).catch(() => {});
  index = undefined;
  attempts += 1;
};

// The excerpt of a section begins with its heading, which stands above it already.
const headless = ({ excerpt, title }) => {
  const literal = (word) => word.replaceAll("<", "&lt;").replaceAll(">", "&gt;").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const words = title.trim().split(/\s+/).map((word) => `(?:<mark>)?${literal(word)}[.]?(?:</mark>)?`);
  return excerpt.replace(new RegExp(`^${words.join("\\s+")}\\s*`), "");
};

// Pagefind hands over text in which brackets are escaped and what was found is between tags. The marks are made here: text of a page
// is never taken for HTML.
const marked = (excerpt) => {
  const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const pieces = excerpt.replace(/<\/mark>(\s*)<mark>/g, "$1").split(/<mark>(.*?)<\/mark>/s);
  const made = pieces.map((piece, place) => (place % 2 ? make("mark", "", plain(piece)) : plain(piece)));
  const isCut = /[^.!?:。！？]$/u.test(excerpt.replaceAll("</mark>", ""));
  return make("p", "", ...(/^(?:<mark>)?\p{Ll}/u.test(excerpt) ? ["… "] : []), ...made, ...(isCut ? [" …"] : []));
};

const link = (url, title) => {
  const made = make("a", "", title);
  made.href = url;
  return made;
};

const weight = (part) => part.weighted_locations.reduce((sum, word) => sum + word.balanced_score, 0);

// A page with the excerpt that stands above its first heading, and its best sections in the order of the page.
const entry = (page) => {
  const sections = page.sub_results.filter((part) => part.anchor);
  const best = new Set([...sections].sort((one, other) => weight(other) - weight(one)).slice(0, PARTS));
  const lead = page.sub_results.find((part) => !part.anchor) || (best.size ? null : { title: page.meta.title, excerpt: page.excerpt });
  const item = make("li", "", make("h2", "", link(page.url, page.meta.title || page.url)));
  const { crumbs, date } = page.meta;
  const where = [crumbs || page.filters.collection?.join(), date && dates.format(new Date(date))].filter(Boolean);
  if (where.length) item.prepend(make("p", "where", where.join(" · ")));
  if (lead?.excerpt) item.append(marked(headless(lead)));
  const parts = sections.filter((part) => best.has(part));
  if (parts.length) item.append(make("ul", "", ...parts.map((part) => section(part))));
  return item;
};

const section = (part) => {
  const excerpt = headless(part);
  return make("li", "", make("h3", "", link(part.url, part.title)), ...(excerpt ? [marked(excerpt)] : []));
};

const finder = (form, { close, onQuery }) => {
  const words = form.dataset;
  const one = (selector) => form.querySelector(selector);
  const input = form.elements.q;
  const [status, advice, list, narrow] = [".found", ".advice", "ol", ".narrow"].map(one);
  const [more, again, widen] = [".more", ".again", ".widen"].map(one);
  const groups = new Map([...form.querySelectorAll("fieldset")].map((group) => [group.dataset.filter, group]));
  const links = () => [...list.querySelectorAll("a")];
  let newest = 0;
  let timer;
  let running;
  let results = [];

  const chosen = () => {
    const entries = [...groups].map(([name, group]) => [name, [...group.querySelectorAll(":checked")].map((box) => box.value)]);
    return Object.fromEntries(entries.filter(([, values]) => values.length));
  };
  const filtersOf = (values) => Object.fromEntries(Object.entries(values).map(([name, any]) => [name, { any }]));

  const show = ({ said = "", advised = false, failed = false, filtered = false } = {}) => {
    status.textContent = said;
    advice.hidden = !advised;
    again.hidden = !failed;
    widen.hidden = !filtered;
    more.hidden = list.children.length >= results.length;
  };

  const clear = (state) => {
    results = [];
    list.replaceChildren();
    show(state);
  };

  const pagesFrom = (start, count) => Promise.all(results.slice(start, start + count).map((result) => result.data()));

  // Counts of a group are those that it would have without its own choice, so that another value can be added to it.
  const count = async (pagefind, query, values, found, totals) => {
    for (const [name, group] of totals ? groups : []) {
      addBoxes(group, totals[name] || {});
      const { [name]: own, ...others } = values;
      const answer = own ? await pagefind.search(query, { filters: filtersOf(others) }) : found;
      const counts = query === null && !Object.keys(others).length ? totals[name] : answer.filters[name];
      showCounts(group, counts || {});
    }
    const sum = Object.values(values).flat().length;
    one(".narrow summary span").textContent = sum ? `(${numbers.format(sum)})` : "";
  };

  const addBoxes = (group, totals) => {
    if (group.dataset.filled) return;
    group.dataset.filled = "";
    const values = Object.entries(totals).sort(([one, some], [other, many]) => many - some || one.localeCompare(other));
    for (const [value] of values) addBox(group, value);
  };

  const addBox = (group, value) => {
    const known = [...group.querySelectorAll("input")].find((box) => box.value === value);
    if (known) return known;
    const box = make("input");
    box.type = "checkbox";
    box.value = value;
    group.append(make("label", "", box, ` ${value} `, make("span")));
    return box;
  };

  const showCounts = (group, counts) => {
    let shown = 0;
    for (const label of group.querySelectorAll("label")) {
      const box = label.firstChild;
      const number = counts[box.value] || 0;
      label.lastChild.textContent = numbers.format(number);
      label.hidden = !box.checked && (!number || ++shown > VALUES);
    }
    group.hidden = !group.querySelector("label:not([hidden])");
  };

  const find = async (mine, wanted) => {
    const values = chosen();
    const query = input.value.trim() || (Object.keys(values).length ? null : "");
    onQuery(input.value.trim(), values);
    narrow.hidden = query === "" && !narrow.open;
    if (query === "" && !narrow.open) return clear();
    const pagefind = await load(words);
    // Counts come with what is found, once the filters are there.
    const totals = narrow.open && (await pagefind.filters());
    if (mine !== newest) return;
    const found = await pagefind.search(query, { filters: filtersOf(values) });
    const first = await Promise.all(found.results.slice(0, wanted).map((result) => result.data()));
    await count(pagefind, query, values, found, totals);
    if (mine !== newest) return;
    results = found.results;
    // Whoever went into the list before the last letter was searched for stays there.
    const held = list.contains(document.activeElement) && document.activeElement.href;
    list.replaceChildren(...first.map(entry));
    one(".results").scrollTop = 0;
    if (held) (links().find((each) => each.href === held) || input).focus();
    if (query === "") return show();
    const said = results.length ? words.found.replace("{count}", () => numbers.format(results.length)) : words.nothing;
    const isNarrow = Object.keys(values).length > 0;
    show({ said: said.replace("{query}", () => query || ""), advised: !results.length, filtered: !results.length && isNarrow });
  };

  const run = (wanted = STEP) => {
    clearTimeout(timer);
    const mine = ++newest;
    // Said only where it takes long enough to be noticed.
    const waiting = setTimeout(() => mine === newest && input.value.trim() && show({ said: words.busy }), 300);
    running = find(mine, wanted)
      .catch(() => {
        if (mine !== newest) return;
        forget();
        clear({ said: navigator.onLine ? words.failed : words.offline, failed: true });
      })
      .finally(() => clearTimeout(waiting));
    return running;
  };

  const widenOut = () => {
    for (const box of form.querySelectorAll(":checked")) box.checked = false;
    input.focus();
    run();
  };

  const addMore = async () => {
    const [mine, start] = [newest, list.children.length];
    const pages = await pagesFrom(start, STEP).catch(() => []);
    if (mine !== newest) return;
    list.append(...pages.map(entry));
    more.hidden = list.children.length >= results.length;
    list.children[start]?.querySelector("a").focus();
  };

  const press = (event) => {
    const { key, target } = event;
    if (event.isComposing) return;
    if (key === "Escape" && close) {
      event.preventDefault();
      return close();
    }
    const all = links();
    const at = all.indexOf(target);
    if (at < 0 && target !== input) return;
    const aim = { ArrowDown: all[at + 1], ArrowUp: all[at - 1] || input, Home: at >= 0 && all[0], End: at >= 0 && all.at(-1) }[key];
    if (aim) {
      event.preventDefault();
      aim.focus();
    } else if (at >= 0 && key.length === 1 && key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) input.focus();
  };

  const openFirst = async (event) => {
    event.preventDefault();
    // On a phone this key is there to put the keyboard away.
    if (matchMedia("(pointer: coarse)").matches) return input.blur();
    await (timer ? run() : running);
    links()[0]?.click();
  };

  input.addEventListener("focus", () => load(words).catch(forget), { once: true });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    const query = input.value.trim();
    if (query) load(words).then((pagefind) => pagefind.preload(query)).catch(() => {});
    timer = setTimeout(() => ((timer = 0), run()), PAUSE);
  });
  form.addEventListener("submit", openFirst);
  form.addEventListener("keydown", press);
  form.addEventListener("change", (event) => event.target.type === "checkbox" && run());
  narrow.addEventListener("toggle", () => narrow.open && run());
  more.addEventListener("click", addMore);
  again.addEventListener("click", () => run());
  widen.addEventListener("click", widenOut);
  return { input, list, links, narrow, groups, addBox, run };
};

// The page keeps query and filters in its address, and in its history how far its reader had come.
const startPage = async (form) => {
  const onQuery = (query, values) => {
    const address = new URL(location.pathname, location.href);
    if (query) address.searchParams.set("q", query);
    for (const [name, each] of Object.entries(values)) for (const value of each) address.searchParams.append(name, value);
    history.replaceState(history.state, "", address);
  };
  const page = finder(form, { onQuery });
  const given = new URLSearchParams(location.search);
  page.input.value = given.get("q") || "";
  page.list.addEventListener("click", (event) => {
    const at = page.links().indexOf(event.target.closest("a"));
    if (at >= 0) history.replaceState({ at, shown: page.list.children.length }, "");
  });
  if (matchMedia("(pointer: fine)").matches) page.input.focus();
  if (!location.search) return;
  await restore(page, given);
};

const restore = async (page, given) => {
  const { at, shown } = history.state || {};
  for (const [name, group] of page.groups) for (const value of given.getAll(name)) page.addBox(group, value).checked = true;
  await page.run(shown);
  page.links()[at]?.focus();
};

const stored = (query) => {
  try {
    return query === undefined ? sessionStorage.getItem(KEY) : sessionStorage.setItem(KEY, query);
  } catch {
    return null;
  }
};

const styled = (href) =>
  new Promise((ready) => {
    const sheet = make("link");
    sheet.rel = "stylesheet";
    sheet.href = href;
    sheet.onload = sheet.onerror = ready;
    document.head.append(sheet);
  });

// The form of the search page, with all its words. An XMLHttpRequest parses it; what parses text is forbidden by Trusted Types.
const formOf = (href) =>
  new Promise((ready, failed) => {
    const request = new XMLHttpRequest();
    request.open("GET", href);
    request.responseType = "document";
    request.onload = () => {
      const form = request.response?.querySelector("form.search");
      if (form) ready(document.importNode(form, true));
      else failed(new Error(`there is no form for search at ${href}`));
    };
    request.onerror = () => failed(new Error(`${href} cannot be reached`));
    request.send();
  });

const onPage = document.querySelector("main form.search");
let dialog;

// The dialog, made but not shown. It waits for its style sheet, so that it is never seen without.
export const prepare = (opener, sheet) => {
  // Which Pagefind it is says the form; what it needs is loaded while the style sheet is.
  const loading = (form) => (load(form.dataset).catch(forget), form);
  dialog ??= Promise.all([formOf(opener.href).then(loading), styled(sheet)]).then(([form]) => {
    const made = make("dialog", "finding", form);
    const close = () => made.close();
    made.setAttribute("aria-label", opener.textContent.trim());
    for (const each of form.querySelectorAll(".close, .keys")) each.hidden = false;
    const { input, run } = finder(form, { close, onQuery: (query) => stored(query) });
    input.value = stored() || "";
    form.querySelector(".close").addEventListener("click", close);
    // A click on the backdrop, or on a link, which may lead to another place of this very page.
    made.addEventListener("click", (event) => (event.target === made || (event.target.closest("a") && !event.ctrlKey && !event.metaKey)) && close());
    document.body.append(made);
    if (input.value) run();
    return { made, input };
  });
  dialog.catch(() => (dialog = undefined));
  return dialog;
};

// What was typed while there was no field yet, its opener has kept.
export const open = async (opener, sheet) => {
  const { made, input } = onPage ? { input: onPage.elements.q } : await prepare(opener, sheet);
  if (made && !made.open) made.showModal();
  input.focus();
  input.select();
  const { early } = opener;
  opener.early = null;
  if (!early) return;
  input.value = early;
  input.dispatchEvent(new Event("input"));
};

if (onPage) startPage(onPage);
