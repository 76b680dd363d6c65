// The passage of a page where the words of a query stand, marked; its beginning when they stand elsewhere.
import { stem } from "./words.js";

const SHOWN = 200;
const BEFORE = 60;

/** A paragraph of text and <mark>, nothing else, whatever the text holds. */
export function passage(text, words, slug) {
  const roots = new Set(words.map(stem));
  const found = [...text.matchAll(/[\p{L}\p{N}]+/gu)].filter(([word]) => slug(word).split("-").some((part) => roots.has(stem(part))));
  const start = found.length ? wordStart(text, densest(found) - BEFORE) : 0;
  const end = text.length <= start + SHOWN ? text.length : text.lastIndexOf(" ", start + SHOWN);
  const paragraph = document.createElement("p");
  paragraph.className = "excerpt";
  let at = start;
  if (start) paragraph.append("… ");
  for (const { index, 0: word } of found.filter((one) => one.index >= start && one.index + one[0].length <= end)) {
    const mark = document.createElement("mark");
    mark.textContent = word;
    paragraph.append(text.slice(at, index), mark);
    at = index + word.length;
  }
  paragraph.append(text.slice(at, end), end < text.length ? "…" : "");
  return paragraph;
}

function densest(found) {
  const held = found.map((one) => new Set(found.filter((other) => other.index >= one.index && other.index < one.index + SHOWN - BEFORE).map(([word]) => word.toLowerCase())).size);
  return found[held.indexOf(Math.max(...held))].index;
}

function wordStart(text, place) {
  return place <= 0 ? 0 : text.indexOf(" ", place) + 1;
}
