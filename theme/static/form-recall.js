// What an earlier answer says, put in a later question; and what is calculated from answers, for the respondent to see.
// The collector calculates again by itself (surveys/formula.py): what is shown here is never sent.
const form = document.querySelector("form.survey");
const LONGEST = 120;
const named = (id) => [...form.querySelectorAll(`[name="${id}"]`)].filter((field) => !field.disabled);
const ticks = ["radio", "checkbox"];

function words(field) {
  if (ticks.includes(field.type)) return field.checked ? field.labels[0].textContent : "";
  return field.matches("select") ? (field.value && field.selectedOptions[0].text) : field.value;
}

function said(id) {
  const calculated = form.querySelector(`#i-${id}[data-formula]`);
  if (calculated) return calculated.classList.contains("known") ? calculated.value : "";
  const all = named(id).map((field) => words(field).trim()).filter(Boolean).join(", ");
  return all.length > LONGEST ? `${all.slice(0, LONGEST)}…` : all;
}

function number(id) {
  const calculated = form.querySelector(`#i-${id}[data-formula]`);
  if (calculated) return value(JSON.parse(calculated.dataset.formula));
  const given = named(id).find((field) => (ticks.includes(field.type) ? field.checked : field.value.trim()));
  const bare = given ? given.value.replace(/\s/g, "").replace(",", ".") : "";
  return /^[-+]?\d+(\.\d+)?$/.test(bare) ? Number(bare) : NaN;
}

function value(tree) {
  if ("number" in tree) return Number(tree.number);
  if ("item" in tree) return number(tree.item);
  const [left, right] = tree.of.map(value);
  return { "+": left + right, "-": left - right, "*": left * right, "/": left / right }[tree.op];
}

const neutral = new Map([...form.querySelectorAll("[data-recall], [data-formula]")].map((place) => [place, place.textContent]));

function tell() {
  for (const place of form.querySelectorAll("[data-formula]")) {
    const found = value(JSON.parse(place.dataset.formula));
    const known = Number.isFinite(found);
    const digits = { maximumFractionDigits: Number(place.dataset.decimals) };
    place.classList.toggle("known", known);
    place.textContent = known ? found.toLocaleString(form.lang || "fr", digits) : neutral.get(place);
    const unit = place.parentElement.querySelector(".unit");
    if (unit) unit.hidden = !known;
  }
  for (const place of form.querySelectorAll("[data-recall]")) place.textContent = said(place.dataset.recall) || neutral.get(place);
}

form.addEventListener("input", tell);
form.addEventListener("restored", tell);
tell();
