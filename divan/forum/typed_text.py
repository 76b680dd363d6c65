"""Text with a few marks, as people type it, written as Markdown that reads back exactly as it was typed.

The marks are a blank line (a paragraph), « - » (a list), « > « » (what is quoted), ``**strong**``, an address and a
hashtag; every other sign is only itself. ``theme/static/compose/typed.js`` does the same: both are held to
``tests/forum/typed_text.json``.
"""

from __future__ import annotations

import re
from itertools import groupby
from unicodedata import normalize

_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_SPACES = re.compile(r"[ \t]+")
_ITEM = re.compile(r"[-*•] +(?![\d<>=≤≥~.,+-])(?=.*[^\W_])")  # « - 3 kg » est une perte de poids
_BULLET = re.compile(r"(?:[-*•] +|\d{1,2}[.)] +)(?=.*[^\W_])")
_QUOTE = re.compile(r"> *(?=«)")
_KEPT = re.compile(
    r"https?://[^\s<>\"«»]*[^\s<>\"«».,;:!?)\]'’*]"
    r"|(?<![^\s(\[«\"'’])\*\*(?=[^\s*])((?:(?!https?://)[^*])*[^\s*])\*\*(?![^\s)\]»\"'’.,;:!?…])"
)
_SIGN = re.compile(r"([\\`*_\[\]<>~|&])")
_BEGINS_BLOCK = re.compile(r"(?:#{1,6}(?=\s|$)|[-+=>]|\d{1,9}(?=[.)](?:\s|$)))")


def tidy(text: str) -> str:
    """Composed accents, plain line ends, nothing invisible that a file could not hold."""
    return _UNREADABLE.sub("", _BREAKS.sub("\n", normalize("NFC", text)))


def as_markdown(typed: str) -> str:
    """Markdown whose rendering holds the words and signs of ``typed``, line by line; '' when there are none."""
    lines = [_SPACES.sub(" ", line).strip() for line in tidy(typed).split("\n")]
    blocks = []
    for kind, run in groupby(lines, _kind):
        if kind:
            blocks.append(_BLOCK[kind]([*run]))
    return "\n\n".join(blocks)


def line_as_markdown(typed: str) -> str:
    """The same for one line, without the bullet or the number that people put before a source."""
    return _plain(_BULLET.sub("", _SPACES.sub(" ", tidy(typed).replace("\n", " ")).strip(), count=1))


def _kind(line: str) -> str:
    return "" if not line else "item" if _ITEM.match(line) else "quote" if _QUOTE.match(line) else "text"


_BLOCK = {
    "text": lambda run: "\\\n".join(map(_plain, run)),
    "item": lambda run: "\n".join(f"- {_plain(_ITEM.sub('', line, count=1))}" for line in run),
    "quote": lambda run: "\\\n".join(f"> {_plain(_QUOTE.sub('', line, count=1))}" for line in run),
}


def _plain(line: str) -> str:
    written, at = "", 0
    for kept in _KEPT.finditer(line):
        written += _literal(line[at : kept.start()])
        written += f"<{kept[0]}>" if kept[1] is None else f"**{_literal(kept[1])}**"
        at = kept.end()
    written += _literal(line[at:])
    begins = _BEGINS_BLOCK.match(written)
    if begins is None:
        return written
    return f"{begins[0]}\\{written[begins.end() :]}" if begins[0][0].isdigit() else f"\\{written}"


def _literal(words: str) -> str:
    return _SIGN.sub(r"\\\1", words)
