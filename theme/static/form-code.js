// The pairing code of a phrase, made here so that the phrase never leaves: same steps as divan/privacy/pairing_codes.py.
const form = document.querySelector("form.survey");
const words = JSON.parse(form.dataset.words);
const ROUNDS = 600_000;
const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";


// Letters that divan/sources/reader_signs.json writes otherwise: what a reader takes for the same phrase makes the same code.
const READ = { œ: "oe", Œ: "oe", æ: "ae", Æ: "ae", ß: "ss", ẞ: "ss", ø: "o", Ø: "o", đ: "d", Đ: "d", ł: "l", Ł: "l", ı: "i", ð: "d", þ: "th", ŉ: "n", "№": "n", º: "", ʼ: "", ʹ: "", ˈ: "", ˊ: "" };
const read = (sign) => READ[sign] ?? [...sign.normalize("NFKD")].map((letter) => READ[letter] ?? letter).join("");
const plain = (phrase) => [...phrase].map(read).join("").toLowerCase().replace(/ς/g, "σ").replace(/[^\p{L}\p{N}]/gu, "");

async function codeOf(phrase) {
  const bytes = new TextEncoder().encode(plain(phrase));
  const key = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
  const salt = new TextEncoder().encode(form.dataset.salt);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, key, 40);
  const number = [...new Uint8Array(bits)].reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return Array.from({ length: 8 }, (_, place) => LETTERS[Number((number >> BigInt(35 - 5 * place)) & 31n)]).join("");
}

// Without https a browser lends no cryptography: the respondent makes a code up, as where no script runs.
function withoutPhrase(question) {
  const spare = new DOMParser().parseFromString(question.querySelector("noscript").textContent, "text/html").body;
  question.querySelectorAll("[data-code], [data-phrase], .saved").forEach((element) => element.remove());
  question.append(...spare.childNodes);
}

function withPhrase(field) {
  const question = field.closest(".question");
  const code = question.querySelector("[data-code]");
  const told = question.querySelector(".saved");
  let working = Promise.resolve();
  let last = "";

  const work = async () => {
    const phrase = field.value;
    if (phrase === last) return;
    last = phrase;
    code.value = "";
    told.textContent = "";
    if (plain(phrase).length < 8) return;
    told.textContent = words.coding;
    const made = await codeOf(phrase);
    if (field.value !== phrase) return;
    code.value = made;
    told.textContent = words.coded.replace("{code}", made);
    code.dispatchEvent(new Event("input", { bubbles: true })); // form-keep.js keeps the code, never the phrase
  };
  field.addEventListener("change", () => (working = work()));
  form.addEventListener("prepare", ({ detail }) => detail.waiting.push(working.then(work)));
  form.addEventListener("restored", () => {
    if (code.value) told.textContent = words.coded.replace("{code}", code.value);
  });
}

for (const field of form.querySelectorAll("[data-phrase]")) {
  if (crypto.subtle) withPhrase(field);
  else withoutPhrase(field.closest(".question"));
}
