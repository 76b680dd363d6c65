// Once sent, the form says so and keeps the receipt only: going back or loading it again can't send twice.
const form = document.querySelector("form.survey");
const words = JSON.parse(form.dataset.words);
const shelf = `divan:envoye:${form.dataset.study}:${form.dataset.wave}${form.dataset.aim || ""}`;
const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

function receipt() {
  try {
    return localStorage.getItem(shelf);
  } catch {
    return null; // this browser keeps nothing
  }
}

function empty() {
  form.reset();
  for (const code of form.querySelectorAll("[data-code]")) code.value = "";
}

function another() {
  localStorage.removeItem(shelf);
  empty();
  location.replace(location.pathname + location.search);
}

function told() {
  if (!receipt() || form.hidden) return;
  empty();
  form.hidden = true;
  const again = make("button", { type: "button", className: "button quiet", textContent: words.another });
  again.addEventListener("click", another);
  const heading = make("h2", { textContent: words.sent_title, tabIndex: -1 });
  const kept = make("p", { textContent: words.sent_receipt.replace("{receipt}", receipt()) });
  form.before(make("div", { className: "note sent", lang: form.lang }, heading, kept, make("p", { textContent: words.sent_kept }), make("p", {}, again)));
  heading.focus();
}

form.addEventListener("sent", ({ detail }) => {
  if (!detail.receipt) return;
  empty();
  try {
    localStorage.setItem(shelf, detail.receipt);
  } catch {
    // the page that thanks shows it
  }
});
addEventListener("pageshow", told);
told();
