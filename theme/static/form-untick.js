// A radio that was ticked by mistake can be unticked, where no answer is asked for.
const form = document.querySelector("form.survey");
const words = JSON.parse(form.dataset.words);

for (const question of form.querySelectorAll(".question:not([data-required])")) {
  const radios = [...question.querySelectorAll("input[type=radio]")];
  if (!radios.length) continue;
  const clear = Object.assign(document.createElement("button"), { type: "button", className: "button quiet untick", textContent: words.untick });
  const show = () => (clear.hidden = !radios.some((radio) => radio.checked));
  clear.addEventListener("click", () => {
    for (const radio of radios) radio.checked = false;
    radios[0].focus();
    radios[0].dispatchEvent(new Event("input", { bubbles: true }));
  });
  form.addEventListener("input", show);
  form.addEventListener("restored", show);
  question.append(clear);
  show();
}
