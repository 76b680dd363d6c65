// Before a free answer is sent: what in it may point at someone, said under its field. A hint: nothing is held back.
const form = document.querySelector("form.survey");
const { hint, hint_passage } = JSON.parse(form.dataset.words);
const detector = form.closest("[data-detector]")?.dataset.detector;
const PAUSE = 500;
const SHOWN = 3;
let loading;

/** It weighs more than the page: it is fetched once someone types in such a field, and never otherwise. */
async function load() {
  loading ??= import(new URL(detector, location.href).href).then(async ({ findIdentifiers, loadDetector }) => {
    const loaded = await loadDetector();
    return (text) => findIdentifiers(text, loaded);
  });
  return loading.catch(() => {
    loading = undefined; // no network: asked again at the next word
    return () => [];
  });
}

function under(field) {
  const told = Object.assign(document.createElement("p"), { className: "free-hint", id: `${field.name}-hint` });
  told.setAttribute("role", "status");
  field.after(told);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${told.id}`.trim());
  return told;
}

async function look(field, told) {
  const find = await load();
  const text = field.value;
  const passages = [...new Set(find(text).map(({ start, end }) => text.slice(start, end).replace(/\s+/g, " ").trim()))];
  const named = passages.slice(0, SHOWN).map((passage) => hint_passage.replace("{passage}", passage)).join(", ");
  const words = passages.length ? hint.replace("{passages}", named) : "";
  if (told.textContent !== words) told.textContent = words;
}

for (const field of detector ? form.querySelectorAll("[data-free]") : []) {
  const told = under(field);
  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => look(field, told), PAUSE);
  });
}
