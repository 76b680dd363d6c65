// Coding without a mouse: each key decides, each decision is kept before the next is shown.
const at = (id) => document.getElementById(id);
let tree, unit, typed = "", asking = "", chosen = 0, found = [], cutting = -1;
let queue = Promise.resolve();

const ask = async (path, said) => {
  const given = said === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(said) };
  const answer = await fetch(path, given);
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
};
const line = (parent, name, words, kind) => {
  const made = document.createElement(name);
  made.textContent = words;
  if (kind) made.className = kind;
  parent.append(made);
  return made;
};
const tell = (words) => { at("told").textContent = words; };
const label = (id) => (tree.codes.find((code) => code.id === id) || { label: id }).label;

function showTree() {
  at("tree").replaceChildren();
  for (const code of tree.codes) {
    const kinds = [`depth-${Math.min(code.depth, 3)}`];
    if (code.grouping) kinds.push("grouping");
    if (unit.codes.includes(code.id)) kinds.push("given");
    if (typed && !code.grouping && !code.keys.startsWith(typed)) kinds.push("away");
    const made = line(at("tree"), "li", "", kinds.join(" "));
    if (code.keys) line(made, "kbd", code.keys);
    made.append(` ${code.label}`);
    if (code.memo) made.title = code.memo;
  }
}

function show(next) {
  if (unit && unit.unit !== next.unit) at("suggested").textContent = "";
  unit = next;
  cutting = -1;
  at("progress").textContent = `passage ${unit.place + 1} sur ${unit.units}, ${unit.done} codés`;
  at("who").textContent = `${unit.who}, ${unit.when}`;
  at("text").textContent = unit.text;
  for (const side of ["before", "after"]) {
    at(side).replaceChildren();
    for (const post of unit[side]) line(at(side), "p", `${post.who} : ${post.text}`);
  }
  const given = unit.codes.map(label).join(" ; ") || "sans code";
  at("given").textContent = unit.review ? `${given} — à revoir` : given;
  at("memo-said").textContent = unit.memo ? `Mémo : ${unit.memo}` : "";
  at("others").replaceChildren();
  for (const [coder, codes] of Object.entries(unit.others)) line(at("others"), "p", `${coder} : ${codes.map(label).join(" ; ")}`);
  showTree();
}

const go = async (place) => {
  if (place >= 0 && place < unit.units) show(await ask(`unit?place=${place}`));
};
const decide = async (change) => {
  show(await ask("decide", { unit: unit.unit, codes: unit.codes, memo: unit.memo, review: unit.review, ...change }));
  tell("gardé");
};
const undo = async () => {
  const back = await ask("undo", {});
  if (back) show(back);
  tell(back ? "annulé" : "rien à annuler");
};


// A passage is cut before a sign: positions count signs as Python does, an emoji for one.
const signs = () => Array.from(unit.text);
const starts = () => signs().map((sign, n, all) => (n && /\s/.test(all[n - 1]) && /\S/.test(sign) ? n : 0)).filter(Boolean);
function showCut() {
  const all = signs();
  at("text").replaceChildren(all.slice(0, cutting).join(""));
  line(at("text"), "mark", "", "cut");
  at("text").append(all.slice(cutting).join(""));
  tell(`couper avant « ${all.slice(cutting).join("").split(/\s/)[0]} » : ← → pour bouger, Entrée pour couper`);
}
function startCut() {
  const found = starts();
  if (!found.length) { tell("un seul mot : rien à couper"); return; }
  cutting = found[0];
  showCut();
}
async function cutKey(key, small) {
  if (key === "Escape") { show(unit); tell("rien n'a été coupé"); return; }
  if (key === "Enter") { await change("cut", { at: cutting }, "coupé en deux"); return; }
  const places = small ? signs().map((_, n) => n).slice(1) : starts();
  if (key === "ArrowRight") cutting = places.find((one) => one > cutting) ?? cutting;
  if (key === "ArrowLeft") cutting = places.findLast((one) => one < cutting) ?? cutting;
  showCut();
}
const change = async (what, said, done) => {
  const next = await ask(what, { unit: unit.unit, ...said });
  show(next);
  tell(next.refused || done);
};
const suggest = async () => {
  const codes = await ask("suggest", { unit: unit.unit });
  at("suggested").textContent = codes && codes.length ? `Vos autres passages y verraient aussi : ${codes.map(label).join(" ; ")}` : "";
  tell(codes === null ? "décidez d'abord : une suggestion ne se montre qu'après" : codes.length ? "suggestion comptée" : "rien à suggérer");
};

