"""The words of the form itself, one file a language: labels of its buttons, its notice, its messages.

``script`` holds those of theme/static/form*.js; ``told`` what is told of an answer, by its French sentence.
Keys are the same in every language; ``{…}`` is replaced.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from divan.sources import typography

_FOLDER = Path(__file__).parent


@cache
def wording(language: str) -> dict[str, Any]:
    """Words by key in a language; French when we do not speak it. ``script`` holds those of form.js."""
    path = _FOLDER / f"{language}.json"
    if not path.is_file():
        return wording("fr")
    words = json.loads(path.read_text(encoding="utf-8"))
    script = {key: typeset(text, language) for key, text in words["script"].items()}
    plain = {key: typeset(text, language) for key, text in words.items() if key not in ("script", "told")}
    return {**plain, "script": script}


def told(sentence: str, language: str) -> str:
    """A French sentence on an answer, in the language of its form; as it is when that one has no words for it.

    ``told`` in the language's file holds them: ``{…}`` stands for what changes, told in turn.
    """
    for pattern, words in _told(language):
        if found := pattern.fullmatch(sentence):
            return words.format(**{name: told(text, language) for name, text in found.groupdict().items()})
    return sentence


@cache
def _told(language: str) -> list[tuple[re.Pattern[str], str]]:
    path = _FOLDER / f"{language}.json"
    if language == "fr" or not path.is_file():
        return []
    words = json.loads(path.read_text(encoding="utf-8")).get("told", {})
    return [
        (re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(french))), said) for french, said in words.items()
    ]


def typeset(text: str, language: str) -> str:
    """``text`` as printed: in French, no line break before ``: ; ? !`` nor inside guillemets, curved apostrophes."""
    return typography.typeset(text.strip()) if language == "fr" else text.strip()
