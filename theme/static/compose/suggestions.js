// Hashtags to touch rather than to type: those that the word begun may mean, or those that the post speaks of.
export class Suggestions {
  #shown = "";

  /** `field` holds the words, `list` shows the suggestions, `changed` is called when one has been taken. */
  constructor(field, list, changed) {
    Object.assign(this, { field, list, changed });
  }

  show(vocabulary, text) {
    const words = vocabulary.split(this.field.value);
    const last = words.at(-1) ?? "";
    const begun = /[\s,;]$/.test(this.field.value) || vocabulary.find(last) ? "" : last;
    const names = vocabulary.suggest(begun, text, words.map((word) => vocabulary.find(word)));
    if (this.#shown === names.join()) return;
    this.#shown = names.join();
    this.list.replaceChildren(...names.map((name) => this.#item(name, begun)));
  }

  #item(name, begun) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button quiet", textContent: `#${name}` });
    button.addEventListener("click", () => {
      const before = this.field.value.slice(0, this.field.value.lastIndexOf(begun)).trimEnd();
      const kept = begun ? before.replace(/#$/, "").trimEnd() : this.field.value.trimEnd();
      this.field.value = `${kept} ${name} `.trimStart();
      this.field.focus();
      this.changed();
    });
    item.append(button);
    return item;
  }
}
