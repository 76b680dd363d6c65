// On a thread's page: the reply and the report, under the thread itself; the rest is fetched when one of them is touched.
const forms = [...document.querySelectorAll("form[data-proposal]")];
const [reply, report] = forms;
const { target } = reply.elements;
const thread = target.value;
const started = new Map();

async function start(form) {
  if (started.has(form)) return started.get(form);
  started.set(form, import("./form.js").then(async ({ ProposalForm, readSetup }) => {
    const proposal = new ProposalForm(form, await readSetup(form));
    proposal.restore();
    proposal.listen();
    proposal.load();
    return proposal;
  }));
  return started.get(form);
}

// A message is quoted by its first words, above what is answered to it.
function quote(anchor) {
  const text = document.querySelector(`#${CSS.escape(anchor)} > p:not(.meta, .in-reply-to)`)?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const begun = text.split(" ").slice(0, 12).join(" ");
  return begun ? `> « ${begun}${begun.length < text.length ? "…" : ""} »\n\n` : "";
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-reply], [data-report], a[href='#motif']");
  if (!link) return;
  const { reply: answered, report: reported } = link.dataset;
  if (answered) {
    target.value = `${thread}#${answered}`;
    const { text } = reply.elements;
    start(reply).then(() => text.value.trim() || (text.value = quote(answered))); // a draft comes back before it is quoted
  } else {
    report.closest("details").open = true;
    report.elements.target.value = reported ? `${thread}#${reported}` : thread;
  }
});
for (const form of forms) form.addEventListener("focusin", () => start(form), { once: true });
for (const form of forms) {
  form.addEventListener("submit", async (event) => {
    if (started.has(form)) return; // it looks after itself
    event.preventDefault();
    (await start(form)).send();
  });
}
// What waits to leave, or was being written when the page was closed, is taken up at once.
const kept = (key) => key === "divan:attend" || key === `divan:proposer:reply:${thread}`;
try {
  if (Object.keys(localStorage).some(kept)) start(reply);
} catch {
  // this browser keeps nothing, so nothing waits
}
