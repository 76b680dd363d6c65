// How long each page of the form was in view, told to the trial alone; nothing of what is answered.
const form = document.querySelector("form.survey");
const pages = [...form.querySelectorAll("section.page")];
const visit = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const seconds = {};
let since = performance.now();
let here = "";
let sent = false;

function count() {
  const now = performance.now();
  if (here && !document.hidden) seconds[here] = (seconds[here] || 0) + (now - since) / 1000;
  since = now;
}

function tell() {
  count();
  if (form.hidden) return; // « déjà envoyé » is no showing of the form
  here = pages.find((page) => !page.hidden)?.id || "";
  const { study, wave } = form.dataset;
  navigator.sendBeacon("/essai/visite", JSON.stringify({ visit, study, wave, seconds, last: here, sent }));
}

const turns = new MutationObserver(tell); // one call a turn, though two pages change
for (const page of pages) turns.observe(page, { attributeFilter: ["hidden"] });
form.addEventListener("sent", () => {
  sent = true;
  tell();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) tell();
  else since = performance.now();
});
addEventListener("pagehide", tell);
tell();
