// Single keys that lead on, and the list of them. Loaded when a reader presses the first.
const opener = document.getElementById("site:keys");
const words = opener.dataset.words.split("|");
const find = (selector) => document.querySelector(selector);
// A page may have its own way to follow its links.
const follow = (link) => (link.localName === "a" ? link.click() : location.assign(link.href));

const toggleMenu = () => {
  const menu = find("#site\\:menu");
  const button = find('[popovertarget="site:menu"]');
  if (!menu) return;
  if (button.offsetParent) button.click();
  if (menu.offsetParent || menu.matches(":popover-open")) menu.querySelector("a, summary").focus();
};

// Each key: its name in the list, what it acts on, and what it does with that. Search listens to its own.
const keys = new Map([
  ["/", [1, () => find("#site\\:search"), (link) => link.click()]],
  ["n", [2, () => find('a[rel~="next"], link[rel~="next"]'), follow]],
  ["p", [3, () => find('a[rel~="prev"], link[rel~="prev"]'), follow]],
  ["h", [4, () => find(".site-header .brand"), follow]],
  ["m", [5, () => find("#site\\:menu"), toggleMenu]],
  ["t", [6, () => find("#site\\:scheme"), (button) => button.click()]],
  ["?", [7, () => opener, () => open()]],
]);

export const press = (key) => {
  const [, target, act] = keys.get(key);
  const found = target();
  if (found) act(found);
};

const element = (name, ...children) => {
  const made = document.createElement(name);
  made.append(...children);
  return made;
};

const list = () => {
  const table = element("dl");
  for (const [key, [word, target]] of keys) {
    if (target()) table.append(element("dt", element("kbd", key)), element("dd", words[word]));
  }
  return table;
};

// WCAG 2.1.4: what is done by one character must be possible to switch off.
const switchBox = () => {
  const box = element("input");
  box.type = "checkbox";
  try {
    box.checked = localStorage.getItem("keys") !== "off";
    box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
  } catch {
    box.checked = box.disabled = true;
  }
  return element("p", element("label", box, " ", words[8]));
};

const make = () => {
  const close = element("button", words[9]);
  const heading = element("h2", words[0]);
  heading.id = "site:keys-title";
  const dialog = element("dialog", heading, list(), switchBox(), close);
  dialog.className = "keys";
  dialog.setAttribute("aria-labelledby", heading.id);
  close.type = "button";
  close.className = "closer";
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  const sheet = element("link");
  sheet.rel = "stylesheet";
  sheet.href = opener.dataset.sheet;
  document.head.append(sheet);
  document.body.append(dialog);
  return dialog;
};

let dialog;

export const open = () => {
  dialog ??= make();
  if (!dialog.open) dialog.showModal();
};