async function letter(key) {
  typed += key;
  const codes = tree.codes.filter((code) => code.keys.startsWith(typed));
  const code = codes.find((one) => one.keys === typed);
  if (code) {
    typed = "";
    const given = unit.codes.includes(code.id);
    await decide({ codes: given ? unit.codes.filter((one) => one !== code.id) : [...unit.codes, code.id] });
    tell(`${code.label} : ${given ? "retiré" : "donné"}`);
  } else if (codes.length) {
    tell(`${typed}…`);
    showTree();
  } else {
    tell(`aucun code ne s'écrit ${typed}`);
    typed = "";
    showTree();
  }
}

function open(what) {
  asking = what;
  found = [];
  at("found").replaceChildren();
  at("ask").hidden = false;
  at("ask-label").textContent = what === "memo" ? "Mémo, puis Entrée" : "Chercher un passage, puis ↑ ↓ et Entrée";
  at("words").value = "";
  at("words").focus();
  if (what === "memo") then(() => { if (!at("words").value) at("words").value = unit.memo; });
}
function close() {
  asking = "";
  at("ask").hidden = true;
  at("text").focus();
}
function choose(place) {
  chosen = Math.max(0, Math.min(place, found.length - 1));
  [...at("found").children].forEach((one, n) => one.classList.toggle("chosen", n === chosen));
}
async function search() {
  const words = at("words").value;
  const answer = await ask(`search?words=${encodeURIComponent(words)}`);
  if (words !== at("words").value || asking !== "search") return;
  found = answer;
  at("found").replaceChildren();
  for (const one of found) line(at("found"), "li", one.text || "(vide)");
  tell(`${found.length} passage${found.length > 1 ? "s" : ""}`);
  choose(0);
}

async function answered(key) {
  if (key === "Escape") close();
  else if (key === "ArrowDown") choose(chosen + 1);
  else if (key === "ArrowUp") choose(chosen - 1);
  else if (key === "Enter" && asking === "memo") {
    await decide({ memo: at("words").value });
    close();
  } else if (key === "Enter") {
    await search();
    if (found.length) { await go(found[chosen].place); close(); }
  }
}

const DOES = {
  "-": startCut, "+": () => change("join", {}, "joint au suivant"), "=": () => change("join", {}, "joint au suivant"), "?": suggest,
  Enter: () => go(unit.next), ArrowRight: () => go(unit.place + 1), ArrowLeft: () => go(unit.place - 1), Backspace: undo,
  ";": () => decide({ review: !unit.review }), ",": () => open("memo"), "/": () => open("search"), ":": () => open("search"),
  Escape: () => { typed = ""; showTree(); },
};

// Keys are done one after the other, in the order typed, however fast.
const then = (what) => { queue = queue.then(what).catch(() => tell("Rien n'a été gardé : la commande « divan code » ne répond plus.")); };

document.addEventListener("keydown", (event) => {
  if (!tree || event.altKey || event.isComposing) return;
  if (asking) {
    if (["Escape", "ArrowDown", "ArrowUp", "Enter"].includes(event.key)) { event.preventDefault(); then(() => answered(event.key)); }
    return;
  }
  const undoing = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
  if ((event.ctrlKey || event.metaKey) && !undoing) return;
  const does = undoing ? undo : DOES[event.key] || (/^[a-zA-Z0-9]$/.test(event.key) ? () => letter(event.key) : null);
  if (!does) return;
  event.preventDefault();
  if (cutting < 0 && (does === DOES[","] || does === DOES["/"] || does === DOES[":"])) does(); // at once: what is typed next is words
  else then(() => (cutting < 0 ? does() : cutKey(event.key, event.shiftKey)));
});
at("words").addEventListener("input", () => { if (asking === "search") then(search); });

ask("tree").then(async (found) => {
  tree = found;
  at("title").textContent = tree.title;
  at("coder").textContent = tree.consensus ? "Consensus" : `Codeur ${tree.coder}`;
  if (tree.units) show(await ask(`unit?place=${tree.next}`));
  else { tell("Il n'y a rien à coder."); tree = null; }
});
