"""What a thread speaks of: units and people by code, themes by month and day, themes that stand together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise, product

from analysis.people.chat_members import CHAT_MEMBERS
from analysis.people.coded_members import guarded, wrote
from analysis.people.coded_thread import CodedThread
from analysis.people.cohort import Cohort
from analysis.people.counted import Key
from analysis.plan.specification import FigureSpec, TableSpec
from analysis.tables.cells import Cell, Count, Number
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import enumeration, long_date, month_name, plural, typographic
from surveys.coding.code_tree import CodeNode

INDENT = "\u2003"
Builder = Callable[[TableSpec, Cohort], list[Table]]


def coded_units(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a code that serves, a theme then its branches: its units, their share, and who wrote them.

    A unit that bears two codes of a theme counts once for the theme.
    """
    coded = cohort.coded
    return [] if coded is None else [units_table(spec, cohort, coded)]


def units_table(spec: TableSpec | FigureSpec, cohort: Cohort, coded: CodedThread) -> Table:
    """The same as one table, which a figure may be drawn of."""
    rows = [row for codes in (coded.tree.themes,) for row in _rows(cohort, coded, codes, 0)]
    columns = (
        Column("units", "Passages", "number"),
        Column("share", "Part", "percent"),
        Column("people", "Membres", "count"),
    )
    idle = [one.label for _, one in coded.tree.walk() if not one.codes and not len(_of(coded, one))]
    left = len(coded.units) - len(coded.settled)
    notes = [f"{plural(len(coded.settled), 'passage codé', 'passages codés')} sur {len(coded.units)}."] if left else []
    notes += [f"Jamais donnés : {enumeration(idle)}."] if idle else []
    return table_of(spec, "Code", columns, rows, notes)


def _rows(cohort: Cohort, coded: CodedThread, codes: Sequence[CodeNode], depth: int) -> list[TableRow]:
    cells = [(len(_of(coded, one)), wrote("code", one.id)) for one in codes]
    bases = guarded(cells, cohort.members, cohort.plan.threshold)
    found: list[TableRow] = []
    for code, (units, whom), basis in zip(codes, cells, bases, strict=True):
        if not units:
            continue
        people = cohort.members.count(whom) if cohort.members else 0
        numbers: tuple[Cell, ...] = (
            Number(units, 0, basis),
            Number(units / len(coded.settled), 1, basis, "percent"),
            Count(people, None, whom),
        )
        found.append(TableRow("code", INDENT * depth + typographic(code.label), numbers, code.id, "level"))
        found += _rows(cohort, coded, code.codes, depth + 1)
    return found


def _of(coded: CodedThread, code: CodeNode) -> set[str]:
    """The units that bear a code or one of its branches."""
    passages = coded.passages
    return set(passages["unit"][passages["code"].isin(coded.under(code.id))])


