"""The site's words in another language: gettext catalogues read as their translators write them (.po).

French is the language of the templates, so French needs no catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

from divan.house import house

SOURCE_LANGUAGE = "fr"


class Sentences(NullTranslations):
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


def catalogue_file(lang: str, domain: str = "divan") -> Path:
    """Where the catalogue of a language lies: that of the pages, of the commands, or of argparse's own sentences."""
    return house("locale") / lang / "LC_MESSAGES" / f"{domain}.po"


def translations(lang: str, domain: str = "divan") -> NullTranslations:
    """What to install in Jinja, or to speak with, for a language; without a catalogue, sentences stay French."""
    file = catalogue_file(lang, domain)
    if not file.is_file():
        return French()
    return Sentences(dict(_entries(file)))


def _entries(file: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    import polib

    for entry in polib.pofile(str(file)).translated_entries():
        plural = tuple(form for _, form in sorted(entry.msgstr_plural.items()))
        yield entry.msgid, plural or (entry.msgstr,)
