// Ce qu'un lecteur voit des marques d'un texte : emphase, liens, images, notes, citations, balises, commentaires : comme reader_marks.py.

const LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/g;
const COMMENT = "<!--";
const END = "-->";
const LONGEST_LABEL = 99;
const isLetter = (sign) => /^[A-Za-z0-9]$/.test(sign);
const isDigit = (sign) => /^[0-9]$/.test(sign);

/** Letters without accents, in their compatibility form. */
export const bare = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "");

/** One sign in plain letters. */
export function plainSign(sign, { replacements }) {
  return replacements.get(sign) ?? [...bare(sign)].map((letter) => replacements.get(letter) ?? letter).join("");
}

/** The same; a letter or a figure of another alphabet that the eye takes for one of ours is ours. */
function seenSign(sign, signs) {
  const plain = plainSign(sign, signs);
  return signs.lookAlikes.get(plain) ?? plain;
}

/** The marks of one text, with what is asked of it more than once. */
export class Marks {
  #lastComment = null;
  #labels = null;

  constructor(written, signs) {
    Object.assign(this, { written, signs });
  }

  /** What a reader sees of a special stretch: {instead, end, aside}; `instead` is null when it is read as it is. */
  seen(found, start) {
    const end = start + found.length;
    switch (found[0]) {
      case "&":
        return { instead: this.#reference(found.slice(1).replace(/;$/, "")), end };
      case "*":
      case "_":
      case "`":
      case "~":
        return { instead: this.#emphasis(found, start, end), end };
      case "<":
        return this.#tag(found, start, end);
      case "\\":
        return { instead: found.slice(1), end };
      case "!":
      case "[":
      case "]":
        return this.#bracket(found, start, end);
      default:
        return this.#signOrSpace(found, start, end);
    }
  }

  #signOrSpace(found, start, end) {
    const { written, signs } = this;
    if (!signs.space.test(found)) return { instead: seenSign(found, signs), end };
    const breaks = found.match(LINE_BREAK)?.length ?? 0;
    if (!breaks) return { instead: signs.invisible.test(found) ? "" : " ", end };
    if (written[end] === ">" && this.#isQuoted(start)) end += matchAt(signs.quote, written, end)[0].length;
    const goesOn = breaks === 1 && !matchAt(signs.block, written, end);
    return { instead: goesOn && !["\r", "\n"].includes(written[end]) ? " " : "\n", end };
  }

  #isQuoted(place) {
    const start = place ? this.written.lastIndexOf("\n", place - 1) + 1 : 0;
    return /^ *>/.test(this.written.slice(start, start + 4));
  }

  #reference(name) {
    const { signs } = this;
    if (name[0] !== "#") return signs.entities.get(name) ?? null;
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    const sign = code > 0x10ffff ? "" : String.fromCodePoint(code);
    if (signs.space.test(sign)) return signs.invisible.test(sign) ? "" : " ";
    if (code < 32 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
    return seenSign(sign, signs);
  }

  #emphasis(found, start, end) {
    if (found[0] === "`") return "";
    const before = start ? this.written[start - 1] : "";
    const after = this.written[end] ?? "";
    if (["", " "].includes(before) && ["", " "].includes(after)) return null;
    if (isDigit(before) && isDigit(after)) return null;
    return found[0] === "_" && isLetter(before) && isLetter(after) ? null : "";
  }

  #tag(found, start, end) {
    const { signs, written } = this;
    if (found === COMMENT) {
      this.#lastComment ??= written.lastIndexOf(END) - COMMENT.length;
      if (start > this.#lastComment) return { instead: null, end };
      const close = written.indexOf(END, end);
      return { instead: "", end: close + END.length, aside: [start + 1, close] };
    }
    const name = signs.tagName.exec(found);
    if (!name) return { instead: "", end, aside: [start + 1, end - 1] };
    if (!signs.tags.has(name[1].toLowerCase())) return { instead: "", end: start + name[0].length - name[1].length };
    const aside = /[^ \t\r\n/]/.test(found.slice(name[0].length, -1)) ? [start + 1, end - 1] : undefined;
    return { instead: signs.blockTags.has(name[1].toLowerCase()) ? " " : "", end, aside };
  }

  #bracket(found, start, end) {
    if (found.length > 1) return { instead: "", end, aside: [start + 2, end - 1] };
    if (found === "[" && matchAt(this.signs.opener, this.written, start)) return { instead: "", end };
    return { instead: this.#isLabel(start) ? "" : null, end };
  }

  /** Whether what stands between this bracket and the other is defined on a line of its own: « [label]: address ». */
  #isLabel(place) {
    const { written, signs } = this;
    this.#labels ??= new Set(
      written.includes("]:") ? [...written.matchAll(signs.definition)].map(([, label]) => label.toLowerCase()) : [],
    );
    if (!this.#labels.size) return false;
    const first = Math.max(place - LONGEST_LABEL, 0);
    const opens = written.slice(first, place + 1).lastIndexOf("[") + first;
    const closes = written.slice(place, place + LONGEST_LABEL).indexOf("]") + place;
    return opens >= first && closes >= place && opens < closes && this.#labels.has(written.slice(opens + 1, closes).toLowerCase());
  }
}

function matchAt(sticky, text, place) {
  sticky.lastIndex = place;
  return sticky.exec(text);
}
