// The thread that a reply answers: found in an id or a pasted address, read from its own page on this site.
const POST_ID = /\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])-[a-z2-7]{4}/;
const FOLDERS = { cas: "cases", sujets: "topics" };

export const threadIn = (typed) => POST_ID.exec(typed)?.[0] ?? "";

/** {url, title, kind, replies: [{id, label}]}, or null when this edition has no such page. */
export async function readThread(id, folder) {
  for (const name of folder in FOLDERS ? [folder] : Object.keys(FOLDERS)) {
    const url = new URL(`../../${name}/${id}/`, location.href);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return describe(url.href, FOLDERS[name], await answer.text());
  }
  return null;
}

function describe(url, kind, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const label = (reply) => reply.querySelector("h3").textContent.replace(/\s+/g, " ").trim();
  const replies = [...page.querySelectorAll("article.reply:not(.withdrawn)")].map((reply) => ({ id: reply.id.slice(2), label: label(reply) }));
  return { url, kind, title: page.querySelector("h1").textContent, replies };
}

/** Says which thread is answered, and offers its replies to `select`, where `kept` was chosen before. */
export function showAnswered(told, select, { id, answered, say, kept = "" }) {
  const link = document.createElement("a");
  if (answered) {
    link.href = answered.url;
    link.textContent = answered.title;
  }
  told.replaceChildren(...(answered ? [`${say.answering} `, link] : id ? [say.no_thread] : []));
  const replies = answered?.replies ?? [];
  select.replaceChildren(select.options[0], ...replies.map((reply) => new Option(reply.label, reply.id)));
  select.value = replies.some((reply) => reply.id === kept) ? kept : "";
  select.closest(".question").hidden = !replies.length;
}
