"""What may be written instead of a passage that identifies: an age band, « il y a trois semaines », « une consœur ».

The offers are data (``replacements.json``), which the page where one writes reads too (``replacing.js``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from divan.privacy.dates_told import Told
from divan.privacy.detect import Finding

REPLACEMENTS_PATH = Path(__file__).parent / "replacements.json"
_AROUND = 40
_NAMED = re.compile(r"\{([a-z_]+)\}")
_TOLD = 2


@dataclass(frozen=True, slots=True)
class Replacement:
    """``text`` may stand where ``[start:end]`` stands; '' takes the passage away."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Offer:
    """A line of ``replacements.json``, compiled."""

    rules: frozenset[str]
    lead: re.Pattern[str] | None
    keep_lead: bool
    when: re.Pattern[str] | None
    tail: re.Pattern[str] | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Around:
    """A passage, and some signs on either side of it."""

    before: str
    passage: str
    after: str


def replacements(text: str, finding: Finding, today: date) -> tuple[Replacement, ...]:
    """What may be written instead of ``finding`` in ``text``, the likeliest first; else it is taken away."""
    passage = text[finding.start : finding.end].rstrip()
    end = finding.start + len(passage)
    around = _Around(text[max(finding.start - _AROUND, 0) : finding.start], passage, text[end : end + _AROUND])
    for offer in _offers():
        if finding.rule.id in offer.rules and (found := [*_made(offer, around, today)]):
            return tuple(_placed(text, finding.start - lead, end + tail, said) for lead, tail, said in found)
    return (_placed(text, finding.start, end, ""),)


def remedy(text: str, finding: Finding, today: date) -> str:
    """What to do about ``finding``, in French: words to write instead, or what its rule says."""
    words = [one.text for one in replacements(text, finding, today) if one.text][:_TOLD]
    return "écrivez par exemple " + " ou ".join(f"« {one} »" for one in words) if words else finding.rule.remedy


def _made(offer: _Offer, around: _Around, today: date) -> Iterator[tuple[int, int, str]]:
    """(signs before and after the passage that go with it, what is written) of each text that can be said."""
    lead = offer.lead.search(around.before) if offer.lead else None
    own = offer.when.match(around.passage) if offer.when else None
    tail = offer.tail.match(around.after) if offer.tail else None
    if (offer.lead and not lead) or (offer.when and not own) or (offer.tail and not tail):
        return
    told = Told(around.passage + (tail[0] if tail else ""), today, _table())
    known = {"own": own[1] if own and own.re.groups else ""}
    for text in offer.texts:
        said = _said(text, known, told)
        if said is not None:
            yield len(lead[0]) if lead and not offer.keep_lead else 0, len(tail[0]) if tail else 0, said


def _said(text: str, known: Mapping[str, str], told: Told) -> str | None:
    """``text`` with its values; None when one of them can't be told."""
    values = {name: known.get(name) or told.value(name) for name in _NAMED.findall(text)}
    return None if None in values.values() else _NAMED.sub(lambda named: values[named[1]] or "", text)


def _placed(text: str, start: int, end: int, said: str) -> Replacement:
    """With nothing instead, the space before goes too."""
    alone = not said and text[start - 1 : start] == " " and text[end : end + 1] in ("", " ", ",", ".", "\n")
    return Replacement(start - alone, end, said)


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(REPLACEMENTS_PATH.read_text(encoding="utf-8"))
    return table


@cache
def _offers() -> tuple[_Offer, ...]:
    return tuple(
        _Offer(
            frozenset(row["rules"]),
            re.compile(rf"(?:^|(?<=[^a-zéèâàû])){row['lead']}\Z", re.IGNORECASE) if "lead" in row else None,
            row.get("keep_lead", False),
            re.compile(row["when"], re.IGNORECASE) if "when" in row else None,
            re.compile(_table()["tails"][row["tail"]], re.IGNORECASE) if "tail" in row else None,
            tuple(row["offers"]),
        )
        for row in _table()["offers"]
    )
