// Search: asks the index that Pagefind made, which has a folder for each language, and shows what is found by kind.
// Nothing of the index is loaded before the reader searches.

const [form, found, list] = ['search', 'found', 'results'].map((name) => document.getElementById(`x-${name}`));
const { q: field, kind: choice } = form.elements;
const kinds = form.querySelector('fieldset');
const { root, index, ...texts } = form.dataset;
const own = document.documentElement.lang;
const FIRST = 5;
const MORE = 20;

const number = (n) => n.toLocaleString(`${own}-u-nu-latn`);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const sum = (groups) => groups.flatMap(([, all]) => all).length;

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

// Every language is asked in its own grammar, by a module of its own: in one, two indexes would share a memory.
let started;
const start = () => started ??= (async () => {
  const base = new URL(index, location);
  const languages = await (await fetch(new URL('languages.json', base))).json();
  const first = own.toLowerCase();
  languages.sort((a, b) => (b === first) - (a === first));
  return Promise.all(languages.map(async (language) => {
    const engine = await import(new URL(`pagefind.js?${language}`, base));
    await engine.options({ basePath: `${base.pathname}${language}/`, excerptLength: 24, noWorker: true });
    await engine.filters();
    return [language, engine];
  }));
})();

// The excerpt comes with <mark> around what was found; nothing else in it is markup.
const marked = (excerpt) => excerpt.split(/<\/?mark>/).map((part, n) => {
  const text = part.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  return n % 2 ? make('mark', {}, text) : text;
});

const item = async ([lang, result]) => {
  const { raw_url: url, meta, excerpt } = await result.data();
  const title = make('a', { href: root + url.slice(1) }, meta.title);
  return make('li', { lang, dir: 'auto' }, make('p', { className: 'headline' }, title), make('p', {}, ...marked(excerpt)));
};

const group = async ([radio, all], only) => {
  const id = `x-found-${radio.value}`;
  const count = make('span', { className: 'count' }, number(all.length));
  const items = make('ul', { className: 'found' });
  const more = make('button', { type: 'button' });
  let shown = 0;
  const show = async (n) => {
    const next = await Promise.all(all.slice(shown, shown += n).map(item));
    items.append(...next);
    const left = all.length - shown;
    more.hidden = left <= 0;
    more.textContent = fill(texts.more, { n: number(Math.min(left, MORE)) });
    return next[0];
  };
  more.onclick = async () => (await show(MORE)).querySelector('a').focus();
  await show(only ? MORE : FIRST);
  const title = make('h2', { id }, radio.nextSibling.data, count);
  const section = make('section', { className: 'band' }, title, make('div', {}, items, more));
  section.setAttribute('aria-labelledby', id);
  return section;
};

const search = async () => {
  const query = field.value.trim();
  history.replaceState(null, '', query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  const engines = query && await start();
  const [every, ...radios] = choice;
  const groups = radios.map((radio) => [radio, []]);
  for (const [language, engine] of engines || []) {
    for (const [radio, all] of groups) {
      const { results } = await engine.search(query, { filters: { kind: radio.value } });
      all.push(...results.map((result) => [language, result]));
    }
  }
  const only = choice.value;
  const wanted = groups.filter(([radio, all]) => all.length && (!only || radio.value === only));
  const sections = await Promise.all(wanted.map((one) => group(one, only)));
  const total = sum(groups);
  for (const [radio, { length }] of [[every, { length: total }], ...groups]) {
    radio.parentNode.lastElementChild.textContent = number(length);
    radio.parentNode.hidden = !length && !radio.checked;
  }
  kinds.hidden = !total;
  const n = sum(wanted);
  found.textContent = query && fill(n ? texts.found : texts.none, { query: `\u2068${query}\u2069`, n: number(n) });
  list.replaceChildren(...sections);
};

// One search at a time: an index does not answer two at once.
let timer;
let last = Promise.resolve();
const soon = (wait) => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    last = last.then(search).catch(() => { found.textContent = texts.failed; });
  }, wait);
};
field.oninput = () => soon(250);
kinds.onchange = () => soon();
form.onsubmit = () => {
  soon();
  return false;
};

form.hidden = false;
field.value = new URLSearchParams(location.search).get('q');
if (field.value) soon();
