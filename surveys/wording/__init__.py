"""The words of the form itself, one file a language: labels of its buttons, its notice, its messages.

``script`` holds those of theme/static/form*.js; keys are the same in every language; ``{…}`` is replaced.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_BEFORE = re.compile(r" (?=[:;?!»%])")
_APOSTROPHE = re.compile(r"(?<=\w)'")
_AFTER = re.compile(r"(?<=«) ")
_NBSP = "\u00a0"


@cache
def wording(language: str) -> dict[str, Any]:
    """Words by key in a language; French when we do not speak it. ``script`` holds those of form.js."""
    path = _FOLDER / f"{language}.json"
    if not path.is_file():
        return wording("fr")
    words = json.loads(path.read_text(encoding="utf-8"))
    script = {key: typeset(text, language) for key, text in words["script"].items()}
    plain = {key: typeset(text, language) for key, text in words.items() if key != "script"}
    return {**plain, "script": script}


def typeset(text: str, language: str) -> str:
    """``text`` as printed: in French, no line break before ``: ; ? !`` nor inside guillemets, curved apostrophes."""
    if language != "fr":
        return text.strip()
    return _APOSTROPHE.sub("’", _AFTER.sub(_NBSP, _BEFORE.sub(_NBSP, text.strip())))
