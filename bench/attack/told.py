"""What each printed cell says, of whom, and of which answer: the reading of every kind of table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bench.attack.asked import MISSING, SCORE, Asked, Parts
from bench.attack.printed import PrintedRow, PrintedTable

INCLUDED, SCORED = "included", "scored@"
MEASURES = ("n", "mean", "sd", "q1", "median", "q3", "interval_low", "interval_high")
SILENT = "(ou sans réponse)"


@dataclass(frozen=True, slots=True)
class Answer:
    """People who gave one of these answers to a question at a wave."""

    question: str
    wave: str
    levels: frozenset[str]

    def __repr__(self) -> str:
        return f"{self.question}@{self.wave}={'/'.join(sorted(self.levels))}"


@dataclass(frozen=True, slots=True)
class Told:
    """A figure: a ``count`` of ``who``, the ``share`` (per cent) of those who answered, or a measure of ``of``.

    ``said`` is None when it is hidden; ``width`` is half a unit of its last digit.
    """

    measure: str
    who: tuple[Answer, ...]
    said: float | None
    width: float = 0.0
    of: tuple[str, str] | None = None
    group: str = INCLUDED
    masked: bool = False


Spec = Mapping[str, Any]
Reading = Callable[[Asked, Spec, PrintedTable], Iterator[Told]]


def told(asked: Asked, tables: Sequence[PrintedTable]) -> list[Told]:
    """Every figure of the tables and figures of the plan that the attacker knows how to read."""
    specs = [*asked.plan["tables"], *asked.plan.get("figures", [])]
    found: list[Told] = []
    for spec in specs:
        reading = READINGS.get(spec["show"])
        for table in tables:
            if reading and (table.id == spec["id"].lower() or table.id.startswith(f"{spec['id'].lower()}-")):
                found += reading(asked, spec, table)
    return found


def answer(asked: Asked, variable: str, level: str, wave: str, label: str = "") -> Answer | None:
    """The people of a printed level, merged ones (``a+b``) included; None when it is not a level."""
    if variable not in asked.variables:
        return None
    question, parts = asked.variables[variable]
    levels: set[str] = set()
    for one in level.split("+"):
        if one == MISSING:
            levels.add(MISSING)
        elif one in parts:
            levels |= parts[one]
        else:
            return None
    return Answer(question, wave, frozenset(levels | ({MISSING} if SILENT in label else set())))


def _counted(row: PrintedRow, column: str, who: tuple[Answer, ...], group: str = INCLUDED) -> Iterator[Told]:
    yield Told("count", who, row.number(column), group=group, masked=row.said.get(column) == "masqué")
    for name in (f"{column}_percent",):
        if row.number(name) is not None:
            yield Told("share", who, row.number(name), row.width(name), group=group)


def _measured(
    row: PrintedRow, columns: Mapping[str, str], who: tuple[Answer, ...], of: tuple[str, str], group: str = INCLUDED
) -> Iterator[Told]:
    """``columns``: the column of each measure."""
    for measure, column in columns.items():
        if measure in MEASURES and column in row.said:
            yield Told(measure, who, row.number(column), row.width(column), of, group)
    mean, sd = columns.get("mean", ""), columns.get("sd", "")
    if mean and row.number(mean) is not None and row.said.get(sd) == "":
        # a mean whose SD is left blank, not hidden, is that of one person
        yield Told("n", who, 1.0, 0, of, group)


def _wave(asked: Asked, spec: Spec) -> str:
    return str(spec.get("wave", asked.waves[0]))


def _levels(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """n (%) of each level at one wave, with or without its interval."""
    for row in table.rows:
        own = answer(asked, row.row, row.level, _wave(asked, spec), row.label)
        if own:
            yield from _counted(row, "n", (own,))


def _by_wave(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """A column a wave: n (%), or the measures of a number, one a row."""
    names = {"before": asked.pair[0], "after": asked.pair[1]} if asked.pair else {}
    for row in table.rows:
        for column in table.columns:
            wave = names.get(column, column)
            if wave not in asked.waves:
                continue
            own = answer(asked, row.row, row.level, wave, row.label)
            if own and row.level:
                yield from _counted(row, column, (own,))
            elif row.row in asked.variables and row.level in MEASURES:
                yield from _measured(row, {row.level: column}, (), (asked.variables[row.row][0], wave))


def _table_one(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """A column a level of the splitting variable."""
    for by in spec.get("by", ()):
        if len(spec["by"]) > 1 and not table.id.endswith(f"-{by}"):
            continue
        wave = _wave(asked, spec)
        for column in table.columns:
            group = answer(asked, by, column.removeprefix(f"{by}_"), wave) if column.startswith(f"{by}_") else None
            for row in table.rows if group else ():
                own = answer(asked, row.row, row.level, wave, row.label)
                if own and group:
                    yield from _counted(row, column, (group, own))
                elif group and row.row in asked.variables and row.level in MEASURES:
                    yield from _measured(row, {row.level: column}, (group,), (asked.variables[row.row][0], wave))


def _item_scores(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """n, mean and SD of each question, for everybody or a triple of columns a group."""
    wave = _wave(asked, spec)
    for row in table.rows:
        of = (SCORE if row.row == asked.score else row.row, wave)
        if of[0] not in asked.questions:
            continue
        if not spec.get("by"):
            yield from _measured(row, {name: name for name in MEASURES}, (), of)
        for by in spec.get("by", ()):
            for column in table.columns:
                if column.startswith(f"{by}_") and column.endswith("_mean"):
                    stem = column.removesuffix("_mean")
                    group = answer(asked, by, stem.removeprefix(f"{by}_"), wave)
                    if group:
                        yield from _measured(
                            row, {name: f"{stem}_{name}" for name in ("n", "mean", "sd")}, (group,), of
                        )


def _score_by(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """n (%) of each level, and the score of those people."""
    wave = _wave(asked, spec)
    for row in table.rows:
        # what was asked once is of the first wave that asked it
        own = answer(asked, row.row, row.level, wave, row.label)
        if own:
            yield from _counted(row, "n", (own,))
            yield from _measured(row, {name: name for name in MEASURES if name != "n"}, (own,), (SCORE, wave))


def _difference(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """The score of two groups, one measure a row."""
    wave = _wave(asked, spec)
    for by in spec["by"]:
        for column in table.columns:
            group = answer(asked, by, column.removeprefix(f"{by}_"), wave) if column.startswith(f"{by}_") else None
            for row in table.rows if group else ():
                if group and row.level in MEASURES:
                    yield from _measured(row, {row.level: column}, (group,), (SCORE, wave))


def _composite_change(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """The score at two waves, and how many went which way."""
    for row in table.rows:
        if row.level in MEASURES:
            for column, wave in zip(("before", "after"), asked.pair, strict=True):
                yield from _measured(row, {row.level: column}, (), (SCORE, wave))
        if row.level in ("up", "stable", "down"):
            yield from _moved(row, "change", (SCORE, row.level))
        if row.level in MEASURES and "change" in table.columns:
            yield from _measured(row, {row.level: "change"}, (), (SCORE, "change"))


def _moved(row: PrintedRow, column: str, which: tuple[str, str]) -> Iterator[Told]:
    yield Told("moved", (), row.number(column), 0, which)


def _ordinal_change(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """How many moved which way."""
    for row in table.rows:
        if row.row in asked.variables and row.level in ("up", "stable", "down"):
            yield from _moved(row, "n", (row.row, row.level))


def _item_means(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """The mean of each question at two waves, and their difference."""
    for row in table.rows:
        for column, wave in zip(("before", "after"), asked.pair, strict=True):
            if row.row in asked.questions:
                yield from _measured(row, {"mean": column}, (), (row.row, wave))


def _consistency(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """How many are at the bottom and at the top of each question."""
    for row in table.rows:
        for column in table.columns:
            wave, _, end = column.rpartition("_")
            if end in ("floor", "ceiling") and row.row in asked.worth:
                worth = asked.worth[row.row]
                chosen = (min if end == "floor" else max)(worth, key=lambda level: worth[level])
                yield from _counted(row, column, (Answer(row.row, wave, frozenset({chosen})),))


def _transitions(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """An answer crossed with the same later."""
    pair = spec.get("waves", asked.pair)
    for row in table.rows:
        own = answer(asked, row.row, row.level, pair[0], row.label)
        for column in table.columns:
            then = answer(asked, row.row, column, pair[1])
            if own and then:
                yield from _counted(row, column, (own, then))


def _proportions_by(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """Of each level, its share in each group; the level stands in the heading's words."""
    wave = _wave(asked, spec)
    by = next((one for one in spec["by"] if len(spec["by"]) == 1 or table.id.endswith(f"-{one}")), "")
    heading: Answer | None = None
    labels = _labels(asked)
    for row in table.rows:
        if not row.level:
            said = row.label.rpartition(" : ")[2]
            chosen = labels.get((row.row, said), "yes" if "yes" in asked.variables[row.row][1] else "")
            heading = answer(asked, row.row, chosen, wave) if chosen else None
        elif heading and (group := answer(asked, by, row.level, wave, row.label)):
            yield from _counted(row, "n", (group, heading))


