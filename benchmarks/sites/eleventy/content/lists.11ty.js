import { day, escape, page, summary } from "../includes/page.js";

export const data = {
  pagination: { data: "collections.lists", size: 1, alias: "list" },
  permalink: (data) => data.list.url,
};

const entry = (post) => `<article><h2><a href="${post.url}">${escape(post.data.title)}</a></h2>
<time datetime="${day(post.date)}">${day(post.date)}</time>${summary(post.templateContent)}</article>`;

export function render({ list }) {
  const before = list.previous ? `<a href="${list.previous}">Newer</a>` : "";
  const after = list.next ? `<a href="${list.next}">Older</a>` : "";
  return page({ title: list.title, url: list.url, main: `<h1>${escape(list.title)}</h1>${list.posts.map(entry).join("\n")}<nav>${before}${after}</nav>` });
}
