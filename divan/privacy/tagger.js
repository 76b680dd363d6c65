// Les prénoms, noms, communes et établissements d'un texte, d'après leurs voisins et des listes : comme tagger.py.

const TAGS = ["", "given_name", "surname", "town", "hospital"];
const ENDS = new Set([...'.!?\n:;]|"-', ""]);
const LINKS = new Set(["saint", "sainte", "st", "ste", "sur", "sous", "les", "lez", "en", "de", "du", "des", "la", "le"]);
const SAINTS = new Set(["saint", "sainte", "st", "ste"]);
const LINKS_OF_TOWNS = new Set([...SAINTS, "sur", "sous", "les", "lez"]);
const AGES = new Set(["ans", "an", "a", "mois", "m"]);
const SMALL_WORDS = new Set("d l ' a la le les de du des au aux en un une".split(" "));
const NEAR = 3; // words from what calls or heralds a name
const isLetter = (sign) => /^[A-Za-z]/.test(sign);
const isSmall = (letters) => letters !== "" && letters === letters.toLowerCase();
const linkedAsATown = (parts) => SAINTS.has(parts[0]) || parts.slice(1).some((part) => LINKS_OF_TOWNS.has(part));

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
  return { weights, lists, calls: new Set(data.calls), heralds: new Set(data.heralds) };
}

/** Names in a text as it is read, each with the initial before it: {tag, start, end}. */
export function tag(words, tagger) {
  const { written, places } = words;
  const text = new Words(words, tagger);
  const found = [];
  for (const [at, best] of text.tags()) {
    const end = places[at] + written[at].length;
    const last = found.at(-1);
    if (last && last.tag === TAGS[best] && places[at] - last.end <= 1) last.end = end;
    else found.push({ tag: TAGS[best], start: places[text.afterInitial(at) ? at - 2 : at], end });
  }
  return found;
}

class Words {
  constructor({ written, low }, { weights, lists, calls, heralds }) {
    Object.assign(this, { words: written, low, weights, lists, calls, heralds, given: new Map() });
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
    let [called, heralded] = [-9, -9];
    this.words.forEach((word, at) => {
      const plain = this.low[at];
      if (this.heralds.has(plain)) called = heralded = at;
      else if (this.calls.has(plain)) called = at;
      else if (word.length > 1 && isLetter(word)) {
        const flags = this.flags(at);
        if (flags === "w" || flags === "x" || flags === "wx") return;
        if (flags.endsWith("wx")) {
          if (at - called <= NEAR) found.push(at);
        } else if (word[0] !== plain[0]) {
          if (flags || this.mayBeUnknown(at)) found.push(at);
        } else if (flags ? !flags.includes("w") || at - called <= NEAR : this.mayBeSmall(at, heralded)) found.push(at);
      }
    });
    return found;
  }

  /** A word of no list in small letters: linked as communes are, two given names, heralded, or with an age. */
  mayBeSmall(at, heralded) {
    const word = this.words[at];
    const parts = word.split("-");
    if (parts.length > 1 && (linkedAsATown(parts) || this.twoGivenNames(parts))) return true;
    return word.length > 3 && (this.isHeralded(at, heralded) || this.hasAnAge(at));
  }

  /** Whether only small words stand since what heralds a name: "ch de la". */
  isHeralded(at, heralded) {
    return at - heralded <= NEAR && this.low.slice(heralded + 1, at).every((plain) => SMALL_WORDS.has(plain));
  }

  /** Whether the first is one, and the last too, or cut short: "jean-mi", but not "alpha-gal". */
  twoGivenNames(parts) {
    const isGiven = (part) => (this.lists.get(part) || "").includes("g");
    const isShort = parts.at(-1).length < 4 && parts[0] !== "alpha";
    return isGiven(parts[0]) && (isShort || isGiven(parts.at(-1)));
  }

  /** Whether a word in small letters begins a sentence and an age follows: "vandenbroucke 66a". */
  hasAnAge(at) {
    const after = this.words[at + 1] ?? "";
    return AGES.has(this.low[at + 2]) && /^[0-9]/.test(after) && ENDS.has(this.low[at - 1] ?? "");
  }

  /** A word of no list may be a name by its capitals, unless it begins a sentence as any word does. */
  mayBeUnknown(at) {
    const word = this.words[at];
    if (word.split("-").some((part) => isSmall(part) && !LINKS.has(part))) return false;
    if (word.length < (isSmall(word.slice(1)) ? 3 : 6) && !this.besideGivenName(at)) return false;
    const before = this.low[at - 1] ?? "";
    if (!ENDS.has(before) || this.afterInitial(at)) return true;
    const [after, second] = [this.words[at + 1] ?? "", this.words[at + 2] ?? ""];
    if (after.slice(0, 1) !== after.slice(0, 1).toLowerCase()) return true;
    if ((after === "," || after === "(") && /^[0-9]/.test(second)) return true;
    if (before === ":" && (this.calls.has(this.low[at - 2]) || this.heralds.has(this.low[at - 2]))) return true;
    return /^[0-9]/.test(after) && AGES.has(second);
  }

  /** Whether a short word in capitals stands beside a given name, so that it is no acronym. */
  besideGivenName(at) {
    if (this.words[at].length < 3) return false;
    return [at - 1, at + 1].some((place) => isSmall((this.words[place] ?? "").slice(1)) && this.flags(place).includes("g"));
  }

  /** Whether an initial and its point stand before: "J. Untel". */
  afterInitial(at) {
    return this.words[at - 1] === "." && /^[A-Z]$/.test(this.words[at - 2] ?? "");
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
    const [second, after, form] = [this.kind(at - 2), this.kind(at + 1), this.shape(at)];
    const mine = this.flags(at) || (here.includes("-") ? this.compound(here.split("-")) : "");
    const two = this.given.has(at - 2) ? this.given.get(at - 2) + 5 : 0;
    const previous = this.given.get(at - 1) || two;
    let [before, place, first] = [this.kind(at - 1), at - 1, ENDS.has(this.low[at - 1] ?? "") ? "^" : ""];
    if (first && this.afterInitial(at)) [first, before, place] = ["", "I.", at - 3];
    while (place >= 0 && place > at - 6 && SMALL_WORDS.has(this.low[place])) place -= 1;
    const announcer = this.kind(place);
    return [
      `0${here}`, `f${mine}`, `F${mine}${form}${first}`, `s${here.slice(-3)}${form}`, `t${here.slice(0, 4)}`, `u${here.slice(-4)}`, `1${before}`, `2${second}`,
      `3${after}`, `4${this.kind(at + 2)}`, `5${before}|${mine}`, `6${announcer}|${before}`, `7${after}|${mine}`,
      `8${this.flags(at - 1)}${this.shape(at - 1)}|${mine}${form}`, `9${this.flags(at + 1)}${this.shape(at + 1)}|${mine}${form}`,
      `p${previous}|${before}`, `q${previous}|${mine}${form}`, `c${before}|${form}`, `d${announcer}|${mine}`,
      `e${after}|${this.kind(at + 2)}`, `a${announcer}`, `g${announcer}|${form}`, "b",
    ]; // prettier-ignore
  }
}
