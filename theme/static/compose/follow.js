// « Où en est ma proposition » : the receipts of this device, and what the collector says of each.
import { readSetup } from "./form.js";
import { sendWhenPossible, waiting } from "./outbox.js";
import { forgetReceipt, keepReceipt, receipts } from "./receipts.js";

const section = document.querySelector("[data-receipts]");
const form = document.querySelector("form");
const { say } = await readSetup(section);
const list = section.querySelector("ul");

const element = (name, properties, ...within) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...within);
  return made;
};

async function ask(receipt) {
  try {
    const body = new URLSearchParams({ receipt });
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "omit" });
    if (answer.status === 404) return { message: say.unknown_receipt };
    return await answer.json();
  } catch {
    return { message: say.no_answer };
  }
}

function described({ receipt, title, day }, told) {
  const state = told.state ? `${say.states[told.state] ?? told.state}, ${say.since} ${told.since}` : told.message;
  const act = element("button", { className: "button quiet", type: "button", textContent: say.act });
  act.addEventListener("click", () => {
    form.elements.receipt.value = receipt; // the collector's own page, without the receipt in its address
    HTMLFormElement.prototype.submit.call(form);
  });
  const drop = element("button", { className: "button quiet", type: "button", textContent: say.forget });
  const item = element("li", { className: "card" }, element("h3", {}, title || say.excerpt), element("p", { className: "status" }, state));
  drop.addEventListener("click", () => (forgetReceipt(receipt), item.remove()));
  if (told.words) item.append(element("blockquote", {}, element("p", {}, told.words)));
  if (told.link) item.append(element("p", {}, element("a", { href: told.link }, say.see)));
  item.append(element("p", { className: "meta" }, `${receipt} · ${day}`), element("p", { className: "actions" }, act, " ", drop));
  return item;
}

async function show() {
  const waits = (await waiting().catch(() => [])).map(({ title }) => element("li", { className: "card" }, element("h3", {}, title || say.excerpt), element("p", {}, say.queued)));
  const kept = receipts();
  section.hidden = !kept.length && !waits.length;
  list.replaceChildren(...waits, ...(await Promise.all(kept.map(async (one) => described(one, await ask(one.receipt))))));
}

sendWhenPossible(keepReceipt, show);
show();
