// Keeps what this device has read, so that it reads without a network. « sw.js » gives SITE, then loads this.
// Nothing of the members' edition is ever kept: what is put away here is not encrypted.
const PAGES = "divan-pages-1";
const FILES = "divan-files-1";
const OURS = /^divan-(pages|files)-/;
const MOST_PAGES = 80;
const MOST_FILES = 160;
const DAY = 86_400_000;
const LONGEST = 30 * DAY; // what nobody could read again in that time is forgotten
const PATIENCE = 4_000; // ms given to the network when a kept page could be shown
const WHEN = "x-divan-kept";

const scope = new URL(self.registration.scope);
const pathOf = (url) => new URL(url).pathname.slice(scope.pathname.length);
const plain = (url) => new URL(url).origin + new URL(url).pathname;
const first = new Set(SITE.first.map((path) => new URL(path, scope).href));

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(Promise.all([...first].map((url) => renew(url))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetFormer().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope.href)) return;
  const path = pathOf(request.url);
  if (/^(chercher|desk|proposals|letter)\//.test(path) || path === "sw.js") return; // the search keeps its own index
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (/^(theme|proposer\/[0-9a-f]{10})\//.test(path)) event.respondWith(sealed(event));
  else if (request.destination === "image") event.respondWith(image(event));
});

async function forgetFormer() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => OURS.test(name) && name !== PAGES && name !== FILES).map((name) => caches.delete(name)));
}

/** The page as it is now; as it was when there is no network, or nearly none, and then it says so. */
async function page(event) {
  const url = plain(event.request.url);
  const coming = fetch(event.request, { cache: "no-cache" }).then((answer) => noted(event, url, answer));
  event.waitUntil(coming.catch(() => null));
  const before = await (await caches.open(PAGES)).match(url);
  try {
    const answer = await (before ? Promise.race([coming, late()]) : coming);
    event.waitUntil(sweep());
    return answer;
  } catch {
    if (before) return asKept(before);
    if (url === new URL("hors-ligne/", scope).href) return Response.error();
    return Response.redirect(new URL("hors-ligne/?absente", scope), 302);
  }
}

const late = () => new Promise((_, reject) => setTimeout(reject, PATIENCE));

/** What the network answered; what it says is gone goes from here too. */
function noted(event, url, answer) {
  if (answer.ok) event.waitUntil(keepPage(url, answer.clone()));
  else if (answer.status === 404 || answer.status === 410) event.waitUntil(forget(url));
  return answer;
}

async function keepPage(url, answer) {
  const type = answer.headers.get("content-type") ?? "";
  const control = answer.headers.get("cache-control") ?? "";
  if (!type.startsWith("text/html") || answer.type === "opaque" || /no-store|private/.test(control)) return;
  const text = await answer.text();
  if (text.includes('class="audience"')) return forget(url); // a page for members
  const shelf = await caches.open(PAGES);
  await shelf.delete(url); // put back last: the first ones are forgotten first
  await shelf.put(url, new Response(text, { headers: { "content-type": type, [WHEN]: String(Date.now()) } }));
  await trim(shelf, MOST_PAGES);
  const named = [...text.matchAll(/(?:href|src)="([^"]*theme\/[^"]+)"/g)].map(([, link]) => new URL(link, url).href);
  await Promise.all([...new Set(named)].map((link) => keepFile(link)));
}

async function keepFile(url) {
  const shelf = await caches.open(FILES);
  if (await shelf.match(url)) return;
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok) return;
  await shelf.put(url, answer);
  await trim(shelf, MOST_FILES);
}

async function trim(shelf, most) {
  const kept = await shelf.keys();
  const others = kept.filter(({ url }) => !first.has(url));
  await Promise.all(others.slice(0, Math.max(kept.length - most, 0)).map((request) => shelf.delete(request)));
}

async function forget(url) {
  await (await caches.open(PAGES)).delete(url);
}

async function renew(url) {
  const answer = await fetch(url, { cache: "no-cache" }).catch(() => null);
  if (answer?.ok) await keepPage(plain(url), answer);
  else if (answer && (answer.status === 404 || answer.status === 410)) await forget(url);
}

/** Once a day, all that is kept is read again: what was corrected or withdrawn does not stay here. */
async function sweep() {
  const shelf = await caches.open(PAGES);
  const mark = new URL("sw.js", scope).href;
  const last = await (await caches.open(FILES)).match(mark);
  if (last && Date.now() - Number(await last.text()) < DAY) return;
  await (await caches.open(FILES)).put(mark, new Response(String(Date.now())));
  for (const { url } of await shelf.keys()) {
    await renew(url);
    const left = await shelf.match(url);
    if (left && Date.now() - Number(left.headers.get(WHEN)) > LONGEST) await forget(url);
  }
}

async function asKept(before) {
  const day = new Date(Number(before.headers.get(WHEN)));
  const words = new Intl.DateTimeFormat(SITE.lang, { dateStyle: "long", timeStyle: "short" }).format(day);
  const said = SITE.kept.replace("{date}", `<time datetime="${day.toISOString()}">${words}</time>`);
  const text = (await before.text()).replace(/<main\b[^>]*>/, (tag) => `${tag}<p class="note offline" role="status">${said}</p>`);
  return new Response(text, { headers: { "content-type": before.headers.get("content-type") } });
}

/** A file whose address changes with its content: the one at hand is the right one. */
async function sealed(event) {
  const shelf = await caches.open(FILES);
  const before = await shelf.match(event.request.url);
  if (before) return before;
  try {
    const answer = await fetch(event.request);
    if (answer.ok) event.waitUntil(shelf.put(event.request.url, answer.clone()).then(() => trim(shelf, MOST_FILES)));
    return answer;
  } catch (trouble) {
    const style = /\/style\.[0-9a-f]+\.css$/; // another version of it is better than none
    const other = style.test(event.request.url) && (await shelf.keys()).findLast(({ url }) => style.test(url));
    if (other) return shelf.match(other);
    throw trouble;
  }
}

async function image(event) {
  const shelf = await caches.open(FILES);
  try {
    const answer = await fetch(event.request, { cache: "no-cache" });
    if (answer.ok) event.waitUntil(shelf.put(event.request.url, answer.clone()).then(() => trim(shelf, MOST_FILES)));
    else if (answer.status === 404 || answer.status === 410) event.waitUntil(shelf.delete(event.request.url));
    return answer;
  } catch (trouble) {
    const before = await shelf.match(event.request.url);
    if (before) return before;
    throw trouble;
  }
}
