// The questionnaire page, better than without script: conditions, pages, errors beside the question and in a summary.
// Others hear its events: « prepare » (finish what you compute), « answered » (all answers shown are right).
const form = document.querySelector("form.survey");
const words = JSON.parse(form.dataset.words);
const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const pages = [...form.querySelectorAll("section.page")];
const questions = [...form.querySelectorAll(".question")];
const fieldsOf = (element) => [...element.querySelectorAll("input, select, textarea")];
const given = (field) => (["radio", "checkbox"].includes(field.type) ? field.checked : field.value.trim() !== "");

// Conditions: the same tree that surveys/condition.py evaluates. A hidden question has no answer.
function answers(id) {
  const fields = [...form.querySelectorAll(`[name="${id}"]`)];
  return fields.filter((field) => !field.disabled && given(field)).map((field) => field.value.trim());
}

function holds(tree) {
  if (tree.op === "and") return tree.of.every(holds);
  if (tree.op === "or") return tree.of.some(holds);
  if (tree.op === "not") return !holds(tree.of[0]);
  const found = answers(tree.item);
  if (tree.op === "answered") return found.length > 0;
  if (tree.op === "=") return found.includes(tree.value);
  if (tree.op === "!=") return found.length > 0 && !found.includes(tree.value);
  if (!/^-?\d+([.,]\d+)?$/.test(found[0])) return false;
  const [left, right] = [Number(found[0].replace(",", ".")), Number(tree.value)];
  return { "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right }[tree.op];
}

function refresh() {
  for (const question of questions) {
    if (question.dataset.shownIf) question.hidden = !holds(JSON.parse(question.dataset.shownIf));
    for (const field of fieldsOf(question)) field.disabled = question.hidden;
    for (const list of question.querySelectorAll("[data-rank]")) {
      for (const option of list.options) option.disabled = !option.selected && answers(list.name).includes(option.value);
    }
    const typed = question.querySelector(".other-text");
    if (typed) {
      const other = question.querySelector(".other input, option.other");
      typed.hidden = !(other.checked ?? other.selected);
      typed.disabled ||= typed.hidden;
    }
  }
  for (const matrix of form.querySelectorAll(".matrix")) {
    matrix.hidden = ![...matrix.querySelectorAll(".question")].some((row) => !row.hidden);
  }
}

// Pages: one at a time, those without any question shown are passed over.
const progress = make("p", { className: "progress" });
const back = make("button", { type: "button", className: "button quiet", textContent: say("previous") });
const next = make("button", { type: "button", className: "button", textContent: say("next") });
const send = form.querySelector(".page-nav [type=submit]");
const introduction = form.querySelector("[data-introduction]");
let current = 0;

const inOrder = () => [...form.querySelectorAll("section.page")]; // their places may be drawn
const open = () => inOrder().filter((page) => [...page.querySelectorAll(".question")].some((question) => !question.hidden));

function turn(to, { focus = true } = {}) {
  const shown = open();
  current = Math.min(Math.max(to, 0), shown.length - 1);
  for (const page of pages) page.hidden = page !== shown[current];
  const place = say("page", { n: current + 1, of: shown.length });
  progress.replaceChildren(place, make("progress", { max: shown.length, value: current + 1, ariaHidden: "true" }));
  progress.hidden = shown.length < 2;
  back.hidden = current === 0;
  introduction.hidden = current > 0;
  next.hidden = current === shown.length - 1;
  send.hidden = !next.hidden;
  if (!focus) return;
  shown[current].querySelector("h2").focus({ preventScroll: true });
  form.scrollIntoView();
}

// Faults: beside the question, and in a summary whose links lead there.
function faultOf(question) {
  const { type, required, digits, min, max, fault } = question.dataset;
  if (fault) return fault; // found by whoever computes it
  const values = answers(question.dataset.item);
  if (question.dataset.full) return question.dataset.full;
  if (!values.length) {
    if (question.querySelector("[data-phrase]")?.value.trim()) return say("need_phrase");
    return required === undefined ? "" : say(type === "consent" ? "need_consent" : "need_answer");
  }
  if (type === "ranking") return faultOfRanks(question, values, required !== undefined);
  const bare = values[0].replace(/\s/g, "");
  if (digits && !(/^\d+$/.test(bare) && bare.length === Number(digits))) return say("need_digits", { length: digits });
  if ("luhn" in question.dataset && !luhn(bare)) return say("need_rpps");
  if (type === "date") return (min && bare < min) || (max && bare > max) ? say("need_date") : "";
  const outside = Number(bare.replace(",", ".")) < Number(min) || Number(bare.replace(",", ".")) > Number(max);
  if (type === "integer" && (!/^[-+]?\d+$/.test(bare) || outside)) return say("need_number", { min, max });
  return type === "decimal" && (!/^[-+]?\d+([.,]\d+)?$/.test(bare) || outside) ? say("need_decimal", { min, max }) : "";
}

function faultOfRanks(question, values, required) {
  const last = fieldsOf(question).findLastIndex((field) => field.value);
  if (new Set(values).size < values.length) return say("need_one_rank");
  if (last + 1 > values.length) return say("need_rank_order");
  return required && values.length < Number(question.dataset.ranks) ? say("need_all_ranks") : "";
}

// The check digit of an RPPS number (Luhn): doubled every other figure from the right, the sum ends in 0.
const doubled = (figure) => (figure > 4 ? 2 * figure - 9 : 2 * figure);
const luhn = (number) => [...number].reverse().reduce((sum, figure, n) => sum + (n % 2 ? doubled(+figure) : +figure), 0) % 10 === 0;

function clear(question) {
  question.classList.remove("invalid");
  question.querySelector(":scope > .error")?.remove();
  for (const field of fieldsOf(question)) field.removeAttribute("aria-invalid");
}

function show(question, message) {
  clear(question);
  question.classList.add("invalid");
  const error = make("p", { className: "error", id: `${question.id}-error`, textContent: message });
  question.querySelector("legend, label").after(error);
  for (const field of fieldsOf(question)) {
    field.setAttribute("aria-invalid", "true");
    const described = new Set((field.getAttribute("aria-describedby") || "").split(" ").filter(Boolean)).add(error.id);
    field.setAttribute("aria-describedby", [...described].join(" "));
  }
}

function entry(question, message) {
  const asked = question.querySelector(".asked").textContent.trim();
  const link = make("a", { href: `#${question.id}`, textContent: `${asked} — ${message}` });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    turn(open().indexOf(question.closest(".page")), { focus: false });
    question.scrollIntoView();
    fieldsOf(question).find((field) => !field.hidden && field.type !== "hidden")?.focus({ preventScroll: true });
  });
  return make("li", {}, link);
}

