// Les mots par lesquels un texte se trouve, chacun réduit à sa racine : comme divan/site/search/stemming.py.

const LEARNED = /(?<=log|rap|ath|aph|cop|atr)(?:i|iqu|u|eut|ist)$|(?<=.{5})(?:ation|ateur|atric)$/; // « -logie, -logue » ; « -ation, -ateur »

/** « renales », « renaux » et « renal » donnent « renal », « traiter » et « traitée » « trait » ; un mot de trois lettres est sa propre racine. */
export function stem(word) {
  let cut = word;
  if (cut.length > 3 && /[sx]$/.test(cut)) {
    cut = cut.slice(0, -1);
    if (cut.length > 4 && /[^e]au$/.test(cut)) cut = `${cut.slice(0, -2)}al`;
  }
  if (cut.length > 5 && cut.endsWith("ee")) cut = cut.slice(0, -1);
  if (cut.length > 4 && cut.endsWith("e")) {
    cut = cut.slice(0, -1);
    if (cut.endsWith("iv")) cut = `${cut.slice(0, -1)}f`;
    else if (cut.endsWith("eus")) cut = cut.slice(0, -1);
  }
  if (cut.length > 6 && cut.endsWith("er")) cut = cut.slice(0, -2);
  if (cut.length > 6) cut = cut.replace(LEARNED, "");
  return cut.length > 4 ? cut.replace(/([a-z])\1$/, "$1") : cut;
}

const SOUNDS = [[/ph/g, "f"], [/ch/g, "x"], [/h/g, ""], [/y/g, "i"], [/qu|q/g, "k"], [/c(?=[ei])/g, "s"], [/c/g, "k"], [/z/g, "s"], [/ou/g, "u"],
  [/eau|au/g, "o"], [/ai|ei|oe|ae/g, "e"], [/e(?=[mn][^aeiou])/g, "a"], [/m(?=[bp])/g, "n"], [/([a-z])\1+/g, "$1"]];

/** A word as it is heard: « chikungunya » as « chicoungounia ». */
export function sounds(word) {
  return SOUNDS.reduce((heard, [written, sound]) => heard.replace(written, sound), word);
}

/** Whether at most one letter more, less, other, or exchanged with the next, makes `one` of `other`. */
export function nearly(one, other) {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  const at = differAt(short, long);
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  return short.slice(at + 1) === long.slice(at + 1) || (exchanged(short, long, at) && short.slice(at + 2) === long.slice(at + 2));
}

/** Whether a word that is nearly `word` may begin with `start`. */
export function mayBegin(start, word) {
  const at = differAt(start, word);
  if (at === start.length) return true;
  const rest = start.slice(at + 1);
  const ways = [word.slice(at + 1).startsWith(rest), word.slice(at).startsWith(rest), word.slice(at + 1).startsWith(start.slice(at))];
  return ways.includes(true) || (exchanged(start, word, at) && word.slice(at + 2).startsWith(start.slice(at + 2)));
}

function differAt(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

function exchanged(one, other, at) {
  return one[at] === other[at + 1] && one[at + 1] === other[at];
}
