// A long list to unroll gets a line to search it; the list stays a plain one, which works without this script.
const form = document.querySelector("form.survey");
const words = JSON.parse(form.dataset.words);
const SHORT = 8;
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

for (const list of form.querySelectorAll("select[data-list]")) {
  if (list.options.length <= SHORT) continue;
  let all; // in the order shown, which may still be drawn while the page opens
  const line = Object.assign(document.createElement("input"), { type: "search", className: "list-search", autocomplete: "off" });
  line.placeholder = words.search_list;
  line.setAttribute("aria-label", words.search_list);
  line.setAttribute("aria-controls", list.id);
  // Safari shows options that are hidden: those that do not match leave the list. The chosen one and « other » stay.
  line.addEventListener("input", (event) => {
    event.stopPropagation();
    all ??= [...list.options];
    const wanted = folded(line.value.trim());
    const chosen = list.value;
    const shown = all.filter((one) => !one.value || one.value === chosen || one.matches(".other") || folded(one.text).includes(wanted));
    list.replaceChildren(...shown);
    list.value = chosen;
  });
  line.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the first that matches, not the next page
    const found = [...list.options].find((one) => one.value && folded(one.text).includes(folded(line.value.trim())));
    if (!found || !line.value.trim()) return;
    list.value = found.value;
    list.dispatchEvent(new Event("input", { bubbles: true }));
    list.focus();
  });
  list.before(line);
}
