// Beside each field, what its text says of someone: where, why, what to write instead, and « I have reread it ».
const unbreakable = (text) => text.replace(/ (?=[:;?!»])/g, "\u00a0").replace(/« /g, "«\u00a0");
const ready = (field) => !field.disabled && field.value;

export class Findings {
  #shown = new Map(); // field -> what its list shows
  #found = new Map(); // field -> findings

  /** `reviewed` is the set of passages that the author found harmless; `changed` is called when she says so. */
  constructor(fields, reviewed, say, changed) {
    Object.assign(this, { fields, reviewed, say, changed });
  }

  /** Looks at one field again, and shows what is new. */
  look(field, reviewer, isCase) {
    const found = ready(field) ? reviewer.findings(field.value, isCase) : [];
    this.#found.set(field, found);
    const key = JSON.stringify(found.map(({ says, passage, start }) => [says, passage, start]));
    if (this.#shown.get(field) !== key) {
      this.#shown.set(field, key);
      const list = document.getElementById(`${field.id}-findings`);
      list.replaceChildren(...found.map((finding) => this.#item(field, finding)));
      list.hidden = !found.length;
    }
    const standing = found.some((finding) => this.#stands(finding));
    field.setAttribute("aria-invalid", String(standing));
    field.closest(".question").classList.toggle("suspect", standing);
  }

  /** [field, finding] of all that still stands, in the order of the form. */
  standing() {
    const pairs = this.fields.flatMap((field) => (this.#found.get(field) ?? []).map((finding) => [field, finding]));
    return pairs.filter(([, finding]) => this.#stands(finding));
  }

  /** A number, a contact, a birth date, an address always does; a name, a place, a date until she has reread it. */
  #stands({ excusable, passage }) {
    return !(excusable && this.reviewed.has(passage));
  }

  /** Passages found harmless that are still in the text. */
  reviewedNow() {
    const passages = [...this.#found.values()].flat().filter(({ excusable }) => excusable).map(({ passage }) => passage);
    return [...new Set(passages)].filter((passage) => this.reviewed.has(passage));
  }

  #item(field, finding) {
    const item = document.createElement("li");
    const words = document.createElement("p");
    words.textContent = unbreakable(`${finding.says} : « ${finding.masked} » ; ${finding.remedy}`);
    item.append(words, this.#jump(field, finding));
    if (finding.excusable) item.append(this.#tick(finding));
    return item;
  }

  #jump(field, finding) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button quiet", textContent: this.say.jump });
    button.setAttribute("aria-label", `${this.say.jump}\u00a0: ${finding.masked}`);
    button.addEventListener("click", () => goTo(field, finding));
    return button;
  }

  #tick({ passage }) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    label.className = "choice";
    Object.assign(box, { type: "checkbox", checked: this.reviewed.has(passage) });
    box.addEventListener("change", () => {
      if (box.checked) this.reviewed.add(passage);
      else this.reviewed.delete(passage);
      this.changed();
    });
    label.append(box, Object.assign(document.createElement("span"), { textContent: this.say.reread }));
    return label;
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
