// A thumb on a button: what would move it waits until it is lifted, or the press would miss.
const AFTER = 350; // ms from the finger lifted to the click, on the slowest of phones

export class Press {
  #waits = new Map();
  #down = false;
  #end = 0;

  constructor(form) {
    form.addEventListener("pointerdown", ({ target }) => {
      clearTimeout(this.#end);
      this.#down = Boolean(target.closest("button"));
    });
    for (const end of ["click", "pointercancel"]) addEventListener(end, () => this.#lift(), true);
    addEventListener("pointerup", () => (this.#end = setTimeout(() => this.#lift(), AFTER)), true);
  }

  /** Whether a thumb is down; then `act` is done once it is lifted, the last given under its name. */
  keeps(name, act) {
    if (this.#down) this.#waits.set(name, act);
    return this.#down;
  }

  #lift() {
    this.#down = false;
    const waits = [...this.#waits.values()];
    this.#waits.clear();
    setTimeout(() => waits.forEach((act) => act())); // after what the press itself does
  }
}
