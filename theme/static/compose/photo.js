// Photographs: made small and made again here, which leaves their place and their camera behind, with rectangles over what must not be seen.
const LONGEST_SIDE = 1600;
const MOST = 4;
const BAND = 0.15;
const QUALITY = 0.85;

export class Photos {
  count = 0;
  #shown = []; // {canvas, alt}

  /** `box` is the details element that holds the field, the list and the statement. */
  constructor(box, say) {
    Object.assign(this, { box, say, field: box.querySelector("[type=file]"), list: box.querySelector(".photos") });
    this.statement = box.querySelector("[name=image_statement]");
    this.error = box.querySelector(".error");
    this.field.multiple = true;
    box.querySelector(".one-alt").remove(); // each image has its own
    this.field.addEventListener("change", () => this.#add());
  }

  /** What keeps them from leaving, in words, or ''. */
  fault() {
    if (!this.#shown.length) return "";
    if (this.#shown.some(({ alt }) => !alt.value.trim())) return this.say.no_alt;
    return this.statement.checked ? "" : this.say.statement;
  }

  tell(message) {
    this.error.textContent = message;
    this.error.hidden = !message;
    if (message) this.box.open = true;
  }

  alts() {
    return this.#shown.map(({ alt }) => alt.value.trim());
  }

  /** The images as they will be seen: JPEG, nothing but pixels. */
  blobs() {
    return Promise.all(this.#shown.map(({ canvas }) => new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY))));
  }

  async #add() {
    this.tell("");
    for (const file of [...this.field.files].slice(0, MOST - this.#shown.length)) {
      const picture = await createImageBitmap(file).catch(() => null);
      if (picture) this.#show(picture);
      else this.tell(this.say.unreadable_image);
    }
    this.field.value = "";
  }

  #show(picture) {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const pen = canvas.getContext("2d");
    const covers = [];
    const draw = (more = []) => {
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      for (const [x, y, width, height] of [...covers, ...more]) pen.fillRect(x, y, width, height);
    };
    draw();
    paint(canvas, covers, draw);
    const help = Object.assign(document.createElement("p"), { className: "help", textContent: this.say.paint });
    const cover = (y) => () => (covers.push([0, y, canvas.width, canvas.height * BAND]), draw());
    const id = `image-alt-${++this.count}`;
    const alt = Object.assign(document.createElement("input"), { type: "text", maxLength: 300, id });
    const question = described(alt, this.say.alt);
    const item = document.createElement("li");
    const one = { canvas, alt };
    const actions = document.createElement("p");
    actions.className = "actions";
    actions.append(
      button(this.say.hide_top, cover(0)),
      button(this.say.hide_bottom, cover(canvas.height * (1 - BAND))),
      button(this.say.undo, () => (covers.pop(), draw())),
      button(this.say.remove, () => (item.remove(), this.#shown.splice(this.#shown.indexOf(one), 1))),
    );
    item.append(help, canvas, actions, question);
    this.list.append(item);
    this.#shown.push(one);
  }
}

function button(words, pressed) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: words });
  made.addEventListener("click", pressed);
  return made;
}

/** The description of an image, looked at as any text that leaves. */
function described(alt, words) {
  const question = Object.assign(document.createElement("div"), { className: "question" });
  const label = Object.assign(document.createElement("label"), { htmlFor: alt.id, textContent: words });
  const list = Object.assign(document.createElement("ul"), { className: "findings", id: `${alt.id}-findings`, hidden: true });
  alt.dataset.checked = "";
  alt.setAttribute("aria-describedby", list.id);
  question.append(label, alt, list);
  return question;
}

/** A finger or a pointer draws a rectangle from where it lands to where it leaves. */
function paint(canvas, covers, draw) {
  let from = null;
  const at = ({ offsetX, offsetY }) => [(offsetX * canvas.width) / canvas.clientWidth, (offsetY * canvas.height) / canvas.clientHeight];
  const between = (event) => {
    const [x, y] = at(event);
    return [Math.min(x, from[0]), Math.min(y, from[1]), Math.abs(x - from[0]), Math.abs(y - from[1])];
  };
  canvas.addEventListener("pointerdown", (event) => {
    from = at(event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => from && draw([between(event)]));
  canvas.addEventListener("pointerup", (event) => {
    if (from) covers.push(between(event));
    from = null;
    draw();
  });
  canvas.addEventListener("pointercancel", () => ((from = null), draw()));
}