def _labels(asked: Asked) -> dict[tuple[str, str], str]:
    """The level that a label names, for the variables whose labels the plan or the questionnaire writes."""
    found = {}
    for one in asked.plan["variables"]:
        for level in (*one.get("merge", ()), *one.get("bands", ())):
            found[one["id"], level["label"]] = level["id"]
    for (question, label), level in asked.labels.items():
        for variable, (item, _) in asked.variables.items():
            if item == question:
                found.setdefault((variable, label), level)
    return found


def _levels_by(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """A figure: rows are the groups, columns the levels."""
    wave, shown = _wave(asked, spec), spec["variables"][0]
    for row in table.rows:
        group = answer(asked, spec["by"], row.level, wave, row.label)
        for column in table.columns:
            own = answer(asked, shown, column, wave)
            if group and own:
                yield from _counted(row, column, (group, own))


def _boxes(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """Quartiles of each question at each wave."""
    for row in table.rows:
        if row.row in asked.questions and row.level in asked.waves:
            yield from _measured(row, {name: name for name in ("q1", "median", "q3")}, (), (row.row, row.level))


def _score_over_waves(asked: Asked, spec: Spec, table: PrintedTable) -> Iterator[Told]:
    """n, mean, SD of the score, a row a wave."""
    for row in table.rows:
        if row.row in asked.waves:
            yield from _measured(row, {name: name for name in MEASURES}, (), (SCORE, row.row))


def among_scored(asked: Asked, figures: Sequence[Told]) -> Iterator[Told]:
    """The figures of the questions of a score, read as those of the people who answered all of them."""
    for one in figures:
        wave = one.of[1] if one.of else one.who[-1].wave if one.who else ""
        question = one.of[0] if one.of else one.who[-1].question if one.who else ""
        if (
            question in asked.items
            and wave in asked.waves
            and SCORE in asked.worth
            and not asked.axis(SCORE, wave).always
        ):
            yield replace(one, group=f"{SCORED}{wave}")


READINGS: dict[str, Reading] = {
    "characteristics": _levels,
    "proportions": _levels,
    "by_wave": _by_wave,
    "item_levels": _by_wave,
    "levels": _by_wave,
    "table_one": _table_one,
    "item_levels_by": _table_one,
    "item_scores": _item_scores,
    "score_by": _score_by,
    "score_difference": _difference,
    "composite_change": _composite_change,
    "ordinal_change": _ordinal_change,
    "item_means": _item_means,
    "consistency": _consistency,
    "transitions": _transitions,
    "proportions_by": _proportions_by,
    "levels_by": _levels_by,
    "boxes": _boxes,
    "score_over_waves": _score_over_waves,
}
__all__ = ["INCLUDED", "SCORED", "Answer", "Parts", "Told", "among_scored", "told"]
