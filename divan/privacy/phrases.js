// Des mots et des suites de mots cherchés tels quels, sans égard aux majuscules ni aux accents : comme phrases.py.

import { asRead } from "../sources/reader_text.js";
import { split } from "./words.js";

const SAME = { st: "saint", ste: "sainte" };
const MOST_PARTS = 12;

/** The phrases of these lists, [[kind, phrases]]: their parts by their first one. */
export function phrases(lists, signs) {
  const byFirst = new Map();
  for (const [kind, list] of lists) {
    for (const written of list) {
      const parts = partsOf(split(asRead(written, signs).text)).map(({ part }) => part).slice(0, MOST_PARTS);
      if (!parts.length) continue;
      if (!byFirst.has(parts[0])) byFirst.set(parts[0], []);
      byFirst.get(parts[0]).push({ parts, kind });
    }
  }
  for (const rows of byFirst.values()) rows.sort((a, b) => b.parts.length - a.parts.length);
  return byFirst;
}

/** Where they stand, no two overlapping: {kind, start, end}. */
export function places(words, byFirst) {
  if (!byFirst.size) return [];
  const here = partsOf(words);
  const found = [];
  let freeFrom = 0;
  here.forEach(({ part, start }, at) => {
    if (at < freeFrom) return;
    const row = byFirst.get(part)?.find(({ parts }) => parts.every((one, place) => stands(here, at + place, one, place > 0)));
    if (!row) return;
    freeFrom = at + row.parts.length;
    found.push({ kind: row.kind, start, end: here[freeFrom - 1].end });
  });
  return found;
}

function stands(here, at, part, follows) {
  return here[at]?.part === part && (!follows || here[at].start - here[at - 1].end <= 1);
}

function partsOf({ low, places: starts }) {
  return low.flatMap((word, at) =>
    word.includes("-") && word.length > 1
      ? [...word.matchAll(/[^-]+/g)].map(({ 0: part, index }) => onePart(part, starts[at] + index))
      : [onePart(word, starts[at])],
  );
}

function onePart(part, start) {
  return { part: Object.hasOwn(SAME, part) ? SAME[part] : part, start, end: start + part.length };
}
