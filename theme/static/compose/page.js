// « Proposer » : the form, its draft, what is found in it, and the ways out, which stay shut while something stands.
import { eraseDraft, keepDraft, keepPseudonym, pseudonym, readDraft } from "./draft.js";
import { findFaults, showFaults } from "./faults.js";
import { Findings, goTo } from "./findings.js";
import { Vocabulary } from "./hashtags.js";
import { lines, makeFile, oneLine, stamp } from "./post.js";
import { loadReviewer } from "./review.js";
import { Suggestions } from "./suggestions.js";
import { readThread, showAnswered, threadIn } from "./thread.js";
import { leave } from "./ways.js";

const PAUSE = 300; // ms without typing before the rules look
const form = document.getElementById("proposer");
const { dataset, elements } = form;
const say = JSON.parse(dataset.words);
const asked = new URLSearchParams(location.search);
const shelf = threadIn(asked.get("fil") ?? "");
const part = (name) => document.getElementById(name);
const ways = [...form.querySelectorAll("[data-way]")];
const parts = [...form.querySelectorAll("textarea[data-part]")];
const watched = [elements.title, ...parts, elements.text, elements.author];

const draft = readDraft(shelf);
let reviewer = null;
let vocabulary = new Vocabulary([]);
let answered = null;
const reviewed = new Set(draft.reviewed);
const findings = new Findings(watched, reviewed, say, () => (keep(), tell()));
const suggestions = new Suggestions(elements.hashtags, part("suggestions"), () => (keep(), tell()));

const kind = () => elements.kind.value;
// A thread that cannot be read may be a case: the stricter rules hold.
const isCase = () => kind() === "cases" || (kind() === "replies" && answered?.kind !== "topics");
const texts = () => [elements.title, ...parts, elements.text].filter((field) => !field.disabled).map((field) => field.value);

function readPost() {
  const words = vocabulary.split(elements.hashtags.value).map((word) => vocabulary.find(word) ?? word);
  return {
    ...draft.stamp,
    kind: kind(),
    title: oneLine(elements.title.value),
    author: oneLine(elements.author.value),
    area: kind() === "topics" ? elements.area.value : "",
    hashtags: [...new Set(words)],
    specialty: oneLine(elements.specialty.value),
    departement: elements.departement.value,
    visibility: elements.visibility.value,
    sources: lines(elements.sources.value),
    reviewed: findings.reviewedNow(),
    parts: parts.map((field) => [field.dataset.part, field.value]),
    text: elements.text.value,
    thread: threadIn(elements.thread.value),
    inReplyTo: elements.in_reply_to.value,
  };
}

function showKind() {
  for (const one of form.querySelectorAll("[data-kinds]")) {
    one.hidden = !one.dataset.kinds.split(" ").includes(kind());
    for (const field of one.querySelectorAll("input, select, textarea")) field.disabled = one.hidden;
  }
  const optional = kind() === "topics";
  for (const field of [elements.hashtags, elements.specialty]) {
    field.required = !optional;
    field.closest(".question").querySelector(".required").hidden = optional;
  }
}

function look(fields = watched) {
  if (reviewer) for (const field of fields) findings.look(field, reviewer, isCase());
  tell();
}

function tell() {
  const standing = findings.standing().length;
  const shut = !reviewer || standing > 0;
  for (const button of ways) button.disabled = shut;
  const found = standing === 1 ? say.one_standing : standing ? say.many_standing.replace("{n}", standing) : say.clear;
  const written = texts().some((text) => text.trim());
  const told = reviewer ? (written || standing ? found : "") : dataset.failed ? say.no_rules : say.loading;
  if (part("bilan").textContent !== told) part("bilan").textContent = told;
  part("premier").hidden = !standing;
  suggestions.show(vocabulary, texts().join(" "));
}

// The pseudonym is kept apart, for the next time.
function keep() {
  const named = [...form.elements].filter((field) => field.name && field.name !== "author" && field.type !== "radio");
  draft.fields = Object.fromEntries(named.filter((field) => field.value.trim()).map((field) => [field.name, field.value]));
  draft.fields.kind = kind();
  draft.reviewed = [...reviewed];
  delete draft.gone;
  keepPseudonym(elements.author.value.trim());
  showSaved(keepDraft(shelf, draft));
}

function showSaved(kept = true) {
  part("brouillon").hidden = !kept || !Object.keys(draft.fields).length;
  part("brouillon-dit").textContent = draft.gone ? say.gone : say.kept;
}

function restore() {
  elements.author.value = pseudonym();
  elements.kind.value = draft.fields.kind ?? (shelf ? "replies" : asked.get("genre") === "sujet" ? "topics" : "cases");
  for (const [name, value] of Object.entries(draft.fields)) {
    if (elements[name] && name !== "kind") elements[name].value = value;
  }
  if (shelf) elements.thread.value = shelf;
  showKind();
  showSaved();
}

async function showThread() {
  const wanted = () => (kind() === "replies" ? threadIn(elements.thread.value) : "");
  const id = wanted();
  const found = id ? await readThread(id, asked.get("dans")) : null;
  if (id !== wanted()) return; // another one was typed meanwhile
  answered = found;
  showAnswered(part("fil-dit"), elements.in_reply_to, { id, answered, say, kept: draft.fields.in_reply_to });
  look();
}

// The last look, at the file itself: nothing leaves that `divan check` would stop.
function ready() {
  look();
  if (!reviewer || findings.standing().length) return null;
  const today = stamp(dataset.zone);
  if (draft.stamp?.date.slice(0, 10) !== today.date.slice(0, 10)) draft.stamp = today;
  const post = readPost();
  const faults = findFaults(form, post, vocabulary, say);
  showFaults(form, faults);
  if (faults.length) return null;
  const file = makeFile(post);
  if (reviewer.leftIn(file.text, isCase(), reviewed).length) {
    part("fait").textContent = say.left;
    return null;
  }
  return file;
}

async function go(way) {
  part("fait").textContent = "";
  const file = ready();
  if (!file) return;
  draft.gone = true; // nobody tells this page that all went well: the author does
  showSaved(keepDraft(shelf, draft));
  part("fait").textContent = await leave[way](file, dataset, say);
}

function listen() {
  let pause;
  form.addEventListener("input", ({ target }) => {
    if (!target.name) return; // « j'ai relu »
    keep();
    clearTimeout(pause);
    pause = setTimeout(target.name === "thread" ? showThread : look, PAUSE);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name !== "kind") return;
    showKind();
    showThread();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of ways) button.addEventListener("click", () => go(button.dataset.way));
  part("premier").addEventListener("click", () => goTo(...findings.standing()[0]));
  part("effacer").addEventListener("click", () => {
    if (!confirm(say.erase_sure)) return;
    eraseDraft(shelf);
    location.reload();
  });
}

async function start() {
  form.reset(); // a browser that goes back refills fields by itself: the draft decides
  restore();
  listen();
  part("sans-script").hidden = true;
  form.hidden = false;
  showThread();
  try {
    const here = (name) => new URL(dataset[name], location.href);
    const [answer, found] = await Promise.all([fetch(here("vocabulary")), loadReviewer(here("rules"), here("detect"))]);
    vocabulary = new Vocabulary(await answer.json());
    reviewer = found;
  } catch {
    dataset.failed = "true";
  }
  look();
}

start();
