// The search page: our own few elements over pagefind's JavaScript interface, loaded from this site.
const STEP = 10;

const form = document.getElementById("recherche");
const field = document.getElementById("q");
const selects = [...form.querySelectorAll("select[data-filter]")];
const tally = document.getElementById("bilan");
const list = document.getElementById("resultats");
const more = document.getElementById("suite");
const site = new URL(form.dataset.root, location.href);

let pagefind;
let found = [];
let asked = 0;

// An excerpt holds only text and <mark>; it is rebuilt node by node, so no other element can slip in.
function excerpt(html) {
  const paragraph = document.createElement("p");
  paragraph.className = "excerpt";
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  for (const node of parsed.childNodes) {
    const copy = node.nodeName === "MARK" ? document.createElement("mark") : document.createTextNode("");
    copy.textContent = node.textContent;
    paragraph.append(copy);
  }
  return paragraph;
}

function card(page) {
  const item = document.createElement("li");
  item.className = "card";
  const kind = document.createElement("p");
  kind.className = "kind";
  kind.textContent = [...(page.filters.type || []), ...(page.filters.specialty || [])].join(" · ");
  const heading = document.createElement("h2");
  const link = document.createElement("a");
  link.href = page.url;
  link.textContent = page.meta.title;
  heading.append(link);
  item.append(kind, heading, excerpt(page.excerpt));
  return item;
}

async function showMore(turn) {
  const shown = list.children.length;
  const pages = await Promise.all(found.slice(shown, shown + STEP).map((result) => result.data()));
  if (turn !== asked) return;
  list.append(...pages.map(card));
  more.hidden = list.children.length >= found.length;
}

async function search() {
  const turn = ++asked;
  const term = field.value.trim();
  const filters = Object.fromEntries(selects.filter((s) => s.value).map((s) => [s.dataset.filter, s.value]));
  const idle = !term && !Object.keys(filters).length;
  const outcome = idle ? { results: [] } : await pagefind.search(term || null, { filters });
  if (turn !== asked) return;
  found = outcome.results;
  list.replaceChildren();
  const { none, one, many } = tally.dataset;
  tally.textContent = idle ? "" : [none, one][found.length] ?? many.replace("{n}", found.length);
  await showMore(turn);
}

function fill(select, counts) {
  for (const [value, count] of Object.entries(counts || {}).sort(([a], [b]) => a.localeCompare(b, "fr"))) {
    select.append(new Option(`${value} (${count})`, value));
  }
}

async function start() {
  pagefind = await import(new URL(form.dataset.pagefind, location.href));
  await pagefind.options({ baseUrl: site.pathname });
  const known = await pagefind.filters();
  for (const select of selects) fill(select, known[select.dataset.filter]);
  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("q") || "";
  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, 200);
  });
  for (const select of selects) select.addEventListener("change", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  more.addEventListener("click", () => showMore(asked));
  if (field.value) await search();
}

start().catch(() => {
  tally.textContent = tally.dataset.failed;
});
