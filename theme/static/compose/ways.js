// The ways out: the forge's page for a new file, an e-mail, a file, the clipboard.
const FORGES = {
  github: { page: "/new/", name: "filename", carries: true },
  forgejo: { page: "/_new/", name: "filename", carries: true },
  gitlab: { page: "/-/new/", name: "file_name", carries: false }, // it takes a name, never a text
};
const LONG_MAIL = 1800; // signs; beyond, some mail programs cut
const LONGEST_ADDRESS = 6000; // common servers refuse 8 kB, and signing in on the way encodes the address again

/** The forge's page for this file: {url, carries}; when it does not carry the text, the text has to be pasted. */
export function forgePage({ forge, repository, branch }, { path, text }) {
  const { page, name, carries } = FORGES[forge];
  const empty = `${repository}${page}${branch}?${name}=${encodeURIComponent(path)}`;
  const full = `${empty}&value=${encodeURIComponent(text)}`;
  return carries && full.length <= LONGEST_ADDRESS ? { url: full, carries: true } : { url: empty, carries: false };
}

/** A message to the moderators whose subject is the file's path and whose body is the file. */
function mailAddress(email, subject, { text }) {
  const body = encodeURIComponent(text.replaceAll("\n", "\r\n"));
  return `mailto:${email}?subject=${encodeURIComponent(subject)}&body=${body}`;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Goes to an address as if a link had been touched; with `name`, keeps what it leads to under that name. */
function follow(href, name) {
  const link = document.createElement("a");
  link.href = href;
  if (name) link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
}

function save({ name, text }) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  follow(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** What each button does with the file; each gives the sentence that says what happened. */
export const leave = {
  async forge(file, settings, say) {
    const page = forgePage(settings, file);
    const copied = await copy(file.text);
    if (!page.carries && !copied) return say.no_copy;
    follow(page.url);
    return page.carries ? say.forge_open : say.forge_paste;
  },
  async mail(file, { email }, say) {
    follow(mailAddress(email, `${say.subject} ${file.path}`, file));
    return file.text.length > LONG_MAIL ? say.mail_long : say.mail_open;
  },
  async save(file, settings, say) {
    save(file);
    return say.saved.replace("{name}", file.name);
  },
  async copy(file, settings, say) {
    return (await copy(file.text)) ? say.copied : say.no_copy;
  },
};
