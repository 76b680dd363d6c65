// The shared list of hashtags: what a word leads to, and which ones to suggest.
const WORD = /(?<![\p{L}\p{N}_#&/])#(\p{L}[\p{L}\p{N}_]*(?:-[\p{L}\p{N}_]+)*)/gu;
const SUGGESTED = 6;
const SHORTEST = 3;

// Signs that sources/reader_signs.json writes otherwise, and the invisible ones, as far as a word is concerned.
const READ = { œ: "oe", Œ: "oe", æ: "ae", Æ: "ae", ß: "ss", ẞ: "ss", ø: "o", Ø: "o", đ: "d", Đ: "d", ł: "l", Ł: "l", ı: "i", ð: "d", þ: "th", ŉ: "-n", "№": "n-", º: "-", "\u00ad": "", "\u200b": "", "\u2060": "", "\ufeff": "" };

/** The plain form of a word, as sources/slug.py makes it. */
export function slug(text) {
  const plain = [...text].map((sign) => READ[sign] ?? [...sign.normalize("NFKD").replace(/\p{M}/gu, "")].map((letter) => READ[letter] ?? letter).join(""));
  return (plain.join("").toLowerCase().match(/[a-z0-9]+/g) ?? []).join("-");
}

export class Vocabulary {
  /** `entries` is [[name, synonym, ...], ...]. */
  constructor(entries) {
    this.bySlug = new Map(entries.flatMap(([name, ...words]) => [name, ...words].map((word) => [slug(word), name])));
  }

  find(word) {
    return this.bySlug.get(slug(word));
  }

  /** Words typed with or without #, separated by spaces or commas. */
  split(typed) {
    return typed.split(/[\s,;]+/u).map((word) => word.replace(/^#+/, "")).filter(Boolean);
  }

  /** `#words` of a text that lead nowhere. */
  unknownIn(text) {
    return [...text.matchAll(WORD)].map(([, word]) => word).filter((word) => !this.find(word));
  }

  /** Names that a beginning of word may mean, or, with none, that the post itself speaks of. */
  suggest(beginning, text, chosen) {
    const names = beginning ? this.#starting(slug(beginning)) : this.#spokenOf(slug(text));
    return [...new Set(names)].filter((name) => !chosen.includes(name)).slice(0, SUGGESTED);
  }

  #starting(plain) {
    const words = [...this.bySlug];
    const within = words.filter(([word]) => `-${word}`.includes(`-${plain}`));
    return within.sort(([a], [b]) => b.startsWith(plain) - a.startsWith(plain)).map(([, name]) => name);
  }

  #spokenOf(plain) {
    const around = `-${plain}-`;
    return [...this.bySlug].filter(([word]) => word.length >= SHORTEST && around.includes(`-${word}-`)).map(([, name]) => name);
  }
}
