"""The pages' words: French as written, English complete, neither losing a link or a number on the way."""

import re
from pathlib import Path

import jinja2
import polib
import pytest

from analysis.exports.kit_words import WORDS
from analysis.tables.wording import NAMES
from divan.sources.french import MONTHS
from divan.sources.sentences import translations

ROOT = Path(__file__).parents[2]
CATALOGUE = polib.pofile(str(ROOT / "locale/en/LC_MESSAGES/divan.po"))


def words_of_templates() -> set[str]:
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"])
    words = set()
    for template in [*(ROOT / "theme/templates").iterdir(), *(ROOT / "analysis/exports/templates").iterdir()]:
        for _, function, message in environment.extract_translations(template.read_text(encoding="utf-8")):
            texts = [message] if isinstance(message, str) else [text for text in message if text]
            words.update(texts if function == "ngettext" else texts[:1])
    return words


def words_of_a_thesis() -> set[str]:
    """What a thesis's kit says besides its template: the tests by name, the months, headings and columns."""
    return {*NAMES.values(), *MONTHS, *WORDS}


def test_every_word_of_the_templates_has_its_english_and_nothing_else_lingers() -> None:
    translated = {
        text for entry in CATALOGUE if entry.translated() for text in (entry.msgid, entry.msgid_plural) if text
    }
    assert translated == words_of_templates() | words_of_a_thesis()


def slots(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s|\{n\}|</?a\b[^>]*>", text))


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.msgid[:30])
def test_a_translation_keeps_links_and_numbers(entry: polib.POEntry) -> None:
    for translated in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
        assert slots(translated) == slots(entry.msgid)


@pytest.mark.parametrize(
    ("lang", "n", "shown"),
    [("fr", 0, "réponse"), ("fr", 1, "réponse"), ("fr", 2, "réponses"),
     ("en", 0, "replies"), ("en", 1, "reply"), ("en", 2, "replies")],
)  # fmt: skip
def test_nought_is_singular_in_french_and_plural_in_english(lang: str, n: int, shown: str) -> None:
    assert (
        translations(lang).ngettext("%(shown)s&nbsp;réponse", "%(shown)s&nbsp;réponses", n) == f"%(shown)s&nbsp;{shown}"
    )


def test_what_english_lacks_is_shown_in_french() -> None:
    assert translations("en").gettext("Salle de garde") == "Salle de garde"


def test_no_word_of_the_templates_breaks_before_its_punctuation() -> None:
    assert [text for text in words_of_templates() if re.search(r" [:;?!»]|« ", text)] == []
