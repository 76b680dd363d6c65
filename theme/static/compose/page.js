// « Proposer » a case, a topic or a reply: the form, its suggestions, its preview, and the ways out that need no collector.
import { eraseDraft, keepDraft } from "./draft.js";
import { goTo } from "./findings.js";
import { ProposalForm, readSetup } from "./form.js";
import { lines, makeFile, oneLine, stamp } from "./post.js";
import { preview } from "./preview.js";
import { Suggestions } from "./suggestions.js";
import { readThread, showAnswered, threadIn } from "./thread.js";
import { leave } from "./ways.js";

const form = document.getElementById("proposer");
const { dataset, elements } = form;
const asked = new URLSearchParams(location.search);
const shelf = threadIn(asked.get("fil") ?? "");
const part = (name) => document.getElementById(name);
const ways = [...form.querySelectorAll("[data-way]")];
const parts = [...form.querySelectorAll("textarea[data-part]")];

const setup = await readSetup(form);
const { say } = setup;
const proposal = new ProposalForm(form, setup, `${dataset.proposal}:${shelf}`);
const { draft, kind } = proposal;
const suggestions = elements.hashtags && new Suggestions(elements.hashtags, part("suggestions"), () => (proposal.keep(), proposal.tell()));
let answered = null;
// A thread that cannot be read may be a case: the stricter rules hold.
proposal.isCase = () => kind === "case" || (kind === "reply" && answered?.kind !== "topics");

const FOLDERS = { case: "cases", topic: "topics", reply: "replies" };
const texts = () => [elements.title, ...parts, elements.text].filter(Boolean).map((field) => field.value);
const value = (name) => elements[name]?.value ?? "";

function readPost() {
  const { vocabulary } = proposal;
  const words = vocabulary.split(value("hashtags")).map((word) => vocabulary.find(word) ?? word);
  const ordered = ["question", "context", "findings", "management", "resolution", "note"].map((name) => elements[name]).filter(Boolean);
  return {
    ...draft.stamp,
    kind: FOLDERS[kind],
    title: oneLine(value("title")),
    author: oneLine(value("author")),
    area: value("area"),
    hashtags: [...new Set(words)],
    specialty: oneLine(value("specialty")),
    departement: value("departement"),
    visibility: value("visibility"),
    choices: lines(value("choices")),
    sources: lines(value("sources")),
    reviewed: proposal.findings.excusedNow(),
    parts: ordered.map((field) => [field.dataset.part, field.value]),
    text: value("text"),
    thread: threadIn(value("target")),
    inReplyTo: value("in_reply_to"),
  };
}

function show() {
  const standing = proposal.findings.standing().length;
  for (const button of ways) button.disabled = !proposal.reviewer || standing > 0;
  part("premier").hidden = !standing;
  suggestions?.show(proposal.vocabulary, texts().join(" "));
  part("brouillon").hidden = proposal.draftKept === false || !Object.keys(draft.fields).length;
  part("brouillon-dit").textContent = draft.gone ? say.gone : say.kept;
  if (part("apercu") && !part("apercu").hidden) draw();
}

function draw() {
  const { title, parts: written, text } = readPost();
  preview(part("apercu"), title, kind === "case" ? written : [["", text]]);
}

async function showThread() {
  const id = threadIn(value("target"));
  const found = id ? await readThread(id, asked.get("dans")) : null;
  if (id !== threadIn(value("target"))) return; // another one was typed meanwhile
  answered = found;
  showAnswered(part("fil-dit"), elements.in_reply_to, { id, answered, say, kept: draft.fields.in_reply_to });
  proposal.look();
}

// The last look, at the file itself: nothing leaves that `divan check` would stop.
function ready() {
  if (!proposal.reviewer) return null;
  const today = stamp(setup.zone);
  if (draft.stamp?.date.slice(0, 10) !== today.date.slice(0, 10)) draft.stamp = today;
  if (!proposal.ready(readPost())) return null;
  const file = makeFile(readPost());
  if (!proposal.reviewer.leftIn(file.text, proposal.isCase(), proposal.excuses).length) return file;
  part("fait").textContent = say.left;
  return null;
}

async function go(way) {
  part("fait").textContent = "";
  await proposal.loaded();
  const file = ready();
  if (!file) return;
  draft.gone = true; // nobody tells this page that all went well: the author does
  keepDraft(proposal.shelf, draft);
  show();
  part("fait").textContent = await leave[way](file, dataset, say);
}

const plainFields = proposal.fields.bind(proposal);
proposal.fields = () => {
  const reply = value("in_reply_to");
  const sent = plainFields().filter(([name]) => name !== "in_reply_to");
  const folder = answered?.kind === "topics" ? [["folder", "sujets"]] : [];
  return [...sent.map(([name, text]) => (name === "target" ? [name, threadIn(text) + (reply && `#r-${reply}`)] : [name, text])), ...folder];
};
const plainReady = proposal.ready.bind(proposal);
proposal.ready = () => plainReady(readPost());
proposal.changed = show;

proposal.restore();
if (shelf && elements.target) elements.target.value = shelf;
proposal.listen();
elements.target?.addEventListener("input", showThread);
for (const button of ways) button.addEventListener("click", () => go(button.dataset.way));
part("premier").addEventListener("click", () => goTo(...proposal.findings.standing()[0]));
part("effacer").addEventListener("click", () => {
  if (!confirm(say.erase_sure)) return;
  eraseDraft(proposal.shelf);
  location.reload();
});
part("voir")?.addEventListener("click", ({ currentTarget }) => {
  part("apercu").hidden = !part("apercu").hidden;
  currentTarget.setAttribute("aria-expanded", String(!part("apercu").hidden));
  draw();
});
for (const id of ["voir", "autrement"]) if (part(id)) part(id).hidden = false;
if (part("sans-script")) part("sans-script").hidden = true;
form.hidden = false;
if (elements.target) showThread();
await proposal.loadWhenTouched();
