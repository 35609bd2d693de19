import { escape, summary } from "../includes/page.js";

export const data = {
  pagination: { data: "collections.feeds", size: 1, alias: "feed" },
  permalink: (data) => `${data.feed.url}atom.xml`,
};

const SITE = "https://example.org";

export function render({ feed }) {
  const entry = (post) => `<entry><title>${escape(post.data.title)}</title><link href="${SITE}${post.url}"/><id>${SITE}${post.url}</id>
<updated>${this.rfc3339(post.date)}</updated><summary type="html">${escape(summary(post.templateContent))}</summary>
<content type="html">${escape(post.templateContent)}</content></entry>`;
  const updated = feed.posts.length ? this.rfc3339(feed.posts[0].date) : "";
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>${escape(feed.title)}</title><id>${SITE}${feed.url}</id><updated>${updated}</updated>
${feed.posts.map(entry).join("\n")}</feed>`;
}
