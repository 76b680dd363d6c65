"""What is asked: a questionnaire, its sections, items and choices. Loaded once, then only read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from surveys.condition import Condition
from surveys.declared_changes import DeclaredChange
from surveys.formula import Formula


class ItemType(StrEnum):
    """How an item is asked, and so which answers it admits."""

    CODE = "code"
    SINGLE = "single"
    SEVERAL = "several"
    LIKERT = "likert"
    RANKING = "ranking"
    SCALE = "scale"
    INTEGER = "integer"
    DECIMAL = "decimal"
    CALCULATED = "calculated"
    DATE = "date"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    CONSENT = "consent"
    ORDER = "order"


CLOSED = frozenset({ItemType.SINGLE, ItemType.SEVERAL, ItemType.LIKERT})
JOINED = frozenset({ItemType.SEVERAL, ItemType.RANKING})  # several ids in one cell
FREE = frozenset({ItemType.SHORT_TEXT, ItemType.LONG_TEXT})
WHOLE = frozenset({ItemType.SCALE, ItemType.INTEGER})
NUMBERS = WHOLE | {ItemType.DECIMAL, ItemType.CALCULATED}


class CodeFormat(StrEnum):
    """What a code is: a few digits, a phrase turned into a keyed code on the device, or an RPPS number."""

    DIGITS = "digits"
    PHRASE = "phrase"
    RPPS = "rpps"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer offered. ``exclusive`` admits no other beside it; ``other`` opens a line of free text.

    ``missing`` is an answer that says nothing (« Sans réponse »): kept, but counted as not given. ``headers`` are the
    names of its own column, in exports that have one a choice; ``unticked`` is what is kept when all of these say no.
    ``quota``: how many answers may say it, 0 for any number.
    """

    id: str
    label: str
    score: int | None = None
    exclusive: bool = False
    other: bool = False
    aliases: tuple[str, ...] = ()
    missing: bool = False
    unticked: bool = False
    headers: tuple[str, ...] = ()
    quota: int = 0


@dataclass(frozen=True, slots=True)
class QuestionImage:
    """An image that a question shows: a ``file`` of the study's images, and what it is, in words."""

    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """The row of a matrix that a question is: ``text`` is what its matrix ``id`` asks, ``row`` what this row adds."""

    id: str
    text: str
    row: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. ``text`` is what the respondent reads; ``headers`` are its names in exports.

    ``minimum``, ``maximum`` bound a number or a scale, in ``unit``; ``earliest``, ``latest`` a date; ``length`` is a
    code's number of digits, or a text's greatest number of characters; ``fallback`` replaces the condition where no
    script runs; ``missing`` are cells of exports that mean « not answered » (« 99 »).

    ``dropdown`` shows its choices in a list to unroll; ``ranks`` is how many places a ranking gives; ``formula`` what
    is calculated, to ``decimals``; ``told`` the text with the answers that its form recalls; ``random`` draws the order
    of the choices; ``matrix`` is the one that it is a row of.
    """

    id: str
    type: ItemType
    text: str
    help: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    shown_if: Condition | None = None
    fallback: str = ""
    minimum: float | None = None
    maximum: float | None = None
    earliest: date | None = None
    latest: date | None = None
    unit: str = ""
    low_label: str = ""
    high_label: str = ""
    length: int | None = None
    format: CodeFormat | None = None
    version: str = ""
    headers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    dropdown: bool = False
    ranks: int = 0
    formula: Formula | None = None
    decimals: int = 0
    told: str = ""
    random: bool = False
    image: QuestionImage | None = None
    matrix: MatrixRow | None = None

    def choice(self, choice_id: str) -> Choice:
        """The choice with this id; KeyError when there is none."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        raise KeyError(choice_id)

    def admits(self, day: date) -> bool:
        """True for a day within the bounds of a date."""
        return (self.earliest or day) <= day <= (self.latest or day)

    @property
    def other(self) -> Choice | None:
        """The choice that opens a line of free text, if the item has one."""
        for choice in self.choices:
            if choice.other:
                return choice
        return None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a tidy CSV that hold this item's answer."""
        return (self.id, f"{self.id}_other") if self.other else (self.id,)


@dataclass(frozen=True, slots=True)
class FormSection:
    """Items shown together on one page of the form; the places of those that are ``random`` are drawn."""

    id: str
    title: str
    items: tuple[Item, ...]
    text: str = ""
    random: bool = False


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What is asked in a wave. ``digest`` is the SHA-256 of ``source``, the file's text; ``changes`` those of its past.
    ``quota``: how many answers it takes, 0 for any number.

    Of exports: ``date_headers`` name the time stamp, ``heading_rows`` is how many rows name the columns, ``encoding``
    that of the file when it is not UTF-8.
    """

    id: str
    title: str
    version: str
    sections: tuple[FormSection, ...]
    language: str = "fr"
    introduction: str = ""
    thanks: str = ""
    date_headers: tuple[str, ...] = ()
    ignored_headers: tuple[str, ...] = ()
    heading_rows: int = 1
    encoding: str = ""
    digest: str = ""
    source: str = field(default="", repr=False)
    changes: tuple[DeclaredChange, ...] = ()
    quota: int = 0

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in the order asked."""
        return tuple(item for section in self.sections for item in section.items)

    def item(self, item_id: str) -> Item:
        """The item with this id; KeyError when there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the tidy CSV after ``response`` and ``date``."""
        return tuple(column for item in self.items for column in item.columns)

    def walk(self) -> Iterator[tuple[FormSection, Item]]:
        """Each item with its section, in the order asked."""
        for section in self.sections:
            for item in section.items:
                yield section, item
