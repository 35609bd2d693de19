// The blog for Eleventy. Templates are JavaScript, the fastest of its languages; lists, feeds and archives are made from data.
import highlight from "@11ty/eleventy-plugin-syntaxhighlight";
import { dateToRfc3339 } from "@11ty/eleventy-plugin-rss";
import anchor from "markdown-it-anchor";
import contents from "markdown-it-toc-done-right";

const PAGE = 10;

/** The pages of a list of posts: ten on each, with the addresses of the pages before and after. */
function paged(url, title, posts) {
  const count = Math.max(1, Math.ceil(posts.length / PAGE));
  const address = (number) => (number === 0 ? url : `${url}page/${number + 1}/`);
  return Array.from({ length: count }, (_, number) => ({
    title,
    url: address(number),
    posts: posts.slice(number * PAGE, (number + 1) * PAGE),
    previous: number > 0 ? address(number - 1) : null,
    next: number + 1 < count ? address(number + 1) : null,
  }));
}

function grouped(posts, keysOf) {
  const groups = new Map();
  for (const post of posts) {
    for (const key of keysOf(post)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(post);
    }
  }
  return groups;
}

export default function (config) {
  config.addPlugin(highlight);
  config.amendLibrary("md", (library) => library.use(anchor).use(contents, { listType: "ul" }));
  config.addFilter("rfc3339", dateToRfc3339);

  const newest = (api) => api.getFilteredByGlob("content/blog/*.md").reverse();
  const slug = config.getFilter("slugify");
  const byTag = (api) => [...grouped(newest(api), (post) => post.data.terms ?? [])].map(([name, posts]) => ({ name, url: `/tags/${slug(name)}/`, posts }));
  const byMonth = (api) => [...grouped(newest(api), (post) => [post.date.toISOString().slice(0, 7).replace("-", "/")])];

  config.addCollection("newest", newest);
  config.addCollection("byTag", byTag);
  config.addCollection("lists", (api) => [
    ...paged("/", "Benchmark", newest(api)),
    ...paged("/blog/", "Blog", newest(api)),
    ...byTag(api).flatMap((tag) => paged(tag.url, tag.name, tag.posts)),
  ]);
  config.addCollection("months", (api) => byMonth(api).map(([month, posts]) => ({ url: `/blog/${month}/`, title: month, posts })));
  config.addCollection("feeds", (api) => [
    { url: "/", title: "Benchmark", posts: newest(api).slice(0, 20) },
    { url: "/blog/", title: "Blog", posts: newest(api).slice(0, 20) },
    ...byTag(api).map((tag) => ({ url: tag.url, title: tag.name, posts: tag.posts.slice(0, 20) })),
  ]);
  return { dir: { input: "content", includes: "../includes", output: "output" }, markdownTemplateEngine: false };
}
