"""What kind of question a column of an export holds, guessed from its cells: a start, for a person to correct."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from divan.sources.reader_text import fold
from surveys.columns import EMAIL
from surveys.days import day_of
from surveys.questionnaire import ItemType
from surveys.ticks import NOT_TICKED, TICKED

MOST_CHOICES, LONGEST_CHOICE, LONGEST_LINE = 15, 160, 200
_WHOLE = re.compile(r"[-+]?\d{1,9}")
_DECIMAL = re.compile(r"[-+]?\d{1,9}[.,]\d{1,9}")
_NUMBERED = re.compile(r"\b(respondent ?id|identifiant|id|numero|n°|uuid|ip|e-?mail|token)\b")
_PART = re.compile(r"^(?P<question>.+?) \[(?P<part>[^\]]+)\]$", re.DOTALL)
# words that say nothing of what is asked, in French and in English
_IDLE = frozenset(
    re.findall(
        r"\w+",
        """
a an and are at be by do does for from have how i if in is it its of on or that the this to was what when which who
with would you your au aux avec ce ces dans de des du en est et il la le les ne nous ou par pas pour que quel quelle
quels qui sa se ses si son sur un une avez etes vos votre vous d l qu
""",
    )
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A question to be: its name, what is asked, its kind; ``labels`` are its choices, the commonest first.

    ``headers`` are the columns it comes from, when the question alone does not name them; ``None`` as kind means a
    column to leave aside. ``length`` is how many digits a code has.
    """

    id: str
    text: str
    type: ItemType | None
    labels: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    bounds: tuple[str, str] | None = None
    length: int = 0


def guesses(header: Sequence[str], rows: Sequence[Sequence[str]], own: Collection[str] = ()) -> list[Guess]:
    """One guess a question, in the order of the columns; columns ticked for one question make one.

    Columns whose folded heading is one of ``own`` are a service's, and left aside.
    """
    columns = [[row[place].strip() for row in rows if place < len(row)] for place in range(len(header))]
    taken: set[str] = set()
    found: list[Guess] = []
    done: set[int] = set()
    for place, name in enumerate(header):
        if place in done:
            continue
        together = _ticked_together(header, columns, place)
        if together:
            done |= {*together}
            parts = tuple(_split(header[one])[1] for one in together)
            question = _split(name)[0]
            found.append(Guess(_identifier(question, taken), question, ItemType.SEVERAL, parts))
        elif fold(name) in own:
            found.append(Guess("", name, None))
        elif name.strip():
            found.append(_joined(name, columns[place], taken) or _one(name, columns[place], taken))
    return found


def _split(name: str) -> tuple[str, str]:
    match = _PART.match(name)
    return (match["question"], match["part"]) if match else (name, "")


def _ticked_together(header: Sequence[str], columns: Sequence[Sequence[str]], place: int) -> list[int]:
    """The columns of the question of this one, when each only ever says its own choice, yes or no."""
    question, part = _split(header[place])
    if not part:
        return []
    same = [one for one, name in enumerate(header) if _split(name)[0] == question and _split(name)[1]]
    said = all({fold(cell) for cell in columns[one] if cell} <= {fold(_split(header[one])[1]), *TICKED, *NOT_TICKED}
               for one in same)  # fmt: skip
    return same if said and len(same) > 1 else []


def _joined(name: str, cells: Sequence[str], taken: set[str]) -> Guess | None:
    """Several choices ticked in one cell: parted by one sign, they come back again and again."""
    given = [cell for cell in cells if cell]
    for joiner in (";", " | ", "|", "\n", ", "):
        parts = Counter(part.strip() for cell in given for part in cell.split(joiner) if part.strip())
        several = sum(len([*filter(str.strip, cell.split(joiner))]) > 1 for cell in given)
        if several < 2 or len(parts) > MOST_CHOICES or parts.total() < 2 * len(parts):
            continue
        cells_of = {part: frozenset(n for n, cell in enumerate(given) if part in cell) for part in parts}
        apart = len({*cells_of.values()}) == len(parts)  # words that only come together are one label
        if apart and min(parts.values()) > 1 and max(map(len, parts)) <= LONGEST_CHOICE:
            question, part = _split(name)
            labels = tuple(label for label, _ in parts.most_common())
            headers = (name,) if part else ()
            return Guess(_identifier(part or question, taken), question, ItemType.SEVERAL, labels, headers)
    return None


