// Les mots d'un texte tel qu'il est lu, découpés une fois pour les règles et pour le repérage des noms : comme words.py.

const TOKEN = /[A-Za-z]+(?:-[A-Za-z]+)*|[0-9]+|\n|[^ A-Za-z0-9]/gu;

/** {read, readLow, written, low, places} : les mots tels quels, en minuscules, et où chacun commence. */
export function split(read) {
  const [written, low, places] = [[], [], []];
  for (const match of read.matchAll(TOKEN)) {
    written.push(match[0]);
    low.push(match[0].toLowerCase());
    places.push(match.index);
  }
  return { read, readLow: read.toLowerCase(), written, low, places };
}
