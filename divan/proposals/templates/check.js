// A text taken up again is looked at as it is typed, as on the site; without this script the collector looks at it all the same.
import { findIdentifiers, loadDetector } from "./check/privacy/detect.js";

const PAUSE = 300; // ms without typing before the rules look
const form = document.querySelector("form[data-rules]");
const watched = [...form.querySelectorAll("[data-found]")];
const detector = await loadDetector(); // the names that a group added are the collector's to look for
const { all: rules } = detector.rules;
const without = form.dataset.rules === "topic" ? rules.filter((rule) => rule.cases_only).map((rule) => rule.id) : [];
const reviewed = [...form.querySelectorAll("[name=reviewed]")].flatMap((field) => field.value.split("\n").flatMap((line) => [line.trim(), line.replace(/ : [^:]*$/, "").trim()]));

function look(field) {
  const found = findIdentifiers(field.value, detector, { without, reviewed });
  const list = document.getElementById(field.dataset.found);
  const said = found.map(({ rule }) => Object.assign(document.createElement("li"), { textContent: `${rule.says} ; ${rule.remedy}` }));
  list.replaceChildren(...said);
  list.hidden = !said.length;
  field.setAttribute("aria-invalid", String(said.length > 0));
}

for (const field of watched) {
  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => look(field), PAUSE);
  });
  look(field);
}
