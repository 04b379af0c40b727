module.exports = { layout: "entry.njk", permalink: (data) => `/glossary/${data.page.fileSlug}/` };
