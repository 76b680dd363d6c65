// Sending the answers, once form.js found them right: to a collector, to any form endpoint, or into a file.
const form = document.querySelector("form.survey");
const button = form.querySelector("[type=submit]");
const label = button.textContent;
const RETRY = 30_000;
const sent = (surely, receipt) => form.dispatchEvent(new CustomEvent("sent", { detail: { surely, receipt } }));
let waiting = 0; // the timer of the next try

// « Not saved » is said by the collector alone: without its word, the answer is sent again under its number, and counts once.
function again() {
  clearTimeout(waiting);
  waiting = setTimeout(retry, RETRY);
}

function retry() {
  if (!waiting) return;
  clearTimeout(waiting);
  waiting = 0;
  form.dispatchEvent(new Event("resend"));
}

async function toCollector({ say, refuse }) {
  let reply;
  let told = {};
  try {
    if ("unready" in form.dataset) throw new Error("a token is still to come");
    const body = new URLSearchParams(new FormData(form));
    reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "omit" });
    told = await reply.json();
  } catch {
    told = {}; // no network, no server, or a page that is not the collector's
  }
  if (reply?.ok && told.receipt) return thank(told, refuse);
  if (told.message && reply.status < 500 && reply.status !== 429) {
    form.dispatchEvent(new CustomEvent("refused", { detail: told.problems || [] }));
    return refuse(told.problems || [], told.message);
  }
  form.dispatchEvent(new Event("waits"));
  again();
  return refuse([], told.message || say("waits"));
}

function thank({ receipt, message }, refuse) {
  sent(true, receipt);
  const page = new URL(form.dataset.thanks, location.href);
  try {
    sessionStorage.setItem(`divan:recu:${page.pathname}`, receipt);
  } catch {
    return refuse([], `${message} ${receipt}`); // this browser keeps nothing: the receipt is shown here
  }
  return location.assign(page);
}

function toEndpoint() {
  sent(false); // the page leaves for good: the answers stay here until the respondent says that all went well
  HTMLFormElement.prototype.submit.call(form);
}

function toFile({ say, refuse }) {
  const { study, wave, digest, contact } = form.dataset;
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (!["submission", "elapsed", "digest", "website"].includes(name) && value.trim()) (answers[name] ||= []).push(value);
  }
  const submission = form.elements.submission.value;
  const date = new Date().toLocaleDateString("sv-SE"); // 2026-11-22, the day where the respondent is
  const answer = JSON.stringify({ divan: 1, study, wave, digest, submission, date, answers }, null, 1);
  const link = document.createElement("a");
  link.download = `reponse-${study}-${wave}-${submission.slice(0, 8)}.json`;
  link.href = URL.createObjectURL(new Blob([answer], { type: "application/json" }));
  link.click();
  sent(false);
  refuse([], say("file_made", { name: link.download, contact }));
}

form.addEventListener("answered", async ({ detail }) => {
  button.disabled = true;
  button.textContent = detail.say("sending");
  await { collector: toCollector, endpoint: toEndpoint, file: toFile }[form.dataset.way](detail);
  button.disabled = false;
  button.textContent = label;
});
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = 0;
});
addEventListener("online", retry);
if ("waits" in form.dataset && !form.hidden) {
  waiting = -1;
  retry();
}
