// A proof of work for the collector (ALTCHA's protocol): the device looks for a number while the answers are written.
const form = document.querySelector("form.survey");
const proof = Object.assign(document.createElement("input"), { type: "hidden", name: "altcha" });
const FRESH = 90 * 60_000; // the collector takes a proof for two hours; a form may wait longer on a desk
let found;
let begun = 0;

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function solve() {
  const reply = await fetch(form.dataset.challenge, { credentials: "omit" });
  const { algorithm, challenge, salt, signature, maxnumber } = await reply.json();
  for (let number = 0; number <= maxnumber; number += 1) {
    const digest = await crypto.subtle.digest(algorithm, new TextEncoder().encode(salt + number));
    if (hex(digest) === challenge) return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
  }
  return "";
}

// Without a proof the answer still goes; it is at worst set apart for a moderator. A proof serves once.
function start() {
  if (Date.now() - begun > FRESH) found = undefined;
  if (!found) begun = Date.now();
  return (found ||= solve().then((value) => (proof.value = value), () => {}));
}

form.append(proof);
form.addEventListener("input", start, { once: true });
form.addEventListener("prepare", ({ detail }) => detail.sending && detail.waiting.push(start()));
form.addEventListener("answered", () => {
  found = undefined;
});
