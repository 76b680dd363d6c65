// Any form that goes to the moderators: its draft, what is found in it as she types, and its sending, once, even later.
import { eraseDraft, keepDraft, keepPseudonym, pseudonym, readDraft } from "./draft.js";
import { findFaults, showFaults } from "./faults.js";
import { Findings, goTo, readExcuses } from "./findings.js";
import { Vocabulary } from "./hashtags.js";
import { deliver, forget, keep, sendWhenPossible } from "./outbox.js";
import { Photos } from "./photo.js";
import { Press } from "./press.js";
import { keepReceipt, showReceipt } from "./receipts.js";
import { loadReviewer } from "./review.js";

const LONGEST_WAIT = 10_000; // ms; a moderator's check reads it again
const PAUSE = 300; // ms without typing before the rules look
const KEPT = "input:not([type=hidden], [type=file], [type=checkbox]), select, textarea";

/** The words and addresses that all forms share, read once. */
export async function readSetup(form) {
  const url = new URL(form.dataset.setup, location.href);
  const { words, follow, detect, vocabulary, ...more } = await (await fetch(url)).json();
  const near = (name) => new URL(name, url);
  return { say: words, followUrl: near(follow).href, detect: near(detect), vocabulary: near(vocabulary), ...more };
}

export class ProposalForm {
  reviewer = null;
  loading = false;
  vocabulary = new Vocabulary([]);
  failed = false;
  isCase = () => !["topic"].includes(this.kind) && this.form.elements.folder?.value !== "sujets";
  changed = () => {};

  constructor(form, setup, shelf = "") {
    Object.assign(this, { form, setup, say: setup.say, kind: form.dataset.proposal });
    this.shelf = shelf || `${this.kind}:${form.elements.target?.value ?? ""}`;
    this.told = form.querySelector("[data-told]");
    this.summary = form.querySelector("[data-summary]");
    this.draft = readDraft(this.shelf);
    this.excuses = readExcuses(this.draft.reviewed);
    this.findings = new Findings(() => this.watched, this.excuses, setup, () => (this.keep(), this.tell()));
    const photo = form.querySelector(".photo");
    this.photos = photo && new Photos(photo, this.say);
    this.press = new Press(form);
    form.noValidate = true;
  }

  /** Descriptions of images come and go. */
  get watched() {
    return [...this.form.querySelectorAll("[data-checked]")];
  }

  get kept() {
    return [...this.form.querySelectorAll(KEPT)].filter((field) => field.name && !["author", "homepage", "email"].includes(field.name));
  }

  restore() {
    const { author } = this.form.elements;
    if (author && !author.value) author.value = pseudonym();
    const typed = (field) => "defaultValue" in field && field.value !== field.defaultValue; // before this script had come
    const waits = this.kept.some(typed);
    for (const field of this.kept) if (!typed(field) && this.draft.fields[field.name] !== undefined) field.value = this.draft.fields[field.name];
    if (waits) this.keep();
  }

