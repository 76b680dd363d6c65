// What is being written stays on the device, one draft a thread, until it is erased.
const SHELF = "divan:proposer:";
const PSEUDONYM = "divan:pseudonyme";

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // this browser keeps nothing: the page works all the same
  }
}

function write(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

/** {fields: {name: value}, reviewed: [« passage : reason »], stamp: {id, date}, gone}; what an older page left unreadable counts as none. */
export function readDraft(thread) {
  try {
    return { fields: {}, reviewed: [], ...JSON.parse(read(SHELF + thread)) };
  } catch {
    return { fields: {}, reviewed: [] };
  }
}

/** Keeps a draft, and says whether the device did. */
export const keepDraft = (thread, draft) => write(SHELF + thread, JSON.stringify(draft));
export const eraseDraft = (thread) => write(SHELF + thread, "");
export const pseudonym = () => read(PSEUDONYM) ?? "";
export const keepPseudonym = (name) => write(PSEUDONYM, name);
