import { escape, page } from "../includes/page.js";

export const data = { permalink: "/tags/" };

export function render({ collections }) {
  const lines = collections.byTag.map((tag) => `<li><a href="${tag.url}">${escape(tag.name)}</a> ${tag.posts.length}</li>`);
  return page({ title: "Tags", url: "/tags/", main: `<h1>Tags</h1><ul>${lines.join("\n")}</ul>` });
}
