// What a device keeps when its owner asked: a key that cannot be read back, until when; and the last build it read.
const SHELF = `divan-members ${new URL(self.registration.scope).pathname}`;

function shelf(mode, act) {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(SHELF, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
    asked.onerror = () => fail(asked.error);
    asked.onsuccess = () => {
      const transaction = asked.result.transaction("kept", mode);
      const request = act(transaction.objectStore("kept"));
      transaction.oncomplete = () => {
        asked.result.close();
        done(request.result);
      };
      transaction.onabort = transaction.onerror = () => fail(transaction.error);
    };
  });
}

const kept = (name) => shelf("readonly", (store) => store.get(name));
const keep = (name, value) => shelf("readwrite", (store) => store.put(value, name));
const forget = (name) => shelf("readwrite", (store) => store.delete(name));

/** The key kept for later, unless its time is over. */
async function keptKey() {
  const found = await kept("member");
  if (!found) return null;
  if (found.until > Date.now()) return found;
  await forget("member");
  return null;
}

/** Refuse a build older than one already read here; remember this one. */
async function neverOlder(build) {
  const seen = (await kept("seen")) ?? { epoch: 0, made: 0 };
  const { number } = build.epoch;
  if (number < seen.epoch || (number === seen.epoch && build.made < seen.made)) throw new Refused("older");
  if (number !== seen.epoch || build.made !== seen.made) await keep("seen", { epoch: number, made: build.made });
}
