import { day, escape, page, summary } from "./page.js";

const link = (post, relation) => (post ? `<a href="${post.url}" rel="${relation}">${escape(post.data.title)}</a>` : "");

// Where each address stands in a list, found once for the list.
const places = new WeakMap();

function placeOf(url, posts) {
  if (!places.has(posts)) places.set(posts, new Map(posts.map((post, place) => [post.url, place])));
  return places.get(posts).get(url);
}

export function render(data) {
  const { newest } = data.collections;
  const place = placeOf(data.page.url, newest);
  const tags = (data.terms ?? []).map((tag) => `<li><a href="/tags/${this.slugify(tag)}/" rel="tag">${escape(tag)}</a></li>`);
  const main = `<article><h1>${escape(data.title)}</h1><time datetime="${day(data.page.date)}">${day(data.page.date)}</time>
${data.content}<ul class="tags">${tags.join("")}</ul>
<nav>${link(newest[place + 1], "prev")}${link(newest[place - 1], "next")}</nav></article>`;
  const description = summary(data.content).replace(/<[^>]*>/g, "").slice(0, 160);
  return page({ title: data.title, url: data.page.url, description, main });
}
