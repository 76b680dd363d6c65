// The members' edition as pages: each is fetched wrapped, opened here, and given to the browser. None is stored.
const HOME = new URL(self.registration.scope);
const READ = new URL("lire/", HOME);
const FRESH = 60_000; // how long one build is believed to be the last
const KINDS = {
  html: "text/html", css: "text/css", js: "text/javascript", json: "application/json", svg: "image/svg+xml", png: "image/png",
  jpg: "image/jpeg", webp: "image/webp", xml: "application/xml", csv: "text/csv", txt: "text/plain", ics: "text/calendar",
};

let session = null; // { key, until, holder, build }
let asked = null; // { at, files }

async function fetched(path) {
  let answer;
  try {
    answer = await fetch(new URL(path, HOME), { cache: path.startsWith("f/") ? "default" : "no-store", credentials: "omit", redirect: "error" });
  } catch {
    throw new Refused("unreachable");
  }
  if (answer.status === 404) throw new Refused("altered");
  if (!answer.ok) throw new Refused("unreachable");
  return new Uint8Array(await answer.arrayBuffer());
}

/** What is always asked for, both at once: who may open, and which build this is; believed for a moment. */
function door() {
  if (!asked || Date.now() - asked.at > 10_000) {
    const files = Promise.all([fetched("keys").then((file) => JSON.parse(new TextDecoder().decode(file))), fetched("contents")]);
    asked = { at: Date.now(), files };
    files.catch(() => (asked = null));
  }
  return asked.files;
}

async function opened(key) {
  const [table, contents] = await door();
  asked = null;
  const build = await OpenBuild.of(await OpenEpoch.of(table, key), contents, fetched);
  await neverOlder(build);
  return build;
}

/** The session, as its owner wants it: over when its time is, or when the page that opened it has gone. */
async function current() {
  if (session && (session.until ? session.until < Date.now() : !(await self.clients.get(session.holder)))) session = null;
  if (!session) {
    const found = await keptKey();
    session = found ? { ...found, build: null } : await askedOfPages();
  }
  if (!session) throw new Refused("closed");
  if (!session.build || Date.now() - session.build.asked > FRESH) session.build = await opened(session.key);
  return session;
}

/** A worker is stopped when idle: the page that holds the key for its own time gives it again. */
async function askedOfPages() {
  for (const page of await self.clients.matchAll({ includeUncontrolled: true, type: "window" })) {
    const { pathname } = new URL(page.url);
    if (pathname !== HOME.pathname && pathname !== `${HOME.pathname}index.html`) continue;
    const key = await new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => done(data);
      setTimeout(done, 1000, null);
      page.postMessage("key?", [port2]);
    });
    if (key) return { key, until: 0, holder: page.id, build: null };
  }
  return null;
}

async function content(path) {
  const now = await current();
  try {
    return await now.build.read(path);
  } catch (trouble) {
    if (!(trouble instanceof Refused) || trouble.message !== "altered") throw trouble;
    now.build = await opened(now.key); // published anew meanwhile
    return now.build.read(path);
  }
}

async function answer(request, url) {
  const path = decodeURIComponent(url.pathname.slice(READ.pathname.length));
  if (request.mode === "navigate" && request.destination === "document") {
    return Response.redirect(new URL(`#${path}${url.search}`, HOME), 302);
  }
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  const headers = { "Content-Type": kind(file), "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "frame-ancestors 'self'" };
  try {
    return new Response(await content(file), { headers });
  } catch (trouble) {
    return refused(trouble, headers);
  }
}

function kind(file) {
  const found = KINDS[file.split(".").pop()] ?? "application/octet-stream";
  return /^text|json|xml$/.test(found) ? `${found}; charset=utf-8` : found;
}

function refused(trouble, headers) {
  const why = trouble instanceof Refused ? trouble.message : "altered";
  if (why !== "absent") tellPages(why);
  const said = WORDS[why] ?? WORDS.closed;
  return new Response(`<!doctype html><title>Divan</title><p>${said}</p>`, { status: why === "absent" ? 404 : 403, headers: { ...headers, "Content-Type": "text/html; charset=utf-8" } });
}

async function tellPages(why) {
  for (const page of await self.clients.matchAll({ includeUncontrolled: true, type: "window" })) page.postMessage({ refused: why });
}

const ACTS = {
  async open({ key, hours }, holder) {
    const build = await opened(key);
    const until = hours ? Date.now() + hours * 3_600_000 : 0;
    session = { key, until, holder, build };
    await (hours ? keep("member", { key, until }) : forget("member"));
    return { made: build.made };
  },
  async resume() {
    return { made: (await current()).build.made };
  },
  async close() {
    session = null;
    await forget("member");
    tellPages("closed");
    return {};
  },
  async passkey() {
    return (await kept("passkey")) ?? {};
  },
  async keepPasskey({ passkey }) {
    await keep("passkey", passkey);
    return {};
  },
  async forgetPasskey() {
    await forget("passkey");
    return {};
  },
  async site() {
    const [{ site, rounds }] = await door();
    return { site, rounds };
  },
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const [port] = event.ports;
  const done = ACTS[event.data.act](event.data, event.source.id).catch((trouble) => ({ refused: trouble instanceof Refused ? trouble.message : "altered" }));
  event.waitUntil(done.then((said) => port.postMessage(said)));
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && url.origin === READ.origin && url.pathname.startsWith(READ.pathname)) event.respondWith(answer(event.request, url));
});
