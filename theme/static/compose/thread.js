// The thread that a reply answers: found in an id or a pasted address, read from its own page on this site.
const POST_ID = /\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])-[a-z2-7]{4}/;
const FOLDERS = { cas: "cases", sujets: "topics" };

export const threadIn = (typed) => POST_ID.exec(typed)?.[0] ?? "";

/** {url, title, kind, replies: [{id, label}]}, or null when this edition has no such page. */
export async function readThread(id, folder) {
  for (const name of folder in FOLDERS ? [folder] : Object.keys(FOLDERS)) {
    const url = new URL(`../${name}/${id}/`, location.href);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return describe(url.href, FOLDERS[name], await answer.text());
  }
  return null;
}

function describe(url, kind, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const label = (reply) => reply.querySelector("h3").textContent.replace(/\s+/g, " ").trim();
  const replies = [...page.querySelectorAll("article.reply")].map((reply) => ({ id: reply.id.slice(2), label: label(reply) }));
  return { url, kind, title: page.querySelector("h1").textContent, replies };
}
