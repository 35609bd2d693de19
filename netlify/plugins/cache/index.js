// Keeps sitegen's cache between builds on Netlify. A cache that does not arrive only makes the build slower.

module.exports = {
  async onPreBuild({ inputs, utils }) {
    const restored = await utils.cache.restore(inputs.paths);
    console.log(restored ? `restored ${inputs.paths}` : "no cache from an earlier build");
  },

  // Runs after a build that succeeded, so a broken one leaves nothing behind.
  async onPostBuild({ inputs, utils }) {
    await utils.cache.save(inputs.paths);
  },
};
