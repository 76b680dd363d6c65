// From what was typed to the file that `divan check` accepts: its path in the repository, and its text.
import { asMarkdown, lineAsMarkdown, tidy } from "./typed.js";

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567"; // as in forum/naming.py: none is mistaken for another
const BARE = /^\p{L}[\p{L}\p{N}]*(?:[ '’,.()-]{1,2}[\p{L}\p{N}]+)*$/u;
const NOT_WORDS = /^(?:true|false|null)$/i;
export const oneLine = (text) => tidy(text).replace(/[ \t\n]+/g, " ").trim();

/** Lines that hold something, each a sentence, as Markdown. */
export const lines = (text) => tidy(text).split("\n").map(lineAsMarkdown).filter((line) => /[\p{L}\p{N}]/u.test(line));

/** A YAML scalar: bare when nothing in it can be misread, else in double quotes, as JSON writes it. */
export const scalar = (text) => (BARE.test(text) && !NOT_WORDS.test(text) ? text : JSON.stringify(text));

/** A new id for today, on the wall clock of `zone`: {id, date}. */
export function stamp(zone) {
  const date = new Date().toLocaleString("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const letters = crypto.getRandomValues(new Uint8Array(4));
  return { id: `${date.slice(0, 10)}-${Array.from(letters, (byte) => LETTERS[byte % 32]).join("")}`, date };
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
    ...list("choices", post.choices ?? []),
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
      ? post.parts.filter(([, text]) => tidy(text).trim()).map(([title, text]) => `## ${title}\n\n${asMarkdown(text)}\n`)
      : [`${asMarkdown(post.text)}\n`];
  const head = reply ? headOfReply(post) : headOfThread(post);
  return {
    path: `content/${post.kind}/${folder}/${post.id}.md`,
    name: `${post.id}.md`,
    title: post.title ?? "",
    text: `---\n${head.join("\n")}\n---\n\n${body.join("\n")}`,
  };
}
