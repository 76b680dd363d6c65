// From what was typed to the file that `divan check` accepts: its path in the repository, and its text.
const LETTERS = "abcdefghijklmnopqrstuvwxyz234567"; // as in forum/naming.py: none is mistaken for another
const BARE = /^\p{L}[\p{L}\p{N}]*(?:[ '’,.()-]{1,2}[\p{L}\p{N}]+)*$/u;
const NOT_WORDS = /^(?:true|false|null)$/i;
const UNREADABLE = /[\ufeff\ufffe\uffff]|\p{Cs}|(?![\n\t])\p{Cc}/gu;

/** Text as a file may hold it: composed accents, plain line ends, nothing invisible that a reader would choke on. */
export function tidy(text) {
  return text.normalize("NFC").replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n").replace(UNREADABLE, "");
}

export const oneLine = (text) => tidy(text).replace(/[ \t\n]+/g, " ").trim();

const BULLETS = /^(?:(?:[-*+•·–>]+|#{1,6}|\d{1,2}[.)])\s+|>)+/u;
const BLOCK = /^(?=#{1,6}$|[-+*]$|~~~|```|\[[^\]]+\]:)/;
const TAG = /<(?!(?:https?|mailto):)(?=[a-z/!?])/gi;

/** Lines that hold something, each a sentence: without the bullet or number that people put before a source. */
export function lines(text) {
  return tidy(text)
    .split("\n")
    .map((line) => line.trim().replace(BULLETS, "").replace(BLOCK, "\\").replace(TAG, "&lt;"))
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .map((line) => line.replace(/^(\d+)(?=[.)](?:\s|$))/, "$1\\")); // « 2021. » would begin a list
}

/** A YAML scalar: bare when nothing in it can be misread, else in double quotes, as JSON writes it. */
export const scalar = (text) => (BARE.test(text) && !NOT_WORDS.test(text) ? text : JSON.stringify(text));

/** A new id for today, on the wall clock of `zone`: {id, date}. */
export function stamp(zone) {
  const date = new Date().toLocaleString("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const letters = crypto.getRandomValues(new Uint8Array(4));
  return { id: `${date.slice(0, 10)}-${Array.from(letters, (byte) => LETTERS[byte % 32]).join("")}`, date };
}

// A part that leaves nothing open behind it and starts no other one, whatever was typed or pasted.
function contained(text, isCase) {
  let within = tidy(text).trim().replace(/^( {0,3})<(?=[a-z/!?])(?!(?:https?|mailto):)/gim, "$1&lt;");
  if (isCase) {
    within = within
      .replace(/^( {0,3})#{1,2}(?=[ \t]|$)/gm, "$1###")
      .replace(/^(.*\S.*)\n(?= {0,3}(?:-+|=+)[ \t]*$)/gm, "$1\n\n"); // a line of dashes would make a title of it
  }
  return `${within}${openFence(within)}\n`;
}

function openFence(text) {
  let open = "";
  for (const [, mark, rest] of text.matchAll(/^ {0,3}(`{3,}|~{3,})(.*)$/gm)) {
    if (!open) open = mark[0] === "`" && rest.includes("`") ? "" : mark;
    else if (mark.startsWith(open) && !rest.trim()) open = "";
  }
  return open && `\n${open}`;
}

const list = (key, items) => (items.length ? [`${key}:`, ...items.map((item) => `  - ${scalar(item)}`)] : []);
const line = (key, text) => (text ? [`${key}: ${scalar(text)}`] : []);

function headOfThread(post) {
  return [
    `title: ${scalar(post.title)}`,
    `date: ${post.date}`,
    `author: ${scalar(post.author)}`,
    ...line("area", post.area),
    `hashtags: [${post.hashtags.map(scalar).join(", ")}]`,
    ...line("specialty", post.specialty),
    ...(post.departement ? [`departement: ${JSON.stringify(post.departement)}`] : []),
    "status: open",
    `visibility: ${post.visibility}`,
    ...list("sources", post.sources),
    ...list("reviewed", post.reviewed),
  ];
}

function headOfReply(post) {
  const head = [`date: ${post.date}`, `author: ${scalar(post.author)}`];
  return [...head, ...line("in_reply_to", post.inReplyTo), ...list("reviewed", post.reviewed)];
}

/** The file of a post: `kind` is cases, topics or replies; a case has `parts` ([title, text]), the others a `text`. */
export function makeFile(post) {
  const reply = post.kind === "replies";
  const folder = reply ? post.thread : post.id.slice(0, 4);
  const body =
    post.kind === "cases"
      ? post.parts.filter(([, text]) => tidy(text).trim()).map(([title, text]) => `## ${title}\n\n${contained(text, true)}`)
      : [contained(post.text, false)];
  const head = reply ? headOfReply(post) : headOfThread(post);
  return {
    path: `content/${post.kind}/${folder}/${post.id}.md`,
    name: `${post.id}.md`,
    title: post.title ?? "",
    text: `---\n${head.join("\n")}\n---\n\n${body.join("\n")}`,
  };
}
