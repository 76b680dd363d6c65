// Un texte tel qu'un lecteur le voit, en lettres nues, et le chemin vers ce qui fut écrit : comme reader_text.py.

const LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/g;
const bare = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "");
const isLetter = (sign) => /^[A-Za-z0-9]$/.test(sign);
const isDigit = (sign) => /^[0-9]$/.test(sign);

/** Compiles reader_signs.json; once a page. */
export function compileSigns(table) {
  const run = table.spaces + table.invisible;
  const letters = {};
  for (let code = 0xc0; code < 0x250; code += 1) {
    const plain = bare(String.fromCharCode(code));
    if (plain.length === 1) letters[String.fromCharCode(code)] = plain;
  }
  return {
    special: new RegExp(table.special.replaceAll("%RUN_BUT_SPACE%", run.slice(1)).replaceAll("%RUN%", run), "gu"),
    space: new RegExp(`^[${run}]`, "u"),
    invisible: new RegExp(`^[${table.invisible}]+$`, "u"),
    block: new RegExp(table.block, "yu"),
    replacements: new Map(Object.entries(table.replacements)),
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
  for (const { start, end, instead } of changes(written, signs)) {
    if (start > freeFrom) {
      parts.push(written.slice(freeFrom, start));
      length += start - freeFrom;
    }
    if (instead) {
      parts.push(instead);
      pieces.push({ read: length, written: start, replaced: true });
      length += instead.length;
    }
    if (written[start] === "<" || written[start] === "[") asides.push(...aside(written.slice(start, end), start));
    pieces.push({ read: length, written: end, replaced: false });
    freeFrom = end;
  }
  parts.push(written.slice(freeFrom));
  const text = parts.join("").replace(/[\u00c0-\u024f]/g, (letter) => signs.letters[letter] ?? letter);
  return { text, asides, start: (place) => startOf(pieces, place), end: (place) => endOf(pieces, place) };
}

/** What is read otherwise than it is written: {start, end, instead}; what vanishes between two spaces leaves one. */
function* changes(written, signs) {
  let [freeFrom, last] = [0, ""];
  for (const match of written.matchAll(signs.special)) {
    let instead = read(match, written, signs);
    if (instead === null) continue;
    const start = match.index;
    let end = start + match[0].length;
    if (start > freeFrom) last = written[start - 1];
    if (last === " " && (instead === "" || instead === " ")) {
      instead = "";
      if ("<&[".includes(written[start]) && written[end] === " ") end += 1;
    }
    yield { start, end, instead };
    [freeFrom, last] = [end, instead.at(-1) ?? last];
  }
}

/** Where a comment speaks, a tag beside its name, the address of a link that shows nothing: [start, end]. */
function aside(found, start) {
  if (found[0] === "[" && found.length > 1) return [[start + 3, start + found.lastIndexOf(")")]];
  return found.includes("=") || found[1] === "!" ? [[start + 1, start + found.lastIndexOf(">")]] : [];
}

/** What tells two words apart for a reader: no accent, no case, one kind of apostrophe, single spaces. */
export function fold(text, signs) {
  return [...text].filter((sign) => !signs.invisible.test(sign)).map((sign) => (sign > "\x7f" ? plainSign(sign, signs) : sign)).join("").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
}

function plainSign(sign, { replacements }) {
  return replacements.get(sign) ?? [...bare(sign)].map((letter) => replacements.get(letter) ?? letter).join("");
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

function read(match, written, signs) {
  const [found] = match;
  switch (found[0]) {
    case "&":
      return entity(found.slice(1, -1), signs);
    case "<":
      return ["br", "p>", "/p", "li", "td", "di", "/d"].includes(found.slice(1, 3).toLowerCase()) ? " " : "";
    case "*":
    case "_":
    case "`":
    case "~":
      return mark(match, written);
    case "\\":
      return found.slice(1);
    case "[":
      return "";
    case "]":
      return " (";
    default:
      return signOrSpace(match, written, signs);
  }
}

function signOrSpace(match, written, signs) {
  const [found] = match;
  if (!signs.space.test(found)) return plainSign(found, signs);
  const breaks = found.match(LINE_BREAK)?.length ?? 0;
  if (!breaks) return signs.invisible.test(found) ? "" : " ";
  signs.block.lastIndex = match.index + found.length;
  return breaks === 1 && !signs.block.test(written) ? " " : "\n";
}

function entity(name, signs) {
  if (name[0] !== "#") return signs.entities.get(name) ?? null;
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
  const sign = code > 0x10ffff ? "" : String.fromCodePoint(code);
  if (signs.space.test(sign)) return signs.invisible.test(sign) ? "" : " ";
  if (code < 32 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
  return plainSign(sign, signs);
}

function mark(match, written) {
  const [found] = match;
  const before = written.slice(Math.max(match.index - 1, 0), match.index);
  const after = written.slice(match.index + found.length, match.index + found.length + 1);
  if (["", " "].includes(before) && ["", " "].includes(after)) return null;
  if (isDigit(before) && isDigit(after)) return null;
  return found[0] === "_" && isLetter(before) && isLetter(after) ? null : "";
}
