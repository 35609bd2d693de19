// Draws the page's Mermaid diagrams as images: in one, neither a script nor a style of the picture can touch the page. The source stays below.
// It stands before Mermaid, which finds the policy of this file in the place of its own.
{
  const words = document.currentScript.dataset;
  const STYLE = "data-kept-style";
  const SHEET = "data-kept-sheet";

  // Mermaid writes markup and styles into the page while it measures. A strict policy forbids that as text, and allows styles through the object
  // model. So markup passes while a diagram is drawn, and then alone, with its styles under other names, from which they are applied.
  let drawing = false;
  const renamed = (text) =>
    text
      .replace(/<style\b([^>]*)>([^<]*)<\/style>/gi, `<desc ${SHEET}$1>$2</desc>`)
      .replace(/\sstyle(?=\s*=)/gi, ` ${STYLE}`);
  const restored = (text) =>
    text
      .replace(new RegExp(`<desc ${SHEET}(?:="")?([^>]*)>([^<]*)</desc>`, "g"), "<style$1>$2</style>")
      .replaceAll(STYLE, "style");
  const factory = window.trustedTypes;
  if (factory) {
    const policy = factory.createPolicy("default", { createHTML: (text) => (drawing ? renamed(text) : null) });
    factory.createPolicy = () => policy;
  }

  const sheets = new Map();
  const adopt = (kept) => {
    const known = sheets.get(kept) ?? new CSSStyleSheet();
    if (known.text === kept.textContent) return;
    known.text = kept.textContent;
    known.replaceSync(known.text);
    if (!sheets.has(kept)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, known];
    sheets.set(kept, known);
  };

  const apply = (root) => {
    for (const each of root.querySelectorAll?.(`[${STYLE}]`) ?? []) {
      each.style.cssText = each.getAttribute(STYLE);
      each.removeAttribute(STYLE);
    }
    for (const each of root.querySelectorAll?.(`[${SHEET}]`) ?? []) adopt(each);
  };

  // What stands in the page for a style sheet; whoever puts one in goes on with it.
  const standIn = (node) => {
    if (node.localName !== "style") return node;
    const kept = document.createElementNS("http://www.w3.org/2000/svg", "desc");
    kept.setAttribute(SHEET, "");
    kept.textContent = node.textContent;
    return kept;
  };

  const withStyles = async (work) => {
    const { setAttribute } = Element.prototype;
    const { insertBefore, appendChild } = Node.prototype;
    const innerHTML = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
    const before = document.adoptedStyleSheets;
    const inserting = (insert) =>
      function (node, ...other) {
        const result = insert.call(this, standIn(node), ...other);
        if (this.isConnected) apply(this);
        return result;
      };
    Element.prototype.setAttribute = function (name, value) {
      if (name === "style" && this.style) this.style.cssText = value;
      else setAttribute.call(this, name, value);
    };
    Node.prototype.insertBefore = inserting(insertBefore);
    Node.prototype.appendChild = inserting(appendChild);
    Object.defineProperty(Element.prototype, "innerHTML", {
      ...innerHTML,
      set(text) {
        innerHTML.set.call(this, text);
        if (this.isConnected) apply(this);
      },
    });
    drawing = true;
    try {
      return await work();
    } finally {
      drawing = false;
      Element.prototype.setAttribute = setAttribute;
      Object.assign(Node.prototype, { insertBefore, appendChild });
      Object.defineProperty(Element.prototype, "innerHTML", innerHTML);
      document.adoptedStyleSheets = before;
      sheets.clear();
    }
  };

  const draw = async (figure, number) => {
    const pre = figure.querySelector("pre");
    const caption = figure.querySelector("figcaption");
    const note = caption.querySelector("small");
    const { svg } = await withStyles(() => mermaid.render(`diagram-${number}`, pre.textContent));
    const [width, height] = svg.match(/viewBox="([^"]*)"/)[1].split(" ").slice(2).map((side) => Math.ceil(Number(side)));
    const sized = svg.replace(/^<svg([^>]*?) width="[^"]*"/, `<svg$1 width="${width}" height="${height}"`);
    const image = new Image(width, height);
    image.className = "diagram-picture";
    image.alt = (note ? caption.firstChild.textContent : words.name).trim();
    image.src = `data:image/svg+xml,${encodeURIComponent(restored(sized).replaceAll("<br>", "<br/>"))}`;
    await image.decode();
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = words.source;
    details.append(summary, pre);
    figure.prepend(image);
    figure.append(details);
    (note ?? caption).remove();
  };

  const drawAll = async () => {
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict", look: "classic", htmlLabels: false, flowchart: { htmlLabels: false } });
    let number = 0;
    for (const figure of document.querySelectorAll("figure.diagram-mermaid")) {
      try {
        await draw(figure, ++number);
      } catch (error) {
        console.warn(`a diagram cannot be drawn: ${error.message}`);
      }
    }
  };

  // One round after the other. Mermaid comes with the page, after a page that was sealed, or is there when the next one is shown.
  let drawn = Promise.resolve();
  const start = () => {
    if (!window.mermaid) return;
    document.removeEventListener("load", start, true);
    drawn = drawn.then(drawAll);
  };
  document.addEventListener("load", start, true);
  addEventListener("unsealed", start);
}