def coded_months(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a theme, one column a month: its units, and their share of those of the month."""
    coded = cohort.coded
    if coded is None:
        return []
    months = sorted(set(coded.of_themes["month"]))
    columns = [
        column
        for month in months
        for column in (
            Column(f"units-{month}", month_name(month), "number", None, month),
            Column(f"share-{month}", "%", "percent", None, month),
        )
    ]
    units = {month: len(set(rows["unit"])) for month, rows in coded.of_themes.groupby("month")}
    counted = _by_theme(coded, "month")
    by_month = {month: _column(cohort, coded, counted, month) for month in months}
    rows = [
        TableRow("theme", typographic(theme.label),
                 tuple(cell for month in months for n, basis in [by_month[month][place]]
                       for cell in (Number(n, 0, basis), Number(n / units[month], 1, basis, "percent"))),
                 theme.id, "level")
        for place, theme in enumerate(coded.tree.themes)
    ]  # fmt: skip
    return [table_of(spec, "Thème", columns, rows, ["Un passage de deux thèmes compte dans chacun."])]


def coded_days(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a day of the window, one column a theme: its units."""
    return [] if cohort.coded is None or cohort.thread is None else [days_of_themes(spec, cohort, cohort.coded)]


def days_of_themes(spec: TableSpec | FigureSpec, cohort: Cohort, coded: CodedThread) -> Table:
    """The same as one table, which a figure may be drawn of."""
    counted = _by_theme(coded, "day")
    days = [*cohort.thread.by_day] if cohort.thread else []
    columns = [Column(theme.id, typographic(theme.label), "number") for theme in coded.tree.themes]
    rows = [
        TableRow("day", long_date(day), tuple(Number(n, 0, basis) for n, basis in _column(cohort, coded, counted, day)),
                 day.isoformat(), "level")
        for day in days
    ]  # fmt: skip
    return table_of(spec, "Jour", columns, rows, [])


def _by_theme(coded: CodedThread, column: str) -> Counter[tuple[str, object]]:
    return Counter(zip(coded.of_themes["theme"], coded.of_themes[column], strict=True))


def _column(
    cohort: Cohort, coded: CodedThread, counted: Counter[tuple[str, object]], when: object
) -> list[tuple[int, tuple[Key, ...]]]:
    cells = [(counted[theme.id, when], wrote(theme.id, str(when))) for theme in coded.tree.themes]
    bases = guarded(cells, cohort.members, cohort.plan.threshold)
    return [(n, basis) for (n, _), basis in zip(cells, bases, strict=True)]  # type: ignore[misc]


def coded_together(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a pair of themes: units that bear both, and how often one follows the other at once, either way."""
    coded, thread = cohort.coded, cohort.thread
    if coded is None or thread is None:
        return []
    themes = {unit: set(own) for unit, own in coded.of_themes.groupby("unit")["theme"]}
    order = [name for name in coded.units.index if name in themes]
    same = Counter(_key(pair) for own in themes.values() for pair in combinations(own, 2))
    minutes = coded.units["minute"]
    close = [(a, b) for a, b in pairwise(order) if minutes[b] - minutes[a] <= thread.rules.reply_minutes]
    after = Counter(_key(pair) for a, b in close for pair in product(themes[a], themes[b]))
    labels = {one.id: one.label for one in coded.tree.themes}
    pairs = sorted(combinations(labels, 2), key=lambda one: -(same[_key(one)] + after[_key(one)]))
    rows = [
        TableRow("pair", typographic(f"{labels[a]} + {labels[b]}"),
                 (Number(same[_key((a, b))], 0, (wrote(f"{a}+{b}"),)),
                  Number(after[_key((a, b))], 0, (wrote("code", a), wrote("code", b)))),
                 f"{a}-{b}", "level")
        for a, b in pairs if same[_key((a, b))] or after[_key((a, b))]
    ]  # fmt: skip
    columns = (Column("same", "Dans un même passage", "number"), Column("next", "L'un après l'autre", "number"))
    said = (
        f"L'un après l'autre : deux passages qui se suivent, à {plural(thread.rules.reply_minutes, 'minute')} au plus."
    )
    return [table_of(spec, "Thèmes", columns, rows, [said])]


def _key(pair: tuple[str, str]) -> tuple[str, str]:
    return min(pair), max(pair)


def table_of(
    spec: TableSpec | FigureSpec, head: str, columns: Sequence[Column], rows: Sequence[TableRow], notes: Sequence[str]
) -> Table:
    """A table of the coding, whose people are the members of the thread."""
    return Table(spec.id, spec.title, head, tuple(columns), tuple(rows), tuple(map(typographic, notes)),
                 added=spec.added, population=CHAT_MEMBERS)  # fmt: skip


def _family(show: str, build: Builder) -> Family:
    return Family(show, build, ReportHeading.CODING)


FAMILIES = (
    _family("coded_units", coded_units),
    _family("coded_months", coded_months),
    _family("coded_days", coded_days),
    _family("coded_together", coded_together),
)
