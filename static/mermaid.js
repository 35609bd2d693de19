// Draws the page's Mermaid diagrams as images: in one, neither a script nor a style of the picture can touch the page. The source stays below.
{
  const words = document.currentScript.dataset;

  // While Mermaid measures, it writes styles into the page. A strict policy forbids that as text, and allows it through the object model.
  const withStyles = async (work) => {
    const { setAttribute } = Element.prototype;
    const { insertBefore, appendChild } = Node.prototype;
    const before = document.adoptedStyleSheets;
    const adopt = (node) => {
      if (node.localName !== "style" || node.type === "text/plain") return;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(node.textContent);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      setAttribute.call(node, "type", "text/plain");
    };
    Element.prototype.setAttribute = function (name, value) {
      if (name === "style" && this.style) this.style.cssText = value;
      else setAttribute.call(this, name, value);
    };
    Node.prototype.insertBefore = function (node, other) {
      adopt(node);
      return insertBefore.call(this, node, other);
    };
    Node.prototype.appendChild = function (node) {
      adopt(node);
      return appendChild.call(this, node);
    };
    try {
      return await work();
    } finally {
      Element.prototype.setAttribute = setAttribute;
      Object.assign(Node.prototype, { insertBefore, appendChild });
      document.adoptedStyleSheets = before;
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
    image.src = `data:image/svg+xml,${encodeURIComponent(sized.replaceAll(' type="text/plain"', "").replaceAll("<br>", "<br/>"))}`;
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

  if (window.mermaid) drawAll();
}
