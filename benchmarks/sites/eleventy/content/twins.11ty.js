export const data = {
  pagination: { data: "collections.newest", size: 1, alias: "post" },
  permalink: (data) => `${data.post.url}index.md`,
  eleventyExcludeFromCollections: true,
};

export function render({ post }) {
  return `# ${post.data.title}\n\n${post.rawInput.replace("${toc}", "").trim()}\n`;
}
