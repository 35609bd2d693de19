export default {
  layout: "post.11ty.js",
  eleventyComputed: { permalink: (data) => `/blog/${data.page.fileSlug}/` },
};
