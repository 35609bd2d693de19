export const data = { permalink: "/llms.txt" };

export function render({ collections }) {
  return `# Benchmark\n\n${collections.newest.map((post) => `- [${post.data.title}](https://example.org${post.url}index.md)`).join("\n")}\n`;
}
