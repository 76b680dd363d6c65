// Answers stay on the device until they are sent, then go. What has no name in the form, like a phrase, is never written.
const form = document.querySelector("form.survey");
const words = JSON.parse(form.dataset.words);
const shelf = `divan:${form.dataset.study}:${form.dataset.wave}${form.dataset.aim || ""}`;
const ticks = ["radio", "checkbox"];
const HIDDEN = ["submission", "elapsed", "digest", "website", "altcha", "token"];

// One submission keeps its number however often it is sent again: the collector counts it once.
const number = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const blank = () => ({ submission: number(), started: Date.now(), sent: false, fields: {} });
let kept = blank();

const saved = document.createElement("p");
const told = document.createElement("span");
const erase = document.createElement("button");
Object.assign(saved, { className: "saved", hidden: true });
Object.assign(erase, { type: "button", className: "button quiet", textContent: words.forget });
saved.append(told, " ", erase);
form.append(saved);

function fields() {
  return [...form.elements].filter((field) => field.name && !HIDDEN.includes(field.name) && field.matches("input, select, textarea"));
}

function keep() {
  kept.fields = {};
  for (const field of fields()) {
    const given = ticks.includes(field.type) ? field.checked : field.value.trim() !== "";
    if (given || field.matches("[data-rank]")) (kept.fields[field.name] ||= []).push(field.value);
  }
  told.textContent = kept.sent ? words.maybe_sent : words.saved;
  try {
    localStorage.setItem(shelf, JSON.stringify(kept));
    saved.hidden = false;
  } catch {
    saved.hidden = true; // this browser keeps nothing: the form works all the same
  }
}

function forget() {
  kept = blank();
  try {
    localStorage.removeItem(shelf);
  } catch {
    // nothing was kept
  }
}

function restore() {
  try {
    kept = { ...kept, ...JSON.parse(localStorage.getItem(shelf)) };
  } catch {
    return;
  }
  for (const field of fields()) {
    const values = kept.fields[field.name];
    if (!values) continue;
    if (ticks.includes(field.type)) field.checked = values.includes(field.value);
    else if (field.matches("[data-rank]")) field.value = values.shift() ?? ""; // a ranking is its lists, in order
    else [field.value] = values;
  }
  saved.hidden = !Object.keys(kept.fields).length;
  told.textContent = kept.sent ? words.maybe_sent : words.restored;
  if (kept.waits) form.dataset.waits = ""; // it was being sent: form-send.js goes on
  form.dispatchEvent(new Event("restored"));
}

form.addEventListener("input", () => {
  kept.sent = false;
  kept.waits = false;
  keep();
});
form.addEventListener("prepare", ({ detail }) => {
  if (!detail.sending) return;
  form.elements.submission.value = kept.submission;
  form.elements.elapsed.value = Math.max(0, Date.now() - kept.started);
});
form.addEventListener("waits", () => {
  const said = told.textContent;
  kept.waits = true;
  keep();
  told.textContent = said || told.textContent; // found again here, and sent again: both are true
});
form.addEventListener("sent", ({ detail }) => {
  if (detail.surely) return forget();
  kept.sent = true;
  keep();
});
erase.addEventListener("click", () => {
  if (!confirm(words.forget_sure)) return;
  forget();
  form.reset();
  location.reload();
});
restore();
