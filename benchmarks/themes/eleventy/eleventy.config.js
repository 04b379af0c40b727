// Markdown is Markdown only: no template language is looked for in it, which makes Eleventy faster.
module.exports = (config) => {
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addCollection("latest", (all) => all.getFilteredByGlob("content/articles/*.md").reverse().slice(0, 20));
  config.addCollection("entries", (all) => all.getFilteredByGlob("content/glossary/*.md"));
  return {
    dir: { input: "content", includes: "../_includes", output: "_site" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
};