function refuse(faults, heading = say(faults.length === 1 ? "errors_one" : "errors_many", { n: faults.length })) {
  form.querySelector(".error-summary")?.remove();
  for (const question of questions) clear(question);
  for (const [question, message] of faults) show(question, message);
  if (!faults.length && !heading) return;
  const list = make("ul", {}, ...faults.map(([question, message]) => entry(question, message)));
  const summary = make("div", { className: "error-summary", tabIndex: -1 }, make("h2", { textContent: heading }));
  summary.setAttribute("role", "alert");
  if (faults.length) {
    summary.append(list);
    const page = faults[0][0].closest(".page");
    if (page ? page.hidden : current) turn(open().indexOf(page), { focus: false });
  }
  form.prepend(summary);
  summary.focus();
}

function right(where) {
  const shown = [...where.querySelectorAll(".question")].filter((question) => !question.hidden);
  const faults = shown.map((question) => [question, faultOf(question)]).filter(([, message]) => message);
  refuse(faults, faults.length ? undefined : "");
  return !faults.length;
}

// Whoever still computes something (a code, a proof) when it is needed adds its promise.
function ready(sending) {
  const waiting = [];
  form.dispatchEvent(new CustomEvent("prepare", { detail: { waiting, sending } }));
  return Promise.all(waiting);
}

async function goOn() {
  await ready(false);
  if (right(open()[current])) turn(current + 1);
}

form.addEventListener("input", ({ target }) => {
  if (target.type === "checkbox" && target.checked) {
    const boxes = fieldsOf(target.closest(".question")).filter((field) => field !== target && field.type === "checkbox");
    for (const box of boxes) if ("alone" in target.dataset || "alone" in box.dataset) box.checked = false;
  }
  refresh();
});
form.addEventListener("restored", () => {
  refresh();
  turn(0, { focus: false });
});
async function sendAll() {
  await ready(true);
  if (!right(form)) return;
  const byItem = (id) => questions.find((question) => question.dataset.item === id);
  const told = (problems) => problems.map(({ item, message }) => [byItem(item), message]).filter(([question]) => question);
  const detail = { say, refuse: (problems, heading) => refuse(told(problems), heading) };
  form.dispatchEvent(new CustomEvent("answered", { detail }));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (send.hidden) goOn(); // Enter in a line of text, on a page that is not the last
  else sendAll();
});
form.addEventListener("resend", sendAll);
back.addEventListener("click", () => turn(current - 1));
next.addEventListener("click", goOn);

form.noValidate = true;
for (const text of form.querySelectorAll(".condition")) text.hidden = true;
for (const field of form.querySelectorAll("[data-phrase]")) field.hidden = false;
form.prepend(progress);
form.querySelector(".page-nav").prepend(back, next);
for (const [name, value] of new URLSearchParams(location.search)) {
  const field = form.elements[name];
  if (field?.type !== "text" || name === "website") continue;
  field.value = value; // « signaler » knows which message it is
  form.dataset.aim = `${form.dataset.aim || ""}?${name}=${value}`; // what is kept for one is never another's
}
refresh();
turn(0, { focus: false });