  listen() {
    let pause;
    this.form.addEventListener("input", ({ target }) => {
      if (!(target.name || "checked" in target.dataset) || target.type === "file") return; // une raison choisie
      this.keep();
      clearTimeout(pause);
      pause = setTimeout(() => this.look(), PAUSE);
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    sendWhenPossible((parcel, receipt) => this.#arrived(parcel, receipt));
  }

  /** The rules are heavy: they come at the first touch, or at once when something is written already. */
  loadWhenTouched() {
    if (this.watched.some((field) => field.value.trim())) return this.load();
    const touches = ["focusin", "pointerdown", "input"];
    const begin = () => {
      for (const touch of touches) this.form.removeEventListener(touch, begin);
      this.load();
    };
    for (const touch of touches) this.form.addEventListener(touch, begin);
    return this.tell();
  }

  /** The rules and the hashtags, asked for once; what is pressed before they are here waits for them, not for ever. */
  load() {
    this.coming ??= this.#load();
    return this.coming;
  }

  async loaded() {
    const tell = (words) => this.told && (this.told.textContent = words);
    tell(this.reviewer || this.failed ? "" : this.say.loading);
    await Promise.race([this.load(), new Promise((done) => setTimeout(done, LONGEST_WAIT))]);
    tell("");
  }

  async #load() {
    this.loading = true;
    this.tell();
    try {
      const { detect, names, vocabulary } = this.setup;
      const [words, found] = await Promise.all([fetch(vocabulary), loadReviewer(detect.href, names)]);
      this.vocabulary = new Vocabulary(await words.json());
      this.reviewer = found;
    } catch {
      this.failed = true;
    }
    this.look();
  }

  keep() {
    const filled = this.kept.filter((field) => field.value.trim() && field.value !== field.defaultValue);
    this.draft.fields = Object.fromEntries(filled.map((field) => [field.name, field.value]));
    this.draft.reviewed = [...this.excuses].map(([passage, reason]) => `${passage} : ${reason}`);
    delete this.draft.gone;
    if (this.form.elements.author) keepPseudonym(this.form.elements.author.value.trim());
    this.draftKept = keepDraft(this.shelf, this.draft);
    this.changed();
  }

  look() {
    if (this.press.keeps("look", () => this.look())) return;
    if (this.reviewer) for (const field of this.watched) this.findings.look(field, this.reviewer, this.isCase());
    this.tell();
  }

  tell() {
    if (this.press.keeps("tell", () => this.tell())) return;
    const standing = this.findings.standing().length;
    const { say } = this;
    const found = standing === 1 ? say.one_standing : standing ? say.many_standing.replace("{n}", standing) : say.clear;
    const written = this.watched.some((field) => field.value.trim());
    const words = this.reviewer ? (written || standing ? found : "") : this.failed ? say.no_rules : this.loading ? say.loading : "";
    if (this.summary && this.summary.textContent !== words) this.summary.textContent = words;
    this.changed();
  }

  /** Whether nothing stands and nothing is missing; shows what does. */
  ready(post = {}) {
    this.look();
    const [standing] = this.findings.standing();
    if (standing) {
      goTo(...standing);
      this.told.textContent = this.say.one_standing;
      return false;
    }
    const faults = findFaults(this.form, post, this.vocabulary, this.say);
    showFaults(this.form, faults);
    const fault = this.photos?.fault() ?? "";
    this.photos?.tell(fault);
    return !faults.length && !fault;
  }

  fields() {
    const sent = [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && value.trim() && name !== "submission");
    const reviewed = this.findings.excusedNow().map((line) => ["reviewed", line]);
    return [...sent, ...reviewed, ...(this.photos?.alts() ?? []).map((alt) => ["image_alt", alt])];
  }

  async send() {
    if (this.busy) return;
    this.busy = true;
    await this.loaded();
    this.busy = this.ready();
    if (!this.busy) return;
    this.told.textContent = this.say.sending;
    this.draft.submission ??= crypto.randomUUID();
    keepDraft(this.shelf, this.draft); // sent again after a crash, it still counts once
    const title = this.form.elements.title?.value || this.form.elements.text?.value?.slice(0, 60) || "";
    const parcel = {
      submission: this.draft.submission,
      endpoint: new URL(this.form.getAttribute("action"), location.href).href,
      kind: this.kind,
      title,
      fields: this.fields(),
      images: (await this.photos?.blobs()) ?? [],
    };
    const kept = await keep(parcel);
    const told = await deliver(parcel);
    this.busy = false;
    if (told.state === "sent") {
      await forget(parcel);
      this.#arrived(parcel, told.receipt);
    } else if (told.state === "refused") {
      await forget(parcel);
      this.#refused(told);
    } else {
      this.told.textContent = kept ? `${told.message} ${this.say.waiting}`.trim() : told.message || this.say.not_sent;
    }
  }

  #refused({ faults, message }) {
    const here = faults.map(({ field, message: words }) => ({ field: this.form.elements[field], message: words }));
    showFaults(this.form, here.filter(({ field }) => field?.labels?.length && field.closest(".question")));
    const rest = here.filter(({ field }) => !field?.labels?.length || !field.closest(".question")).map((fault) => fault.message);
    this.told.textContent = [message, ...rest].filter(Boolean).join(" ") || this.say.not_sent;
  }

  #arrived(parcel, receipt) {
    keepReceipt(parcel, receipt);
    if (parcel.submission !== this.draft.submission) return;
    eraseDraft(this.shelf);
    this.draft = { fields: {}, reviewed: [] };
    this.form.reset();
    if (this.form.elements.author) this.form.elements.author.value = pseudonym();
    showReceipt(this.told, receipt, { say: this.say, followUrl: this.setup.followUrl });
  }
}
