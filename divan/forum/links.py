"""Where a post's links and images may lead, and how they are written on the page.

Inside the repository people link to files, so that links also work on the forge; pages live two levels deep
(``cas/<id>/``, ``sujets/<id>/``) exactly as posts do (``content/cases/<year>/``), hence ``../../``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from posixpath import dirname, join, normpath

from divan.forum.naming import opening_name, reply_name, thread_url
from divan.sources.slug import slug

IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")

_LINK = re.compile(r"<a ([^>]*)>")
_HREF = re.compile(r'href="([^"]*)"')
_IMAGE = re.compile(r"<img([^>]*)>")
_OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|/?\\)", re.IGNORECASE)
_OWN_IMAGE = re.compile(
    rf' src="\.\./\.\./images/(?:[\w-]+/)*[\w-]+(?:{"|".join(map(re.escape, IMAGE_SUFFIXES))})"', re.IGNORECASE
)
_ALT = re.compile(r' alt="([^"]*)"')
_SOURCE = re.compile(r' src="([^"]*)"')
_ANY_IMAGE = re.compile(
    r"(?:image|photo(?:graphie)?|img|dsc\w*|figure|dessin|illustration|capture(?:-d-ecran)?|sans-titre)(?:-?\d+)*"
)

NOT_SAID = "une image doit dire en mots ce qu'elle montre"
SAY_IT = "écrivez-le entre les crochets, « ![ce qu'elle montre](…) » ; un nom de fichier ne le dit pas"

Report = Callable[[str, str, str], None]
"""Called with the faulty address (to find its line), what must hold, and the remedy."""


def place_links(html: str, path: str, report: Report) -> str:
    """Mark links that leave the site, lead links between posts to their pages; ``html`` is sanitised."""

    def place(match: re.Match[str]) -> str:
        attributes = match[1]
        href = _HREF.search(attributes)
        if href is None or href[1].startswith("#"):
            return match[0]
        if _OUTSIDE.match(href[1]):
            return f'<a {attributes} rel="nofollow noopener noreferrer ugc">'
        url = _page_of(href[1], path)
        if url is None:
            report(href[1], f"un lien sans « https:// » mène à un fil du forum, et « {href[1]} » n'en désigne aucun",
                   "liez son fichier, par exemple « ../../cases/2026/2026-03-14-k7f2.md »")  # fmt: skip
            return "<a>"
        return "<a " + attributes.replace(href[0], f'href="{url}"') + ">"

    return _LINK.sub(place, html)


def place_images(html: str, report: Report) -> str:
    """Keep the images that are the site's own (``content/images``) and described; report and drop the others."""

    def place(match: re.Match[str]) -> str:
        source = _SOURCE.search(match[1])
        if not _OWN_IMAGE.search(match[1]):
            report(source[1] if source else "<img", "une image vient du site lui-même, jamais d'ailleurs",
                   "déposez-la dans content/images/ et écrivez « ![ce qu'elle montre](../../images/…) »")  # fmt: skip
            return ""
        words = _ALT.search(match[1])
        if not says_what_it_shows(unescape(words[1]) if words else "", source[1] if source else ""):
            report(
                source[1] if source else "<img", NOT_SAID, "écrivez-le entre les crochets : « ![ce qu'elle montre](…) »"
            )
        return f'<img loading="lazy"{match[1]}>'

    return _IMAGE.sub(place, html)


def says_what_it_shows(words: str, source: str) -> bool:
    """Whether these words are more than a file's name, or than « image 2 »."""
    name = source.rpartition("/")[2].lower()
    file_name = words.strip().lower() in (name, name.rpartition(".")[0]) or words.lower().endswith(IMAGE_SUFFIXES)
    return any(map(str.isalpha, words)) and not file_name and not _ANY_IMAGE.fullmatch(slug(words) or words)


def _page_of(href: str, path: str) -> str | None:
    target, _, fragment = href.partition("#")
    file = normpath(join(dirname(path), target))
    opening = opening_name(file)
    if opening:
        return f"../../{thread_url(opening.kind, opening.id)}" + (f"#{fragment}" if fragment else "")
    reply = reply_name(file)
    if reply and dirname(file) == dirname(path):
        return f"#r-{reply.id}"
    return None
