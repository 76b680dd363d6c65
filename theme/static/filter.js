// Shows the filter field and hides what does not match; the list is whole without it.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’ʼ]/g, "'");

const form = document.querySelector("form.filter");
if (form) {
  const field = form.querySelector("input");
  const tally = form.querySelector("[role=status]");
  const entries = [...document.querySelectorAll(form.dataset.filter)].map((element) => ({
    element,
    words: plain(`${element.textContent} ${element.dataset.words || ""}`),
  }));
  const groups = document.querySelectorAll("[data-filter-group]");

  const apply = () => {
    const wanted = plain(field.value).replaceAll("#", " ").split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { element, words } of entries) {
      element.hidden = !wanted.every((word) => words.includes(word));
      shown += element.hidden ? 0 : 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])");
    const { none, one, many } = tally.dataset;
    tally.textContent = wanted.length ? [none, one][shown] ?? many.replace("{n}", shown) : "";
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", apply);
  if (field.value) apply();
}
