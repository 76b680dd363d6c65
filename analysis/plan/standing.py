"""How a part of the plan stands before the answers: proved earlier, later, or by the plan's word alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """``PLANNED``: committed before the answers; ``DECLARED``: nothing proves it, the plan says so."""

    PLANNED = "planned"
    DECLARED = "declared"
    POST_HOC = "post-hoc"


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside a title; ``since`` is the day of what came after the answers, None when git has no day."""

    standing: Standing = Standing.DECLARED
    since: date | None = None

    @property
    def words(self) -> str:
        """``prévu``, ``déclaré``, ``post hoc, 03/05/2026``."""
        if self.standing is Standing.PLANNED:
            return "prévu"
        if self.standing is Standing.DECLARED:
            return "déclaré"
        return f"post hoc, {self.since:%d/%m/%Y}" if self.since else "post hoc"


UNPROVED = Mark()


def latest(marks: list[Mark]) -> Mark:
    """The mark of what needs all of these: post hoc when one is, since the last of their days."""
    late = [one for one in marks if one.standing is Standing.POST_HOC]
    if late:
        return max(late, key=lambda one: one.since or date.max)
    unproved = next((one for one in marks if one.standing is Standing.DECLARED), None)
    return unproved or Mark(Standing.PLANNED)
