"""A poll: one question attached to a thread. Its counts show once it closes, or live if it says so.

A count below ``FEWEST_SHOWN`` shows as « moins de 5 », and then the total does not show.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from surveys.form import environment
from surveys.model import FEWEST_SHOWN, Sending, Study, Wave
from surveys.questionnaire import JOINED
from surveys.responses import Responses


@dataclass(frozen=True, slots=True)
class Tally:
    """One answer of a poll; ``n`` is None when it is too small to be shown."""

    label: str
    n: int | None


def tallies(wave: Wave, responses: Responses) -> tuple[Tally, ...]:
    """How many gave each answer, in the order offered. With several choices, one person counts for each ticked."""
    item = next(item for item in wave.questionnaire.items if item.choices)
    joined = item.type in JOINED
    counts = Counter(
        one
        for row in responses.rows
        for one in (row.get(item.id, "").split(";") if joined else [row.get(item.id, "")])
        if one
    )
    numbers = [counts[choice.id] for choice in item.choices]
    hidden = [0 < n < FEWEST_SHOWN for n in numbers]
    return tuple(
        Tally(choice.label, None if small else n)
        for choice, n, small in zip(item.choices, numbers, hidden, strict=True)
    )


def render_poll(study: Study, responses: Responses, *, sending: Sending, today: date, form_url: str) -> str:
    """The poll as an HTML fragment for its thread's page: the question, a link to answer, the counts when they show."""
    wave = study.waves[0]
    state = wave.state(today)
    shown = tallies(wave, responses) if (state == "closed" or study.live) and responses.rows else ()
    page = environment(wave.questionnaire.language).get_template("poll.html")
    return page.render(
        study=study, wave=wave, state=state, tallies=shown, form_url=sending.url if sending.way == "link" else form_url,
        total=sum(one.n or 0 for one in shown) if all(one.n is not None for one in shown) else None,
        smallest=FEWEST_SHOWN,
    )  # fmt: skip
