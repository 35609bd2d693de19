import { day } from "../includes/page.js";

export const data = { permalink: "/sitemap.xml" };

export function render({ collections }) {
  const urls = [
    ...collections.newest.map((post) => ({ url: post.url, changed: `<lastmod>${day(post.date)}</lastmod>` })),
    ...[...collections.lists, ...collections.months].map((list) => ({ url: list.url, changed: "" })),
  ];
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.map(({ url, changed }) => `<url><loc>https://example.org${url}</loc>${changed}</url>`).join("\n")}
</urlset>`;
}
