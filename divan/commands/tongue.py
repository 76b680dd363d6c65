"""The language of the command line: French, or English when LANG asks for it; argparse's own sentences too."""

from __future__ import annotations

import argparse
import os
from functools import cache
from gettext import NullTranslations

from divan.sources.sentences import SOURCE_LANGUAGE, translations

_ASKED_IN = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in the order of gettext


def language() -> str:
    """« en » when the environment asks for English; French otherwise, and where it asks for nothing."""
    asked = next((os.environ[name] for name in _ASKED_IN if os.environ.get(name)), "")
    return "en" if asked.lower().startswith("en") else SOURCE_LANGUAGE


def in_our_language(sentence: str) -> str:
    """What a French sentence of the command line becomes."""
    return _sentences(language()).gettext(sentence)


def teach_argparse() -> None:
    """Give to argparse, which asks gettext for its sentences, the catalogue of its own; its English is English."""
    theirs = _theirs(language())
    argparse._ = theirs.gettext  # type: ignore[attr-defined]
    argparse.ngettext = theirs.ngettext  # type: ignore[attr-defined]


@cache
def _sentences(lang: str) -> NullTranslations:
    return NullTranslations() if lang == SOURCE_LANGUAGE else translations(lang, "commands")


@cache
def _theirs(lang: str) -> NullTranslations:
    return translations(lang, "argparse") if lang == SOURCE_LANGUAGE else NullTranslations()
