// The page « Lire hors ligne »: begins to keep, shows what is kept, forgets all of it.
const page = document.getElementById("hors-ligne");
const { root, keeping, pages, one, idle, missing, refused } = page.dataset;
const site = new URL(root, location.href);
const state = document.getElementById("etat");
const keep = document.getElementById("garder");
const forget = document.getElementById("oublier");
const list = document.getElementById("gardees");
const kept = async () => (await caches.keys()).filter((name) => name.startsWith("divan-pages-"));

async function titles() {
  const found = [];
  for (const name of await kept()) {
    const shelf = await caches.open(name);
    for (const request of await shelf.keys()) {
      const text = await (await shelf.match(request)).text();
      const title = new DOMParser().parseFromString(text, "text/html").querySelector("h1")?.textContent.trim();
      found.unshift([request.url, title || request.url]);
    }
  }
  return found;
}

async function show() {
  const registered = await navigator.serviceWorker.getRegistration(site.href);
  const found = registered ? await titles() : [];
  list.replaceChildren(...found.map(([url, title]) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href: url, textContent: title }));
    return item;
  }));
  state.textContent = registered ? `${keeping} ${found.length === 1 ? one : pages.replace("{n}", found.length)}` : idle;
  if (new URLSearchParams(location.search).has("absente")) state.textContent = `${missing} ${state.textContent}`;
  list.parentElement.hidden = !found.length;
  keep.hidden = Boolean(registered);
  forget.hidden = !registered;
}

async function begin() {
  keep.disabled = true;
  try {
    await navigator.serviceWorker.register(new URL("sw.js", site), { scope: site.href, updateViaCache: "none" });
    await navigator.serviceWorker.ready;
    await show();
  } catch {
    state.textContent = refused;
  }
  keep.disabled = false;
}

async function end() {
  const registered = await navigator.serviceWorker.getRegistration(site.href);
  await registered?.unregister();
  for (const name of await caches.keys()) if (name.startsWith("divan-")) await caches.delete(name);
  await show();
}

if ("serviceWorker" in navigator && "caches" in globalThis) {
  keep.addEventListener("click", begin);
  forget.addEventListener("click", end);
  show().catch(() => (state.textContent = refused));
} else state.textContent = refused;
