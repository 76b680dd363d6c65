"""The pages of ``content/pages``: a title, an address of their own inside the site, text that only says something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from divan.forum.active_content import active_content
from divan.forum.front_matter import latest_day
from divan.forum.links import NOT_SAID, SAY_IT, says_what_it_shows
from divan.privacy import excuses
from divan.privacy.detect import find_identifiers
from divan.privacy.fictional import is_fictional
from divan.privacy.group_names import NO_NAMES, GroupNames
from divan.privacy.replacing import remedy
from divan.privacy.rules import case_rules
from divan.sources.problem import FaultKind, Problem
from divan.sources.slug import slug

_FAULT = FaultKind("P01")

FOLDER = "content/pages"

_HEAD = re.compile(r"([A-Za-z_]+):[ \t]*(.*)")
_OUTSIDE = re.compile(r"^(?:/|\\|[A-Za-z][A-Za-z0-9+.-]*:)|(?:^|/)\.{1,2}(?:/|$)|[\\\x00-\x1f]")
_CODE = re.compile(r"^(```|~~~)(?s:.*?)^\1.*$|^(?: {4}|\t).*$|`[^`\n]+`", re.MULTILINE)
_QUOTED = re.compile(r"^(```|~~~)(?s:.*?)^\1.*$|`[^`\n]+`", re.MULTILINE)  # a line set in may be a list's
_IMAGE = re.compile(r"!\[([^\]]*)\]\(\s*<?([^\s)>]+)")
_OWN_IMAGE = re.compile(r"(?:\.\./)+(images/[\w./-]+)")
_DAY = re.compile(r"\d{4}[-/]\d\d[-/]\d\d")
_OWN_EXCUSES = re.compile(r"^Reviewed:.*$", re.MULTILINE | re.IGNORECASE)
# a group's page says where to write, and a capital alone is often a product: full names and titles are looked for
_LEFT_OUT = frozenset({"email", "given_name", "surname"})
_REASONS = (*excuses.REASONS, "exemple")
_STANDINGS = ("published", "hidden", "draft", "skip")  # those of Pelican
_TAKEN = re.compile(r"index\.html$|\.[^./]|(?:cas|sujets|mots|auteurs|theme|chercher|images)/", re.IGNORECASE)
_LONGEST_NAME = 100
_IDLE = re.compile(r"[\s\u00a0\u202f]*")


def page_problems(root: Path, path: str, text: str, names: GroupNames = NO_NAMES) -> Iterator[Problem]:
    """All that is wrong with one page, its address among those of the others too."""
    head = _head(text)
    if _IDLE.fullmatch(head.get("title", ("", 1))[0]):
        yield _FAULT(path, 1, "une page commence par une ligne « Title: », et n'en a pas", "donnez-lui un titre")
    for key in ("save_as", "url", "slug"):
        written, line = head.get(key, ("", 1))
        if _OUTSIDE.search(written):
            yield _FAULT(path, line, f"l'adresse d'une page reste dans le site, et « {key} » en sort",
                          "écrivez un chemin comme guides/lire/index.html")  # fmt: skip
    yield from _left_to_the_site(path, head)
    for key in ("date", "modified"):
        written, line = head.get(key, ("", 1))
        if written and not _is_day(written):
            yield _FAULT(path, line, f"« {key.title()} » est un jour comme 2026-03-14", "corrigez cette date")
        elif (day := _DAY.match(written)) and day[0].replace("/", "-") > latest_day().isoformat():
            yield _FAULT(path, line, f"« {key.title()} » est au plus demain", "corrigez cette date")
    mine = _address(path, head)
    for other in sorted((root / FOLDER).rglob("*.md")):
        named = other.relative_to(root).as_posix()
        if named != path and not other.is_symlink() and _address(named, _head(_text(other))) == mine:
            yield _FAULT(path, head.get("save_as", ("", 1))[1], f"cette adresse est déjà celle de {named}",
                          "changez « Save_as » et « URL » de l'une")  # fmt: skip
    yield from _images(root, path, text)
    yield from active_content(path, text)
    yield from _identities(path, text, head.get("reviewed", ("", 1)), names)


def _is_day(written: str) -> bool:
    day = _DAY.match(written)
    try:
        return bool(day and date.fromisoformat(day[0].replace("/", "-")))
    except ValueError:
        return False


def _left_to_the_site(path: str, head: dict[str, tuple[str, int]]) -> Iterator[Problem]:
    """What a page does not choose: its template, a standing of its own, the address of the home page."""
    if "template" in head:
        yield _FAULT(path, head["template"][1], "une page ne choisit pas son gabarit", "retirez cette ligne")
    standing, line = head.get("status", ("published", 1))
    if standing.lower() not in _STANDINGS:
        yield _FAULT(path, line, f"« Status » vaut {', '.join(_STANDINGS)}", "corrigez-le, ou retirez cette ligne")
    written, line = head.get("save_as", ("", 1))
    if written and (not written.endswith(".html") or max(map(len, written.split("/"))) > _LONGEST_NAME):
        says = f"une page s'écrit dans un fichier « .html », aux noms d'au plus {_LONGEST_NAME} signes"
        yield _FAULT(path, line, says, "écrivez un chemin comme guides/lire/index.html")
    if _TAKEN.match(written):
        yield _FAULT(path, line, "cette adresse est à une page que le site fait lui-même", "changez « Save_as »")


def _identities(path: str, text: str, reviewed: tuple[str, int], names: GroupNames) -> Iterator[Problem]:
    """Whom a page names; ``Reviewed: Dr House : public | Mme Dupont : exemple`` says why a passage stays."""
    lines = [line for line in reviewed[0].split("|") if line.strip()]
    if excuses.unexplained(lines, _REASONS):
        yield _FAULT(path, reviewed[1], "un passage laissé en place dit pourquoi il n'identifie personne",
                      excuses.expected(_REASONS))  # fmt: skip
    text = _OWN_EXCUSES.sub("", text)
    code = [found.span() for found in _QUOTED.finditer(text)]
    left = excuses.excused(lines, _REASONS)
    for finding in find_identifiers(text, case_rules() | _LEFT_OUT, reviewed=left, names=names):
        in_code = any(start <= finding.start < end for start, end in code)
        passage = text[finding.start : finding.end].strip()
        invented = passage in left and is_fictional(passage)  # a number is nobody's when it can never be
        if not (finding.rule.excusable and in_code) and not invented:
            says = f"{finding.rule.says} : « {finding.masked} »"
            yield _FAULT(path, finding.line, says, remedy(text, finding, date.today()))


def _images(root: Path, path: str, text: str) -> Iterator[Problem]:
    """Images of a page are the site's own, described, and there; code only speaks of them."""
    plain = _CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
    for found in _IMAGE.finditer(plain):
        words, source = found[1] or "", found[2]
        line = plain.count("\n", 0, found.start()) + 1
        if not says_what_it_shows(words, source):
            yield _FAULT(path, line, NOT_SAID, SAY_IT)
        own = _OWN_IMAGE.fullmatch(source)
        if not own or not (root / "content" / own[1]).is_file():
            yield _FAULT(path, line, "une image vient de content/images/, et celle-ci n'y est pas",
                          "déposez-la, ou corrigez son nom")  # fmt: skip


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _head(text: str) -> dict[str, tuple[str, int]]:
    """The lines « Key: value » before the first empty one, by their key, with their number."""
    found: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(text.removeprefix("---\n").split("\n"), 1):
        match = _HEAD.fullmatch(line)
        if match is None:
            break
        found.setdefault(match[1].lower(), (match[2].strip(), number))
    return found


def _address(path: str, head: dict[str, tuple[str, int]]) -> str:
    written = head.get("save_as", ("", 1))[0]
    name = head.get("slug", ("", 1))[0] or slug(head.get("title", ("", 1))[0] or Path(path).stem)
    return written.lower() or f"pages/{name}.html"
