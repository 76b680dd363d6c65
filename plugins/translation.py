"""The site's words in another language: gettext catalogues read as their translators write them (.po).

French is the language of the templates, so French needs no catalogue.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"
SOURCE_LANGUAGE = "fr"
_ENTRY = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[(\d)\])?) ((?:".*"\n?)+)', re.MULTILINE)


class Catalogue(NullTranslations):
    """Translations of one language; a sentence that is not translated stays as it is written in the template."""

    def __init__(self, sentences: dict[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._sentences = sentences

    def gettext(self, message: str) -> str:
        """The translation of a sentence."""
        return self._sentences.get(message, (message,))[0]

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The translation that fits a number; English has two forms, as most languages of Europe do."""
        forms = self._sentences.get(one, (one, many))
        return forms[0] if n == 1 or len(forms) == 1 else forms[1]


class French(NullTranslations):
    """The templates' own language, in which zero is singular."""

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form that fits a number."""
        return one if abs(n) < 2 else many


def catalogue_file(lang: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALE / lang / "LC_MESSAGES" / "divan.po"


def translations(lang: str) -> NullTranslations:
    """What to install in Jinja for a language; without a catalogue, sentences stay French."""
    file = catalogue_file(lang)
    if lang == SOURCE_LANGUAGE or not file.is_file():
        return French()
    return Catalogue(dict(_entries(file.read_text(encoding="utf-8"))))


def _entries(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for block in re.split(r"\n\s*\n", text):
        parts = [(match[1], _unquote(match[3])) for match in _ENTRY.finditer(block + "\n")]
        message = next((value for name, value in parts if name == "msgid"), "")
        forms = tuple(value for name, value in parts if name.startswith("msgstr"))
        if message and all(forms) and "#, fuzzy" not in block:
            yield message, forms


def _unquote(lines: str) -> str:
    return "".join(ast.literal_eval(line) for line in lines.splitlines())
