// The post as it will stand, drawn from what was typed: the same marks as typed.js, no markup of the author's own.
import { KEPT, blocks, tidy } from "./typed.js";

function words(line) {
  const drawn = [];
  let at = 0;
  for (const kept of line.matchAll(KEPT)) {
    const one = document.createElement(kept[1] === undefined ? "a" : "strong");
    one.textContent = kept[1] ?? kept[0];
    if (kept[1] === undefined) one.href = kept[0];
    drawn.push(line.slice(at, kept.index), one);
    at = kept.index + kept[0].length;
  }
  return [...drawn, line.slice(at)];
}

const element = (name, ...within) => {
  const made = document.createElement(name);
  made.append(...within);
  return made;
};
const broken = (lines) => lines.flatMap((line, n) => [...(n ? [document.createElement("br")] : []), ...words(line)]);
const DRAWN = {
  text: (lines) => element("p", ...broken(lines)),
  item: (lines) => element("ul", ...lines.map((line) => element("li", ...words(line)))),
  quote: (lines) => element("blockquote", element("p", ...broken(lines))),
};

/** Fills `place` with a title, then the parts: [[title, text]], a title being '' for a text of one piece. */
export function preview(place, title, parts) {
  const drawn = parts.filter(([, text]) => tidy(text).trim()).flatMap(([name, text]) => [
    ...(name ? [element("h3", name)] : []),
    ...blocks(text).map(({ kind, lines }) => DRAWN[kind](lines)),
  ]);
  place.replaceChildren(...(title ? [element("h2", title)] : []), ...drawn);
}
