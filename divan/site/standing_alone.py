"""A page of the site as a piece that stands without it: its images inside, no form, its links whole or gone."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from urllib.parse import urljoin

from markupsafe import escape

_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_ACTS = re.compile(r'<form\b.*?</form>|<script\b.*?</script>|<p class="(?:actions|meta report)".*?</p>', re.DOTALL)
_ID = re.compile(r' (id|for|aria-labelledby|aria-describedby)="([^"]*)"')
_LINK = re.compile(r'<(a|area)\b([^>]*?) href="([^"]*)"')
_IMAGE = re.compile(r'<img\b[^>]*? src="([^"]*)"[^>]*>')
_KINDS = {"webp": "image/webp", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}

Image = Callable[[str], bytes | None]
"""The bytes of an image by its path under ``content/``; None when it may not be shown."""


def standing_alone(page: str, key: str, address: str, image: Image) -> str:
    """What a page says, with ids of its own; ``address`` is where the page will be, '' when nobody knows."""
    found = _MAIN.search(page)
    html = _ACTS.sub("", found[1] if found else "")
    html = _ID.sub(lambda one: f' {one[1]}="{" ".join(f"{key}-{name}" for name in one[2].split())}"', html)
    html = _LINK.sub(lambda one: f"<{one[1]}{one[2]}{_href(one[3], key, address)}", html)
    return _IMAGE.sub(lambda one: _inside(one, image), html).replace("<details ", "<details open ")


def marked(html: str, key: str, words: Mapping[str, str]) -> str:
    """The articles of these ids, each with its word before what it says."""
    for name, word in words.items():
        begin = re.search(rf'<article\b[^>]* id="{re.escape(f"{key}-{name}")}"[^>]*>', html)
        if begin:
            html = f'{html[: begin.end()]}<p class="meta"><mark>{escape(word)}</mark></p>{html[begin.end() :]}'
    return html


def as_data(name: str, content: bytes) -> str:
    """An image as an address that holds it."""
    kind = _KINDS.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _href(target: str, key: str, address: str) -> str:
    if target.startswith("#"):
        return f' href="#{key}-{target[1:]}"'
    if re.match(r"[a-z][a-z0-9+.-]*:", target):
        return f' href="{target}"'
    return f' href="{escape(urljoin(address, target))}"' if address else ""


def _inside(tag: re.Match[str], image: Image) -> str:
    path = re.sub(r"^(?:\.\./)+", "", tag[1])
    content = image(path)
    if content is None:
        return f"<strong>[image retenue : content/{path}]</strong>"
    return tag[0].replace(f'src="{tag[1]}"', f'src="{as_data(path, content)}"').replace(' loading="lazy"', "")
