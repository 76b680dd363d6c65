// What waits to leave: kept on the device until the collector acknowledges it, sent again by itself when the network is back.
const SHELF = "outbox";
const RETRY = 30_000;
export const WAITS = "divan:attend";

function database() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("divan", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(SHELF, { keyPath: "submission" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function ask(mode, work) {
  const base = await database();
  try {
    return await new Promise((resolve, reject) => {
      const asked = work(base.transaction(SHELF, mode).objectStore(SHELF));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  } finally {
    base.close();
  }
}

async function note() {
  const left = await waiting();
  if (left.length) localStorage.setItem(WAITS, String(left.length));
  else localStorage.removeItem(WAITS);
}

/** Parcels {submission, endpoint, kind, title, fields: [[name, value]], images: [Blob]} that have not left. */
export const waiting = () => ask("readonly", (shelf) => shelf.getAll());

/** Keeps a parcel, and says whether this browser could. */
export async function keep(parcel) {
  try {
    await ask("readwrite", (shelf) => shelf.put(parcel));
    await note();
    return true;
  } catch {
    return false;
  }
}

export async function forget({ submission }) {
  await ask("readwrite", (shelf) => shelf.delete(submission)).catch(() => null);
  await note().catch(() => null);
}

/** Sends one: {state: sent, receipt} | {state: refused, faults, message} | {state: waiting, message}. The collector counts it once. */
export async function deliver({ endpoint, submission, fields, images }) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append("submission", submission);
  images.forEach((image, n) => body.append("image", image, `image-${n + 1}.jpg`));
  try {
    const answer = await fetch(endpoint, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "omit" });
    const { receipt, faults = [], message = "" } = await answer.json();
    if (answer.ok && receipt) return { state: "sent", receipt };
    const later = answer.status === 429 || answer.status >= 500;
    return later ? { state: "waiting", message } : { state: "refused", faults, message };
  } catch {
    return { state: "waiting", message: "" };
  }
}

/** Sends all that waits, now and whenever the network comes back; `sent` is called for each with its receipt, `gone` once it waits no more. */
export function sendWhenPossible(sent, gone = () => {}) {
  let busy = false;
  const flush = async () => {
    if (busy || !localStorage.getItem(WAITS)) return;
    busy = true;
    for (const parcel of await waiting().catch(() => [])) {
      const told = await deliver(parcel);
      if (told.state === "waiting") continue;
      if (told.state === "sent") sent(parcel, told.receipt);
      await forget(parcel);
      gone();
    }
    busy = false;
  };
  addEventListener("online", flush);
  setInterval(flush, RETRY);
  flush();
}
