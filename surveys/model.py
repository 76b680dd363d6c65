"""What a study is made of: its kind, its waves, what a respondent is told. Loaded once, then only read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from surveys.chat.chat_rules import ChatRules
from surveys.questionnaire import Questionnaire

FEWEST_SHOWN = 5  # k: a count of fewer people could point at somebody; a plan may say another, and why


class StudyKind(StrEnum):
    """What the engine serves for; only a ``study`` has a results page of its own."""

    STUDY = "study"
    POLL = "poll"
    ENTRY = "entry"
    CONSULTATION = "consultation"


@dataclass(frozen=True, slots=True)
class Wave:
    """One fielding of a questionnaire, from ``opens`` to ``closes``, both days included.

    ``by_token``: whoever answers needs an invitation; ``token_key`` is the public half of what signs its tokens.
    """

    id: str
    label: str
    questionnaire: Questionnaire
    opens: date
    closes: date
    members_only: bool = False
    by_token: bool = False
    token_key: str = ""

    def state(self, today: date) -> str:
        """``before``, ``open`` or ``closed`` on that day."""
        if today < self.opens:
            return "before"
        return "open" if today <= self.closes else "closed"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a respondent must know before the first question: who asks, why, how long answers are kept, which rights."""

    who: str
    why: str
    kept: str
    rights: str
    contact: str


@dataclass(frozen=True, slots=True)
class PairingRule:
    """How answers of two waves are put together: by ``code``, when every item of ``complete`` is answered in both.

    ``stable`` items are asked in both waves and should not change: they measure how good the pairs are.
    """

    before: str
    after: str
    code: str
    complete: tuple[str, ...]
    stable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sending:
    """Where the form sends answers: ``collector``, ``endpoint`` or ``link`` with their ``url``, or ``file``."""

    way: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """A study and its folder. ``salt`` is public and keys codes made from a phrase; ``topic`` is a poll's thread.

    ``stacked``: the waves of different people that an analysis puts end to end, as the one of ``waves``.

    ``live`` shows a poll's counts before it closes; ``chat`` says how a thread of the group is read; ``retention`` the
    last day on which ``sources`` and ``answers`` are kept.
    """

    id: str
    title: str
    folder: Path
    kind: StudyKind
    about: str
    notice: Notice
    waves: tuple[Wave, ...]
    pairing: PairingRule | None = None
    roster: Path | None = None
    sending: Sending | None = None
    salt: str = ""
    topic: str = ""
    live: bool = False
    chat: ChatRules | None = None
    stacked: tuple[Wave, ...] = ()
    retention: Mapping[str, date] = field(default_factory=dict)

    @property
    def fielded(self) -> tuple[Wave, ...]:
        """The waves as people answered them."""
        return self.stacked or self.waves

    @property
    def pair(self) -> tuple[str, ...]:
        """The two waves whose answers are put together, in order; nothing when none are."""
        return (self.pairing.before, self.pairing.after) if self.pairing else ()

    @property
    def revealing(self) -> Wave:
        """The wave that a plan precedes: the second of the pair, else the second, or the only one."""
        return self.wave(self.pair[-1]) if self.pair else self.fielded[min(1, len(self.fielded) - 1)]

    def wave(self, wave_id: str) -> Wave:
        """The wave with this id; KeyError when there is none."""
        for wave in self.waves:
            if wave.id == wave_id:
                return wave
        raise KeyError(wave_id)
