// Sending the answers, once form.js found them right: to a collector, to any form endpoint, or into a file.
const form = document.querySelector("form.survey");
const button = form.querySelector("[type=submit]");
const label = button.textContent;
const sent = (surely) => form.dispatchEvent(new CustomEvent("sent", { detail: { surely } }));

async function toCollector({ say, refuse }) {
  let reply;
  let told = {};
  try {
    const body = new URLSearchParams(new FormData(form));
    reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "omit" });
    told = await reply.json();
  } catch {
    return refuse([], say("not_sent")); // no network, no server, or a page that is not the collector's
  }
  if (!reply.ok || !told.receipt) return refuse(told.problems || [], told.message || say("not_sent"));
  sent(true);
  try {
    sessionStorage.setItem("divan:receipt", told.receipt);
  } catch {
    return refuse([], `${told.message} ${told.receipt}`); // this browser keeps nothing: the receipt is shown here
  }
  return location.assign(new URL(form.dataset.thanks, location.href));
}

function toEndpoint() {
  sent(false); // the page leaves for good: the answers stay here until the respondent says that all went well
  HTMLFormElement.prototype.submit.call(form);
}

function toFile({ say, refuse }) {
  const { study, wave, digest, contact } = form.dataset;
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (!["submission", "elapsed", "website"].includes(name) && value.trim()) (answers[name] ||= []).push(value);
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
