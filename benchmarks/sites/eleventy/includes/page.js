// What every HTML page has around its content.
const SPECIAL = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escape = (text) => String(text).replace(/[&<>"]/g, (character) => SPECIAL[character]);

/** The first paragraph of rendered Markdown. */
export const summary = (html) => /<p>([\s\S]*?)<\/p>/.exec(html)?.[0] ?? "";

export const day = (date) => date.toISOString().slice(0, 10);

export const page = ({ title, url, description, main }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · Benchmark</title>
<meta name="description" content="${escape(description ?? "One blog, built by several generators.")}">
<link rel="canonical" href="https://example.org${url}">
<link rel="alternate" type="application/atom+xml" href="/atom.xml">
<meta property="og:site_name" content="Benchmark">
<meta property="og:title" content="${escape(title)}">
<meta property="og:url" content="https://example.org${url}">
</head>
<body>
<header><a href="/">Benchmark</a><nav><a href="/blog/">Blog</a> <a href="/tags/">Tags</a></nav></header>
<main>${main}</main>
<footer><p>Edition 0</p></footer>
</body>
</html>`;
