// The search page: its field, its filters, its results. Without this script its form leads to the index of hashtags.
import { Index } from "./index.js";
import { passage } from "./passage.js";

const STEP = 10;
const PAUSE = 200; // ms without typing, before looking

const form = document.getElementById("recherche");
const field = document.getElementById("q");
const refine = form.querySelector("details");
const selects = [...form.querySelectorAll("select[data-filter]")];
const tally = document.getElementById("bilan");
const hints = document.getElementById("pistes");
const list = document.getElementById("resultats");
const more = document.getElementById("suite");
const site = new URL(form.dataset.root, location.href);
const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const { slug } = await import(new URL(form.dataset.slug, location.href));
const abbreviations = await (await fetch(new URL("abbreviations.json", import.meta.url))).json();
const index = new Index(new URL(form.dataset.index, location.href), abbreviations, slug, form.dataset.offline === "yes");

let opened;
let found = { pages: [], words: [] };
let asked = 0;

function element(name, attributes, ...children) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

function card(shown) {
  const kind = element("p", { className: "kind" });
  if (shown.s) kind.append(element("span", { className: `status ${shown.s[0]}`, textContent: shown.s[1] }), " ");
  kind.append(shown.k.filter(Boolean).join(" · "));
  const heading = element("h2", {}, element("a", { href: new URL(shown.u, site).href, textContent: shown.t }));
  const item = element("li", { className: "card" }, kind, heading, passage(shown.x, found.words, slug));
  if (shown.d) item.append(element("p", { className: "meta", textContent: `${day(shown.d)} · ${replies(shown.r)}` }));
  return item;
}

function day(iso) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso));
}

function replies(number) {
  return say(number < 2 && document.documentElement.lang === "fr" || number === 1 ? list.dataset.one : list.dataset.many, { n: number });
}

async function showMore(turn) {
  const shown = list.children.length;
  if (found.cut && shown + STEP > found.pages.length) await findTheRest(turn);
  const cards = await Promise.all(found.pages.slice(shown, shown + STEP).map((page) => index.card(page)));
  if (turn !== asked) return;
  list.append(...cards.filter(Boolean).map(card));
  more.hidden = shown + STEP >= found.pages.length && !found.cut;
}

/** Whoever went through the best pages of frequent words reads on: what is shown stays, all others follow. */
async function findTheRest(turn) {
  const all = await index.findAll(field.value.trim(), chosenFilters());
  if (turn === asked) found = { ...all, pages: [...new Set([...found.pages, ...all.pages])] };
}

function searchLink(words) {
  const address = new URL(location.href);
  address.search = new URLSearchParams({ q: words });
  return element("a", { href: address.href, textContent: words });
}

function hint(sentence, links) {
  const line = element("p", {}, `${sentence} `);
  links.forEach((link, at) => line.append(at ? " · " : "", link));
  hints.append(line);
}

async function hintsOf(text) {
  const lines = [];
  for (const [word, meanings] of index.meanings(text).filter(([word, meanings]) => meanings.length > 1 || found.lost.includes(word))) lines.push([say(hints.dataset.meanings, { word: word.toUpperCase() }), meanings.map(searchLink)]);
  for (const [word, instead] of found.corrected) lines.push([say(hints.dataset.corrected, { word, instead }), []]);
  if (found.lost.length && found.pages.length) lines.push([say(hints.dataset.lost, { words: found.lost.join(", ") }), []]);
  else if (found.pages.length && !found.whole && found.words.length > 1) lines.push([hints.dataset.part, []]);
  if (!found.pages.length) {
    const near = nearest((await index.facets()).h ?? [], slug(text));
    if (near.length) lines.push([hints.dataset.nearest, near]);
  }
  return lines;
}

function nearest(hashtags, asked) {
  const parts = pairs(asked);
  const scored = hashtags.map(([name, word]) => [shared(parts, pairs(word)), name, word]).filter(([score]) => score >= 0.3);
  return scored.sort(([a], [b]) => b - a).slice(0, 5).map(([, name, word]) => element("a", { className: "tag", href: new URL(`mots/${word}/`, site).href, textContent: `#${name}` }));
}

const pairs = (word) => new Set([...word].slice(1).map((sign, at) => word[at] + sign));
const shared = (one, other) => (2 * [...one].filter((pair) => other.has(pair)).length) / (one.size + other.size || 1);

const chosenFilters = () => selects.filter((select) => select.value).map((select) => `~${select.dataset.filter}${select.value}`);

function ready() {
  opened ??= index.open();
  return opened;
}

async function search() {
  const turn = ++asked;
  const text = field.value.trim();
  const filters = chosenFilters();
  const idle = !text && !filters.length;
  await ready();
  const outcome = idle ? { pages: [], words: [], lost: [], corrected: [] } : await index.find(text, filters);
  if (turn !== asked) return;
  found = outcome;
  const lines = idle ? [] : await hintsOf(text);
  if (turn !== asked) return;
  list.replaceChildren();
  hints.replaceChildren();
  for (const [sentence, links] of lines) hint(sentence, links);
  const { none, one, many, least } = tally.dataset;
  tally.textContent = idle ? "" : [none, one][found.pages.length] ?? say(found.cut ? least : many, { n: found.pages.length });
  more.hidden = true;
  await showMore(turn);
}

function remember() {
  const address = new URL(location.href);
  address.search = field.value.trim() ? new URLSearchParams({ q: field.value.trim() }) : "";
  history.replaceState(null, "", address);
}

function look() {
  remember();
  search().catch(() => {
    opened = undefined;
    tally.textContent = tally.dataset.failed;
  });
}

async function fill() {
  await ready();
  const facets = await index.facets();
  for (const select of selects.filter((one) => one.options.length === 1)) {
    const values = (facets[select.dataset.filter] ?? []).sort(([a], [b]) => a.localeCompare(b, "fr"));
    select.append(...values.map(([label, value, count]) => new Option(`${label} (${count})`, value)));
  }
}

/** Asked for when it opens, again when that failed, and at once when it opened before this script had come. */
function refineIfOpen() {
  if (refine.open) fill().catch(() => (opened = undefined));
}

let pause;
field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(look, PAUSE);
});
refine.addEventListener("toggle", refineIfOpen);
for (const select of selects) select.addEventListener("change", look);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  look();
});
more.addEventListener("click", () => showMore(asked));
field.value ||= new URLSearchParams(location.search).get("q") ?? "";
if (field.value) look();
refineIfOpen();
