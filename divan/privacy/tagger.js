// Les prénoms, noms, communes et établissements d'un texte, d'après leurs voisins et des listes : comme tagger.py.

const TAGS = ["", "given_name", "surname", "town", "hospital"];
const ENDS = new Set([...'.!?\n:;]|"-', ""]);
const LINKS = new Set(["saint", "sainte", "st", "ste", "sur", "sous", "les", "lez", "en", "de", "du", "des", "la", "le"]);
const isLetter = (sign) => /^[A-Za-z]/.test(sign);

/** Reads tagger.json; once a page. */
export function readTagger(data) {
  const weights = new Map();
  for (const [values, features] of Object.entries(data.weights)) {
    const row = values.split(",").map(Number);
    for (const feature of features.split(" ")) weights.set(feature, row);
  }
  const lists = new Map();
  for (const [letters, packed] of Object.entries(data.lists)) {
    let word = "";
    for (const [, shared, rest] of packed.matchAll(/([A-Z])([^A-Z]*)/g)) {
      word = word.slice(0, shared.charCodeAt(0) - 65) + rest;
      lists.set(word, letters);
    }
  }
  return { weights, lists, calls: new Set(data.calls) };
}

/** Names in a text as it is read: {tag, start, end}. */
export function tag(words, tagger) {
  const { written, places } = words;
  const text = new Words(words, tagger);
  const found = [];
  for (const [at, best] of text.tags()) {
    const end = places[at] + written[at].length;
    const last = found.at(-1);
    if (last && last.tag === TAGS[best] && places[at] - last.end <= 1) last.end = end;
    else found.push({ tag: TAGS[best], start: places[at], end });
  }
  return found;
}

class Words {
  constructor({ written, low }, { weights, lists, calls }) {
    Object.assign(this, { words: written, low, weights, lists, calls, given: new Map() });
  }

  tags() {
    const tagged = [];
    for (const at of this.candidates()) {
      const scores = [0, 0, 0, 0, 0];
      for (const feature of this.features(at)) {
        const row = this.weights.get(feature);
        if (row) for (let place = 0; place < 5; place += 1) scores[place] += row[place];
      }
      const best = scores.indexOf(Math.max(...scores));
      if (best) {
        this.given.set(at, best);
        tagged.push([at, best]);
      }
    }
    return tagged;
  }

  candidates() {
    const found = [];
    let called = -9;
    this.words.forEach((word, at) => {
      const plain = this.low[at];
      if (this.calls.has(plain)) called = at;
      else if (word.length > 1 && isLetter(word)) {
        const flags = this.flags(at);
        if (flags === "w" || flags === "x" || flags.endsWith("wx")) return;
        const small = flags && (at - called <= 3 || !flags.includes("w"));
        if (word[0] === plain[0] ? small : flags || this.mayBeUnknown(at)) found.push(at);
      }
    });
    return found;
  }

  /** A word of no list may be a name by its capitals, unless it begins a sentence as any word does. */
  mayBeUnknown(at) {
    const word = this.words[at];
    const rest = word.slice(1);
    if (word.length < (rest === rest.toLowerCase() ? 3 : 6)) return false;
    if (word.split("-").some((part) => part === part.toLowerCase() && !LINKS.has(part))) return false;
    if (!ENDS.has(this.low[at - 1] ?? "")) return true;
    const [after, second] = [this.words[at + 1] ?? "", this.words[at + 2] ?? ""];
    const figure = (after === "," || after === "(") && /^[0-9]/.test(second);
    return after.slice(0, 1) !== after.slice(0, 1).toLowerCase() || figure;
  }

  flags(at) {
    const plain = this.low[at] ?? "";
    return this.lists.get(plain) || "";
  }

  kind(at) {
    const plain = this.low[at] ?? "";
    if (!/^[0-9]/.test(plain)) return plain;
    return plain.length === 5 ? "##" : "#";
  }

  shape(at) {
    const word = this.words[at];
    if (word === undefined) return "";
    if (!isLetter(word)) return /^[0-9]/.test(word) ? "#" : word;
    const joined = word.includes("-") ? "-" : "";
    if (word === this.low[at]) return `a${joined}`;
    return (word === word.toUpperCase() ? "A" : "X") + joined;
  }

  /** What is known of a word in several parts: that it links them as communes do, or the lists of its parts. */
  compound(parts) {
    if (parts.some((part) => LINKS.has(part))) return "-~";
    const letters = parts.flatMap((part) => [...(this.lists.get(part) ?? "")]);
    return `-${[...new Set(letters)].sort().join("")}`;
  }

  features(at) {
    const here = this.low[at];
    const [before, second, after, form] = [this.kind(at - 1), this.kind(at - 2), this.kind(at + 1), this.shape(at)];
    const mine = this.flags(at) || (here.includes("-") ? this.compound(here.split("-")) : "");
    const first = ENDS.has(this.low[at - 1] ?? "") ? "^" : "";
    const two = this.given.has(at - 2) ? this.given.get(at - 2) + 5 : 0;
    const previous = this.given.get(at - 1) || two;
    return [
      `0${here}`, `f${mine}`, `F${mine}${form}${first}`, `s${here.slice(-3)}${form}`, `1${before}`, `2${second}`,
      `3${after}`, `4${this.kind(at + 2)}`, `5${before}|${mine}`, `6${second}|${before}`, `7${after}|${mine}`,
      `8${this.flags(at - 1)}${this.shape(at - 1)}|${mine}${form}`, `9${this.flags(at + 1)}${this.shape(at + 1)}|${mine}${form}`,
      `p${previous}|${before}`, `q${previous}|${mine}${form}`, `c${before}|${form}`, `d${second}|${mine}`,
      `e${after}|${this.kind(at + 2)}`, "b",
    ]; // prettier-ignore
  }
}
