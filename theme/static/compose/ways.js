// The ways out: the forge's page for a new file, an e-mail, a file, the clipboard.
const FORGES = {
  github: { page: "/new/", name: "filename", carries: true },
  forgejo: { page: "/_new/", name: "filename", carries: true },
  gitlab: { page: "/-/new/", name: "file_name", carries: false }, // it takes a name, never a text
};
const LONGEST_ADDRESS = 6000; // common servers refuse 8 kB, and signing in on the way encodes the address again

/** The forge's page for this file: {url, carries}; when it does not carry the text, the text has to be pasted. */
export function forgePage({ forge, repository, branch }, { path, text }) {
  const { page, name, carries } = FORGES[forge];
  const empty = `${repository}${page}${branch}?${name}=${encodeURIComponent(path)}`;
  const full = `${empty}&value=${encodeURIComponent(text)}`;
  return carries && full.length <= LONGEST_ADDRESS ? { url: full, carries: true } : { url: empty, carries: false };
}

/** A message to the moderators whose subject is the file's path and whose body is the file. */
export function mailAddress(email, subject, { text }) {
  const body = encodeURIComponent(text.replaceAll("\n", "\r\n"));
  return `mailto:${email}?subject=${encodeURIComponent(subject)}&body=${body}`;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Goes to an address as if a link had been touched; with `name`, keeps what it leads to under that name. */
export function follow(href, name) {
  const link = document.createElement("a");
  link.href = href;
  if (name) link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
}

export function save({ name, text }) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  follow(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
