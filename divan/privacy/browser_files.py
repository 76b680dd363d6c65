"""What a browser loads to look for identities as ``divan check`` does: scripts and data, each in its own folder."""

from __future__ import annotations

from divan.privacy.combinations import COMBINATIONS_PATH
from divan.privacy.replacing import REPLACEMENTS_PATH
from divan.privacy.rules import RULES_PATH
from divan.privacy.tagger import TAGGER_PATH
from divan.sources.reader_signs import SIGNS_PATH

DETECTOR = (
    *(
        RULES_PATH.with_name(f"{name}.js")
        for name in ("detect", "rules", "check_keys", "words", "tagger", "phrases", "combinations")
    ),
    RULES_PATH, TAGGER_PATH, COMBINATIONS_PATH,
    SIGNS_PATH.with_name("reader_text.js"), SIGNS_PATH.with_name("reader_marks.js"), SIGNS_PATH,
    REPLACEMENTS_PATH.with_name("replacing.js"), REPLACEMENTS_PATH,
    REPLACEMENTS_PATH.with_name("dates_told.js"),
)  # fmt: skip
