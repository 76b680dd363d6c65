// An invitation becomes, when the answers leave, a token that the collector has signed unseen: the code never goes with them.
import { blind, finish, pack, random, readKey, unpack } from "./form-blind.js";

const form = document.querySelector("form.survey");
const question = form.querySelector("[data-invitation]");
const words = JSON.parse(question.dataset.invitation);
const field = question.querySelector("input");
const note = question.querySelector("[data-plain]");
const shelf = `divan:jeton:${form.dataset.study}:${form.dataset.wave}`;
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;
let kept = {}; // while the code is being changed: code, serial, blinded, unmask; then the token alone

// The same reading as divan/tokens/invitation_code.py: case, spaces and dashes are free, the last letter checks the others.
function read(typed) {
  const letters = typed.toUpperCase().replace(/[\s\-‐-―]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
  const values = [...letters].map((letter) => LETTERS.indexOf(letter));
  if (values.length !== LENGTH || values.includes(-1)) return "";
  const sum = values.reverse().reduce((total, value, place) => total + (place % 2 ? Math.floor((2 * value) / 32) + ((2 * value) % 32) : value), 0);
  return sum % 32 ? "" : letters.match(/.{4}/g).join("-");
}

function keep(now) {
  kept = now;
  try {
    localStorage.setItem(shelf, JSON.stringify(kept));
  } catch {
    // this browser keeps nothing: the token lives as long as the page
  }
}

function forget() {
  kept = {};
  form.elements.token.value = "";
  field.hidden = false;
  note.textContent = words.invitation_blind;
  try {
    localStorage.removeItem(shelf);
  } catch {
    // nothing was kept
  }
}

function accepted() {
  form.elements.token.value = kept.token;
  delete question.dataset.fault;
  field.value = "";
  field.hidden = true;
  note.textContent = words.invitation_changed;
}

// The blinded serial number is kept before it leaves: cut off here, the device asks again for the same, and loses nothing.
async function prepare(code, key) {
  if (kept.code === code) return;
  const serial = random(32);
  const { blinded, unmask } = await blind(key, serial);
  keep({ code, serial: pack(serial), blinded: pack(blinded), unmask: pack(unmask) });
}

async function ask() {
  const body = new URLSearchParams({ invitation: kept.code, blinded: kept.blinded });
  const address = form.action.replace(/\/?(\?|$)/, "/jeton$1");
  try {
    const reply = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "omit" });
    return { status: reply.status, ...(await reply.json()) };
  } catch {
    return { status: 0 }; // no network: the answers wait, with what is kept
  }
}

async function change() {
  delete question.dataset.fault;
  delete form.dataset.unready;
  if (kept.token) return;
  const code = read(field.value);
  if (!code) {
    question.dataset.fault = field.value.trim() ? words.invitation_miscopied : words.invitation_needed;
    return;
  }
  const key = await readKey(form.dataset.tokenKey);
  await prepare(code, key);
  const told = await ask();
  if (told.signature) {
    try {
      const serial = unpack(kept.serial);
      const signature = await finish(key, serial, unpack(told.signature), unpack(kept.unmask));
      keep({ token: `${kept.serial}.${pack(signature)}` });
      accepted();
    } catch {
      question.dataset.fault = words.invitation_other_key;
    }
  } else if (told.problems?.length) {
    forget();
    question.dataset.fault = told.problems[0].message;
  } else {
    form.dataset.unready = ""; // form-send.js tries again
  }
}

function start() {
  field.removeAttribute("name"); // the code leaves alone, before the answers, or not at all
  note.textContent = words.invitation_blind;
  const linked = read(decodeURIComponent(location.hash.slice(1)));
  if (linked) history.replaceState(null, "", location.pathname + location.search);
  try {
    kept = JSON.parse(localStorage.getItem(shelf)) || {};
  } catch {
    kept = {};
  }
  field.value = kept.code || linked || field.value;
  if (kept.token) accepted();
  let changing = Promise.resolve();
  form.addEventListener("prepare", ({ detail }) => {
    if (!detail.sending) return;
    changing = changing.then(change);
    detail.waiting.push(changing);
  });
  form.addEventListener("refused", ({ detail }) => {
    const fault = detail.find(({ item }) => item === "invitation");
    if (fault) forget();
  });
  form.addEventListener("sent", ({ detail }) => detail.surely && forget());
}

if (crypto.subtle) start(); // without https there is no cryptography: the code goes as it does where no script runs
