// The members' space: opened with a key, read in a frame, closed when its owner says.
import { asKey, memberRoot } from "./card.js";
import { canKeep, dropped, locked, unlocked } from "./passkey.js";

const words = document.getElementById("espace").dataset;
const state = document.getElementById("etat");
const form = document.getElementById("ouvrir");
const typed = document.getElementById("cle");
const hours = document.getElementById("duree");
const lock = document.getElementById("verrou"); // what opens by the device's own lock, where there is one
const withLock = document.getElementById("avec-verrou");
const reading = document.getElementById("lecture");
let held = null; // the key, for as long as this page is open
let worker = null;
let frame = null;
let wanted = ""; // where to read, once open

const READ = new URL("lire/", location.href.split("#")[0]);

function ask(act, more = {}) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data);
    worker.postMessage({ act, ...more }, [port2]);
  });
}

function say(what) {
  state.textContent = words[what] ?? what;
  state.hidden = !state.textContent;
}

/** What stands after « # »: a key, taken out of sight at once, or where to read. */
function fragment() {
  const said = decodeURIComponent(location.hash.slice(1));
  if (!said.startsWith("cle=")) return { key: "", path: said };
  history.replaceState(null, "", location.pathname);
  return { key: said.slice(4), path: "" };
}

function inSpace(path) {
  const address = new URL(path, READ);
  return address.href.startsWith(READ.href) ? address : READ;
}

function show(path, made) {
  const day = new Date(made * 1000).toLocaleString(words.lang, { dateStyle: "long", timeStyle: "short" });
  document.getElementById("publie").textContent = words.made.replace("{date}", day);
  frame?.remove();
  frame = document.createElement("iframe");
  frame.title = document.title;
  frame.src = inSpace(path);
  frame.addEventListener("load", follow);
  reading.append(frame);
  reading.hidden = false;
  document.body.classList.add("space-open");
}

/** The address bar follows, in what is never sent; links that lead out of the space leave the frame. */
function follow() {
  const inside = frame.contentWindow;
  const { pathname, search } = inside.location;
  if (pathname.startsWith(READ.pathname)) history.replaceState(null, "", `#${pathname.slice(READ.pathname.length)}${search}`);
  inside.document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.href.startsWith(READ.href)) return;
    event.preventDefault();
    if (/^https?:/.test(link.href)) open(link.href, "_blank", "noopener,noreferrer");
    else location.assign(link.href);
  });
  inside.focus();
}

function hide(why) {
  held = null;
  frame?.remove();
  frame = null;
  reading.hidden = true;
  document.body.classList.remove("space-open");
  history.replaceState(null, "", location.pathname);
  form.hidden = false;
  showLock();
  say(why);
}

/** Offer to open by the device's lock when something is kept under it, or to keep it so; nothing where there is none. */
async function showLock() {
  const kept = await ask("passkey");
  lock.hidden = !kept.id;
  withLock.closest("p").hidden = Boolean(kept.id) || !(await canKeep());
}

async function keepUnderLock(root) {
  try {
    const made = await locked(root, document.title);
    if (made) await ask("keepPasskey", { passkey: made });
    return made ? "" : "noLock";
  } catch {
    return "lockRefused";
  }
}

async function openByLock() {
  try {
    return await openKey(await unlocked(await ask("passkey")), Number(hours.value));
  } catch {
    return say("lockRefused");
  }
}

async function forgetLock() {
  const kept = await ask("passkey");
  await ask("forgetPasskey");
  if (kept.id) dropped(kept);
  await showLock();
}

async function openWith(text, kept) {
  say("opening");
  const about = await ask("site");
  if (about.refused) return say(about.refused);
  let root;
  try {
    root = await memberRoot(text, about);
  } catch (slip) {
    return say(slip.message in words ? slip.message : "slip");
  }
  return openKey(await asKey(root), kept, withLock.checked && !withLock.closest("p").hidden ? () => keepUnderLock(root) : null);
}

/** Open with a member's key; `before` what is shown is shown, it may be kept under the device's lock. */
async function openKey(key, kept, before = null) {
  say("opening");
  const said = await ask("open", { key, hours: kept });
  if (said.refused) return say(said.refused);
  held = key;
  typed.value = "";
  const told = await before?.();
  say("");
  show(wanted, said.made);
  if (told) document.getElementById("publie").textContent = words[told];
}

/** The form comes at once, for whoever types while the worker is still being fetched; what was sent then waits for it. */
async function begin(ready) {
  const { key, path } = fragment();
  wanted = path;
  let sent = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    sent = true;
    say("opening");
    await ready;
    openWith(typed.value, Number(hours.value));
  });
  if (key || !navigator.serviceWorker.controller) {
    typed.value = key;
    form.hidden = false;
    say("");
  }
  worker = (await ready).active;
  document.getElementById("ouvrir-verrou").addEventListener("click", openByLock);
  document.getElementById("oublier").addEventListener("click", forgetLock);
  showLock();
  if (key || sent) return;
  const said = await ask("resume");
  if (sent) return;
  form.hidden = false;
  if (!said.refused) show(path, said.made);
  else say(said.refused === "closed" ? "" : said.refused);
}

document.getElementById("fermer").addEventListener("click", async () => {
  await forgetLock();
  await ask("close");
  hide("closed");
});
addEventListener("hashchange", () => {
  const { key, path } = fragment();
  if (key) typed.value = key;
  else wanted = path;
  if (frame && path) frame.src = inSpace(path);
});

if ("serviceWorker" in navigator && globalThis.isSecureContext && "DecompressionStream" in globalThis) {
  navigator.serviceWorker.addEventListener("message", ({ data, ports }) => {
    if (data === "key?") ports[0].postMessage(held);
    else if (data.refused && frame) hide(data.refused);
  });
  navigator.serviceWorker.startMessages();
  const ready = navigator.serviceWorker.register("worker.js", { updateViaCache: "none" }).then(() => navigator.serviceWorker.ready);
  begin(ready).catch(() => say("unable"));
} else say("unable");
