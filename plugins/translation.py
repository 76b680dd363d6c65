"""The words of the pages in the reader's language: French as written in the templates, others from ``locale/``.

Templates hold French message ids. A catalogue is read straight from its ``.po``: nothing compiled is kept.
"""

from __future__ import annotations

import io
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

import polib

_LOCALE = Path(__file__).resolve().parent.parent / "locale"


class French(NullTranslations):
    """Message ids as they are; in French, none and one are both singular."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if abs(n) < 2 else msgid2


def translations(lang: str, folder: Path = _LOCALE) -> NullTranslations:
    """The catalogue of ``lang`` (``en``); French is the templates' own language.

    What a catalogue lacks is shown in French, with French plurals. Raises FileNotFoundError for an unknown language.
    """
    french = French()
    if lang == "fr":
        return french
    source = folder / lang / "LC_MESSAGES" / "divan.po"
    catalogue = GNUTranslations(io.BytesIO(polib.pofile(source.read_text(encoding="utf-8")).to_binary()))
    catalogue.add_fallback(french)
    return catalogue
