"""Why a suspected passage identifies nobody: « Dr House : public », one line a passage, which a moderator reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable

REASONS = ("éponyme", "auteur", "public", "accord", "fausse alerte")
_BETWEEN = " : "


def excused(lines: Iterable[str], reasons: Collection[str] = REASONS) -> list[str]:
    """The passages that are left in place with a reason; those without one are not excused."""
    return [passage for passage, reason in map(_cut, lines) if passage and reason in reasons]


def in_cell(cell: str) -> list[str]:
    """The lines of a cell, « passage : raison | passage : raison », one each."""
    return [one for one in cell.split("|") if one.strip()]


def unexplained(lines: Iterable[str], reasons: Collection[str] = REASONS) -> bool:
    """Whether a passage is to be left in place without a known reason."""
    return any(not passage or reason not in reasons for passage, reason in map(_cut, lines))


def reason_of(passage: str, lines: Iterable[str]) -> str:
    """The reason given for a passage, '' when there is none."""
    wanted = " ".join(passage.split())
    found = (reason for said, reason in map(_cut, lines) if " ".join(said.split()) == wanted)
    return next((reason for reason in found if reason in REASONS), "")


def expected(reasons: Collection[str] = REASONS) -> str:
    """What an excuse looks like, in French, for a message."""
    *most, last = reasons
    return f"écrivez « passage : raison » ; la raison est {', '.join(most)} ou {last}"


def _cut(line: str) -> tuple[str, str]:
    passage, _, reason = line.replace("\u00a0:", " :").rpartition(_BETWEEN)
    return passage.strip(), reason.strip().lower()
