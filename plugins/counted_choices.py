"""What was chosen under the cases, as ``divan choices`` last counted it: shown to whoever chooses without collector."""

from __future__ import annotations

import csv
from datetime import date

from markupsafe import Markup

from divan.builder.settings import Settings
from divan.catalogue.thread_page import thread_fragments
from divan.forum.asked import CHOICES_FILE, SHORT_SEAL
from divan.site.filters import longdate

_COUNTED = Markup('<p hidden data-counted="{}" data-choices="{}" data-day="{}"></p>\n')


def counted(settings: Settings) -> dict[str, str]:
    """For each case counted, a hidden element that the script of the page reads."""
    file = settings.root / CHOICES_FILE
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    lang = settings.get("DEFAULT_LANG", "fr")
    return {
        row["case"]: str(
            _COUNTED.format(row["counts"], row["choices"][:SHORT_SEAL], longdate(date.fromisoformat(row["day"]), lang))
        )
        for row in rows
    }


def register() -> None:
    """Offer them to each case."""
    thread_fragments.connect(counted)
