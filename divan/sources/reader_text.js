// Un texte tel qu'un lecteur le voit, en lettres nues, et le chemin vers ce qui fut écrit : comme reader_text.py.

import { bare, Marks, plainSign } from "./reader_marks.js";

/** Compiles reader_signs.json; once a page. */
export function compileSigns(table) {
  const run = table.spaces + table.invisible;
  const letters = {};
  for (let code = 0xc0; code < 0x250; code += 1) {
    const plain = bare(String.fromCharCode(code));
    if (plain.length === 1) letters[String.fromCharCode(code)] = plain;
  }
  const special = table.special.join("|").replaceAll("%TARGET%", table.target);
  const blockTags = table.block_tags.split(" ");
  return {
    special: new RegExp(special.replaceAll("%RUN_BUT_SPACE%", run.slice(1)).replaceAll("%RUN%", run), "gu"),
    space: new RegExp(`^[${run}]`, "u"),
    invisible: new RegExp(`^[${table.invisible}]+$`, "u"),
    block: new RegExp(table.block, "yu"),
    quote: new RegExp(table.quote, "yu"),
    opener: new RegExp(table.opener, "yu"),
    definition: new RegExp(table.definition, "gu"),
    tagName: /^<\/?([A-Za-z][A-Za-z0-9-]{0,29})(?=[ \t\n\r/>])/,
    blockTags: new Set(blockTags),
    tags: new Set([...blockTags, ...table.inline_tags.split(" ")]),
    replacements: new Map(Object.entries(table.replacements)),
    lookAlikes: new Map(table.look_alikes.split(" ").map((pair) => [pair[0], pair[1]])),
    entities: new Map(Object.entries(table.entities)),
    letters,
  };
}

/** What a reader sees: {text, asides, start(place), end(place)}, places of `text` led back to those of `written`. */
export function asRead(written, signs) {
  const parts = [];
  const pieces = [{ read: 0, written: 0, replaced: false }];
  let length = 0;
  let freeFrom = 0;
  const asides = [];
  for (const { start, end, instead, aside } of changes(written, signs)) {
    if (start > freeFrom) {
      parts.push(written.slice(freeFrom, start));
      length += start - freeFrom;
    }
    if (instead) {
      parts.push(instead);
      pieces.push({ read: length, written: start, replaced: true });
      length += instead.length;
    }
    if (aside && aside[0] < aside[1]) asides.push(aside);
    pieces.push({ read: length, written: end, replaced: false });
    freeFrom = end;
  }
  parts.push(written.slice(freeFrom));
  const text = parts.join("").replace(/[\u00c0-\u024f]/g, (letter) => signs.letters[letter] ?? letter);
  return { text, asides, start: (place) => startOf(pieces, place), end: (place) => endOf(pieces, place) };
}

/** What is read otherwise than it is written: {start, end, instead, aside}; what vanishes between two spaces leaves one. */
function* changes(written, signs) {
  const marks = new Marks(written, signs);
  let [freeFrom, last] = [0, ""];
  signs.special.lastIndex = 0;
  for (let match; (match = signs.special.exec(written)); ) {
    const start = match.index;
    let { instead, end, aside } = marks.seen(match[0], start);
    signs.special.lastIndex = end;
    if (instead === null) continue;
    if (start > freeFrom) last = written[start - 1];
    if (last === " " && (instead === "" || instead === " ")) {
      instead = "";
      if ("<&[!`".includes(written[start]) && written[end] === " ") end += 1;
    }
    yield { start, end, instead, aside };
    [freeFrom, last] = [end, instead.at(-1) ?? last];
  }
}

/** What tells two words apart for a reader: no accent, no case, one kind of apostrophe, single spaces. */
export function fold(text, signs) {
  return [...text].filter((sign) => !signs.invisible.test(sign)).map((sign) => (sign > "\x7f" ? plainSign(sign, signs) : sign)).join("").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
}

function pieceAt(pieces, place) {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle].read <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function startOf(pieces, place) {
  const piece = pieces[pieceAt(pieces, place)];
  return piece.written + (piece.replaced ? 0 : place - piece.read);
}

function endOf(pieces, place) {
  const at = pieceAt(pieces, place - 1);
  return pieces[at].replaced ? pieces[at + 1].written : pieces[at].written + place - pieces[at].read;
}
