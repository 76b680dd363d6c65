// The key that a card says, or that a phrase makes; what opens is drawn from it, and cannot be read back.
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SIZE = 20;
const CHECK = 4;

const bytesOf = (text) => new TextEncoder().encode(text);
const written = (bytes) => {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return bits.match(/.{5}/g).map((five) => LETTERS[parseInt(five, 2)]).join("");
};

/** The secret of a card's words, or null when a letter is not the one printed. */
async function ofWords(letters) {
  const bits = [...letters.slice(0, -CHECK)].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const secret = Uint8Array.from(bits.match(/.{8}/g), (eight) => parseInt(eight, 2));
  const told = new Uint8Array([...bytesOf("divan card"), ...secret]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", told)).slice(0, 5);
  return written(digest).slice(0, CHECK) === letters.slice(-CHECK) ? secret : null;
}

async function ofPhrase(phrase, { site, rounds }) {
  const said = phrase.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
  const key = await crypto.subtle.importKey("raw", bytesOf(said), "PBKDF2", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: site, iterations: rounds }, key, 256));
}

/** What was typed, as what opens for a member of this site; `slip` or `short` when it cannot be. */
export async function memberRoot(typed, about) {
  const site = Uint8Array.from(atob(about.site), (letter) => letter.charCodeAt(0));
  const letters = typed.toUpperCase().replace(/[\s-]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
  const looksLikeWords = typed.trim().split(/\s+/).length >= 5 && !/^[0-9A-Z]{4}([\s-]+[0-9A-Z]{4})+$/i.test(typed.trim());
  let secret;
  if (looksLikeWords) secret = await ofPhrase(typed, { site, rounds: about.rounds });
  else if (letters.length === (SIZE * 8) / 5 + CHECK && [...letters].every((letter) => LETTERS.includes(letter))) secret = await ofWords(letters);
  else throw new Error(/[0-9-]/.test(typed) || typed.trim().split(/\s+/).length < 2 ? "slip" : "short");
  if (!secret) throw new Error("slip");
  const card = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: site, info: bytesOf("divan member") }, card, 256);
}

/** The same as a key that cannot be read back. */
export function asKey(root) {
  return crypto.subtle.importKey("raw", root, "HKDF", false, ["deriveBits", "deriveKey"]);
}
