// Text with a few marks, as people type it, written as Markdown that reads back exactly: divan/forum/typed_text.py in JavaScript.
const UNREADABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff]|\p{Cs}/gu;
export const ITEM = /^[-*•] +(?![\d<>=≤≥~.,+-])(?=.*[\p{L}\p{N}])/u; // « - 3 kg » is a loss of weight
const BULLET = /^(?:[-*•] +|\d{1,2}[.)] +)(?=.*[\p{L}\p{N}])/u;
export const QUOTE = /^> *(?=«)/;
export const KEPT = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)\]'’*]|(?<![^\s(\[«"'’])\*\*(?=[^\s*])((?:(?!https?:\/\/)[^*])*[^\s*])\*\*(?![^\s)\]»"'’.,;:!?…])/gu;
const SIGN = /[\\`*_[\]<>~|&]/g;
const BEGINS_BLOCK = /^(?:#{1,6}(?=\s|$)|[-+=>]|\d{1,9}(?=[.)](?:\s|$)))/;

/** Composed accents, plain line ends, nothing invisible that a file could not hold. */
export const tidy = (text) => text.normalize("NFC").replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n").replace(UNREADABLE, "");

const literal = (words) => words.replace(SIGN, "\\$&");

function plain(line) {
  let written = "";
  let at = 0;
  for (const kept of line.matchAll(KEPT)) {
    written += literal(line.slice(at, kept.index));
    written += kept[1] === undefined ? `<${kept[0]}>` : `**${literal(kept[1])}**`;
    at = kept.index + kept[0].length;
  }
  written += literal(line.slice(at));
  const begins = BEGINS_BLOCK.exec(written)?.[0];
  if (!begins) return written;
  return /^\d/.test(begins) ? `${begins}\\${written.slice(begins.length)}` : `\\${written}`;
}

/** [{kind: text | item | quote, lines}] of what was typed, the marks of lists and quotes taken off. */
export function blocks(typed) {
  const found = [];
  let last = "";
  for (const line of tidy(typed).split("\n").map((one) => one.replace(/[ \t]+/g, " ").trim())) {
    const kind = !line ? "" : ITEM.test(line) ? "item" : QUOTE.test(line) ? "quote" : "text";
    if (kind && kind !== last) found.push({ kind, lines: [] });
    if (kind) found.at(-1).lines.push(line.replace({ item: ITEM, quote: QUOTE, text: /^/ }[kind], ""));
    last = kind;
  }
  return found;
}

const WRITTEN = {
  text: (lines) => lines.map(plain).join("\\\n"),
  item: (lines) => lines.map((line) => `- ${plain(line)}`).join("\n"),
  quote: (lines) => lines.map((line) => `> ${plain(line)}`).join("\\\n"),
};

export const asMarkdown = (typed) => blocks(typed).map(({ kind, lines }) => WRITTEN[kind](lines)).join("\n\n");

/** The same for one line, without the bullet or the number that people put before a source. */
export const lineAsMarkdown = (typed) => plain(tidy(typed).replace(/[ \t\n]+/g, " ").trim().replace(BULLET, ""));
