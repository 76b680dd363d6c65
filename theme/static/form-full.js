// What takes no more answers is said at once, before the rest is filled; the collector holds to it.
const form = document.querySelector("form.survey");
const { full, fullChoice, fullWave } = form.dataset;
const note = (textContent) => Object.assign(document.createElement("p"), { className: "note", role: "status", textContent });

function close(question, choices) {
  const said = note("");
  said.hidden = true;
  question.append(said);
  const look = () => {
    const given = [...question.querySelectorAll("input, select")].filter((field) => field.checked || field.matches("select"));
    const closed = given.some((field) => choices.includes(field.value));
    said.textContent = closed ? fullChoice : "";
    said.hidden = !closed;
    if (closed) question.dataset.full = fullChoice; // form.js goes no further
    else delete question.dataset.full;
  };
  form.addEventListener("input", look);
  form.addEventListener("restored", look);
  look();
}

try {
  const told = await (await fetch(full, { credentials: "omit" })).json();
  if (told.whole) {
    form.hidden = true;
    form.before(note(fullWave));
  }
  for (const question of form.querySelectorAll(".question")) {
    const choices = told.choices[question.dataset.item];
    if (choices) close(question, choices);
  }
} catch {
  // no network yet: the collector says it when the answer is sent
}