def _one(name: str, cells: Sequence[str], taken: set[str]) -> Guess:
    question, part = _split(name)
    text = f"{question} : {part}" if part else name
    headers = (name,) if part else ()
    given = Counter(cell for cell in cells if cell)
    if length := _code_length(given):
        return Guess(_identifier(part or question, taken), text, ItemType.CODE, (), headers, None, length)
    kind, bounds = _kind(name, given)
    alike = {fold(label): label for label, _ in reversed(given.most_common())}  # the commonest spelling of each
    labels = _in_order(tuple(reversed(alike.values()))) if kind is ItemType.SINGLE else ()
    return Guess(_identifier(part or question, taken) if kind else "", text, kind, labels, headers, bounds)


def _code_length(given: Counter[str]) -> int:
    """How many digits each cell has when zeros begin some of them, which no number does; 0 when it is no code."""
    lengths = {len(cell) for cell in given}
    digits = all(cell.isascii() and cell.isdigit() for cell in given)
    zeros = any(cell.startswith("0") for cell in given)
    return min(lengths) if digits and zeros and len(lengths) == 1 and min(lengths) > 2 else 0


def _in_order(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Bands by the number that each begins with (« 18-29 », « $25,000 - $49,999 »); other labels as they are."""
    numbers = [re.search(r"\d+", re.sub(r"(?<=\d)[ ,.](?=\d{3})", "", label)) for label in labels]
    if None in numbers:
        return labels
    rank = {label: int(found[0]) for label, found in zip(labels, numbers, strict=True) if found}
    return tuple(sorted(labels, key=lambda label: rank[label])) if len({*rank.values()}) == len(rank) else labels


def _kind(name: str, given: Counter[str]) -> tuple[ItemType | None, tuple[str, str] | None]:
    n = given.total()
    if _NUMBERED.search(fold(name)) or (n > MOST_CHOICES and len(given) == n and all(map(_WHOLE.fullmatch, given))):
        return None, None
    if 2 * sum(times for cell, times in given.items() if EMAIL.fullmatch(cell)) > n:
        return None, None
    if given and all(map(_WHOLE.fullmatch, given)):
        numbers = [int(cell) for cell in given]
        return ItemType.INTEGER, (str(min(numbers)), str(max(max(numbers), min(numbers) + 1)))
    if given and all(_WHOLE.fullmatch(cell) or _DECIMAL.fullmatch(cell) for cell in given):
        values = [float(cell.replace(",", ".")) for cell in given]
        return ItemType.DECIMAL, (repr(min(values)), repr(max(max(values), min(values) + 1)))
    if given and all(day_of(cell) or day_of(cell, american=True) for cell in given):
        return ItemType.DATE, None
    distinct = len({fold(cell) for cell in given})
    if (
        2 <= distinct <= MOST_CHOICES
        and all(map(fold, given))
        and n >= 2 * distinct
        and max(map(len, given)) <= LONGEST_CHOICE
    ):
        return ItemType.SINGLE, None
    long = max(map(len, given), default=0) > LONGEST_LINE
    return (ItemType.LONG_TEXT if long else ItemType.SHORT_TEXT), None


def choice_identifier(label: str) -> str:
    """The name of a choice, which may begin with a number: ``30_44``."""
    name = identifier(label, 4, "choice")
    return name[1:] if re.match(r"n\d", name) else name


def identifier(words: str, most: int = 3, fallback: str = "question") -> str:
    """A short name in small letters, of the words that mean something: ``ever_recline_seat``."""
    found = [word for word in re.findall(r"[a-z0-9]+", fold(words)) if word not in _IDLE]
    name = "_".join(found[:most])[:36] or fallback
    return name if name[0].isalpha() else f"n{name}"


def free_name(name: str, taken: Iterable[str]) -> str:
    """The name, numbered when it is taken."""
    known = set(taken)
    return next(one for one in (name, *(f"{name}_{n}" for n in range(2, len(known) + 3))) if one not in known)


def _identifier(words: str, taken: set[str]) -> str:
    name = free_name(
        identifier(words), taken | {"response", "date", "submission", "study", "wave", "website", "digest"}
    )
    taken.add(name)
    return name
