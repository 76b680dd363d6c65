"""Which lines of an export name its columns, and the one name that each column gets from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate, zip_longest

from divan.sources.reader_text import fold
from surveys.shapes.grid import Line

_FURTHEST = 12  # a title, a date, a blank: no export says more before its headings
_IMPORT_ID = '{"importid"'
_RESPONSE = {"response", "reponse", "open-ended response", "reponse ouverte", "reponse libre"}

#: What is known of a heading: does it name answers, is it a service's own, is it a choice's.
Names = Callable[[str], bool]


def heading_lines(lines: Sequence[Line], answers: Names, own: Names, part: Names, declared: int = 1) -> tuple[int, int]:
    """Place of the first and after the last line that name columns; (0, 0) when none names a question.

    ``declared`` is how many the questionnaire says there are; lines above the first are titles.
    """
    named = [sum(map(answers, cells)) for _, cells in lines[:_FURTHEST]]
    if not any(named):
        return 0, 0
    first = next(place for place, count in enumerate(named) if count)
    last = first + declared
    while last < min(len(lines), _FURTHEST) and _names_too(
        [cells for _, cells in lines[first:last]], lines[last][1], answers, own, part
    ):
        last += 1
    return first, min(last, len(lines))


def _names_too(above: Sequence[Sequence[str]], line: Sequence[str], answers: Names, own: Names, part: Names) -> bool:
    """True when a line under a heading is one too: it names what the heading left blank, or is a machine's."""
    if is_for_machines(line):
        return True
    tops = ["".join(column).strip() for column in zip_longest(*above, fillvalue="")]
    blank = [cell for top, cell in zip_longest(tops, line, fillvalue="") if not top and cell.strip()]
    if sum(map(own, line)) > 1 or sum(map(answers, line)) > sum(map(bool, line)) / 2:
        return True
    return any(part(cell) or answers(cell) or fold(cell) in _RESPONSE for cell in blank)


def is_for_machines(line: Sequence[str]) -> bool:
    """True for a line of identifiers that stands between the headings and the answers."""
    return any(cell.replace(" ", "").casefold().startswith(_IMPORT_ID) for cell in line)


def column_headings(lines: Sequence[Sequence[str]], answers: Names, own: Names) -> tuple[str, ...]:
    """One name a column, from the lines that name them."""
    rows = [cells for cells in lines if not is_for_machines(cells)]
    while len(rows) > 1:
        rows[:2] = [_two(rows[0], rows[1], answers, own)]
    return tuple(cell.strip() for cell in rows[0])


def _two(above: Sequence[str], below: Sequence[str], answers: Names, own: Names) -> tuple[str, ...]:
    """A line under another: its cell is a part of the question above, or names a column by itself."""
    joined = joined_headings(above, below)
    alone = zip_longest(joined, below, fillvalue="")
    return tuple(low if not answers(name) and (own(low) or answers(low)) else name for name, low in alone)


def joined_headings(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """One name a column: a question stands above its first column, and holds for the blank ones after it.

    A question of one column keeps its own name, whatever stands below it (« Response »).
    """
    pairs = [(top.strip(), part.strip()) for top, part in zip_longest(above, below, fillvalue="")]
    questions = list(accumulate(bool(top) for top, _ in pairs))
    wide = Counter(questions)
    named = {number: top for number, (top, _) in zip(questions, pairs, strict=True) if top}
    return tuple(
        f"{named.get(number, '')} [{part}]".strip()
        if wide[number] > 1 and part and fold(part) not in _RESPONSE
        else named.get(number, "")
        for number, (_, part) in zip(questions, pairs, strict=True)
    )
