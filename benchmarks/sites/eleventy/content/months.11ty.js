import { day, escape, page } from "../includes/page.js";

export const data = {
  pagination: { data: "collections.months", size: 1, alias: "month" },
  permalink: (data) => data.month.url,
};

const line = (post) => `<li><a href="${post.url}">${escape(post.data.title)}</a> <time datetime="${day(post.date)}">${day(post.date)}</time></li>`;

export function render({ month }) {
  return page({ title: month.title, url: month.url, main: `<h1>${month.title}</h1><ul>${month.posts.map(line).join("\n")}</ul>` });
}
