// Beside each field, what its text says of someone: where, why, whether it may ever stay, and what to write instead.
const unbreakable = (text) => text.replace(/ (?=[:;?!»])/g, "\u00a0").replace(/« /g, "«\u00a0");
const ready = (field) => !field.disabled && field.value;
const one = (passage) => passage.replace(/\s+/g, " ");

export class Findings {
  #shown = new Map(); // field -> what its list shows
  #found = new Map(); // field -> findings
  #before = new Map(); // field -> {value, after}: what it said before its last replacement

  /** `fields` gives them all; `excuses` is passage -> reason; `reasons` are those that may be given, each with its words; `changed` is called when one is. */
  constructor(fields, excuses, { say, reasons }, changed) {
    Object.assign(this, { fields, excuses, say, reasons, changed });
  }

  /** Looks at one field again, and shows what is new. */
  look(field, reviewer, isCase) {
    const found = ready(field) ? reviewer.findings(field.value, isCase) : [];
    this.#found.set(field, found);
    const questions = ready(field) ? reviewer.questions(field.value) : [];
    if (this.#before.get(field)?.after !== field.value) this.#before.delete(field);
    const undo = this.#before.has(field);
    const key = JSON.stringify([undo, [...found, ...questions].map(({ says, passage, start }) => [says, passage, start])]);
    if (this.#shown.get(field) !== key) {
      this.#shown.set(field, key);
      const list = document.getElementById(`${field.id}-findings`);
      const again = () => this.look(field, reviewer, isCase);
      const items = [...found.map((finding) => this.#item(field, finding, again)), ...questions.map((question) => this.#question(field, question))];
      list.replaceChildren(...(undo ? [this.#undo(field, again)] : []), ...items);
      list.hidden = !items.length && !undo;
    }
    const standing = found.some((finding) => this.#stands(finding));
    field.setAttribute("aria-invalid", String(standing));
    field.closest(".question").classList.toggle("suspect", standing);
  }

  /** [field, finding] of all that still stands, in the order of the form. */
  standing() {
    const pairs = this.fields().flatMap((field) => (this.#found.get(field) ?? []).map((finding) => [field, finding]));
    return pairs.filter(([, finding]) => this.#stands(finding));
  }

  /** A number, a contact, a birth date, an address always does; a name, a place, a date until a reason is given. */
  #stands({ excusable, passage }) {
    return !(excusable && this.excuses.has(one(passage)));
  }

  /** « passage : reason » of those that are still in the text. */
  excusedNow() {
    const passages = [...this.#found.values()].flat().filter(({ excusable }) => excusable).map(({ passage }) => one(passage));
    return [...new Set(passages)].filter((passage) => this.excuses.has(passage)).map((passage) => `${passage} : ${this.excuses.get(passage)}`);
  }

  #item(field, finding, again) {
    const { says, masked, excusable, offers } = finding;
    const item = document.createElement("li");
    const words = Object.assign(document.createElement("p"), { textContent: unbreakable(`${says} : « ${masked} »`) });
    const severity = Object.assign(document.createElement("p"), { className: "severity", textContent: excusable ? this.say.excusable : this.say.never });
    item.append(words, severity, ...offers.map((offer) => this.#offer(field, finding, offer, again)));
    item.append(button(this.say.jump, `${this.say.jump}\u00a0: ${masked}`, () => goTo(field, finding)));
    if (excusable) item.append(this.#excuse(finding));
    return item;
  }

  /** A question stops nothing: only who writes knows whether these facts are enough where she works. */
  #question(field, question) {
    const item = Object.assign(document.createElement("li"), { className: "asked" });
    const words = Object.assign(document.createElement("p"), { textContent: unbreakable(`${this.say.question} ${question.says} ; ${question.remedy}`) });
    item.append(words, button(this.say.jump, `${this.say.jump}\u00a0: ${this.say.facts}`, () => goTo(field, question)));
    return item;
  }

  #offer(field, { masked }, offer, again) {
    const action = offer.text ? this.say.instead.replace("{words}", offer.text) : this.say.take_away;
    const said = this.say.instead_of.replace("{action}", action).replace("{passage}", unbreakable(`« ${masked} »`));
    return button(action, said, () => {
      const value = field.value;
      replace(field, offer);
      this.#before.set(field, { value, after: field.value });
      again();
      this.changed();
      document.getElementById(`${field.id}-findings`).querySelector("button").focus();
    });
  }

  #undo(field, again) {
    const item = Object.assign(document.createElement("li"), { className: "replaced" });
    const told = Object.assign(document.createElement("p"), { textContent: this.say.replaced });
    told.setAttribute("role", "status");
    const back = button(this.say.put_back, this.say.put_back, () => {
      field.value = this.#before.get(field).value;
      this.#before.delete(field);
      again();
      this.changed();
      field.focus();
    });
    item.append(told, back);
    return item;
  }

  #excuse({ passage }) {
    const label = Object.assign(document.createElement("label"), { className: "excuse", textContent: `${this.say.leave_it} ` });
    const choice = document.createElement("select");
    choice.append(new Option(this.say.choose, ""), ...this.reasons.map(([reason, words]) => new Option(words, reason)));
    choice.value = this.excuses.get(one(passage)) ?? "";
    choice.addEventListener("change", () => {
      if (choice.value) this.excuses.set(one(passage), choice.value);
      else this.excuses.delete(one(passage));
      this.changed();
    });
    label.append(choice);
    return label;
  }
}

function button(words, label, pressed) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: words });
  made.setAttribute("aria-label", label);
  made.addEventListener("click", pressed);
  return made;
}

/** Writes an offer over its passage; the browser's own « undo » knows of it where it can. */
function replace(field, { start, end, text, written }) {
  if (field.value !== written) field.value = written;
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  const done = document.execCommand?.(text ? "insertText" : "delete", false, text);
  if (!done) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Puts the cursor on a passage, selected, ready to be typed over. */
export function goTo(field, { passage, start }) {
  const written = field.value;
  const at = written.startsWith(passage, start) ? start : Math.max(written.normalize("NFC").indexOf(passage), 0);
  field.focus();
  field.setSelectionRange(at, at + passage.length);
  field.scrollIntoView({ block: "center" });
}

/** What « passage : reason » lines say, as a map; a line without a reason says nothing. */
export function readExcuses(lines) {
  const cut = (line) => [line.slice(0, line.lastIndexOf(" : ")), line.slice(line.lastIndexOf(" : ") + 3)];
  return new Map(lines.filter((line) => line.lastIndexOf(" : ") > 0).map(cut));
}
