"""The words of a thread: the most frequent, and those that are typical of its first days or of the rest."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.people.chat_members import CHAT_MEMBERS
from analysis.people.cohort import Cohort
from analysis.people.thread_words import FIRST, REST, thread_words
from analysis.plan.specification import FigureSpec, TableSpec
from analysis.statistics.keyness import keyness
from analysis.tables.cells import Number
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import number, plural, typographic

FEWEST = 5  # times that a word must come to be shown
_SHOWN, _TYPICAL = 50, 15
_CRITICAL = 10.83  # G² at p = 0.001, 1 degree of freedom
AS_WRITTEN = "Mots tels qu'ils sont écrits, sans lemmes : « masque » et « masques » comptent à part."


def chat_words(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a word, the most frequent first: times, and times in a thousand words."""
    return [] if cohort.thread is None else [words_table(spec, cohort, _SHOWN)]


def words_table(spec: TableSpec | FigureSpec, cohort: Cohort, most: int) -> Table:
    """The same as one table, which a figure may be drawn of."""
    words = thread_words(cohort.study)
    total = int(words["times"].sum())
    kept = _may_be_shown(words, cohort)[:most]
    rows = [
        TableRow("word", word, (Number(int(n), 0), Number(1000 * n / total, 1)), word, "level")
        for word, n in zip(kept["word"], kept["times"], strict=True)
    ]
    columns = (Column("times", "Fois", "number"), Column("rate", "Pour 1 000 mots", "number"))
    return _table(spec, columns, rows, (AS_WRITTEN, _left_out(cohort, total)))


def chat_keyness(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a word typical of the first days, then of the rest: rates, G², p, log ratio."""
    if cohort.thread is None or cohort.study.chat is None:
        return []
    words = thread_words(cohort.study)
    totals = int(words[FIRST].sum()), int(words[REST].sum())
    kept = _may_be_shown(words, cohort)
    found = [(word, int(a), int(b), keyness(int(a), int(b), *totals))
             for word, a, b in zip(kept["word"], kept[FIRST], kept[REST], strict=True)]  # fmt: skip
    typical = [one for one in found if one[3].statistic is not None and one[3].statistic >= _CRITICAL]
    typical.sort(key=lambda one: (-(one[3].statistic or 0), one[0]))
    early = [one for one in typical if (one[3].estimate or 0) > 0][:_TYPICAL]
    late = [one for one in typical if (one[3].estimate or 0) < 0][:_TYPICAL]
    rows = [
        TableRow("word", word, (Number(a, 0), Number(1000 * a / totals[0], 1), Number(b, 0),
                                Number(1000 * b / totals[1], 1), Number(result.statistic, 1),
                                Number(result.p_value, form="p"), Number(result.estimate, 2)), word, "level")
        for word, a, b, result in (*early, *late)
    ]  # fmt: skip
    days = plural(cohort.study.chat.first_days, "premier jour", "premiers jours")
    columns = (
        Column("first", f"Les {days}", "number"), Column("first_rate", "Pour 1 000", "number"),
        Column("rest", "La suite", "number"), Column("rest_rate", "Pour 1 000", "number"),
        Column("g2", "G²", "number"), Column("p", "p", "p"), Column("log_ratio", "Log ratio", "number"),
    )  # fmt: skip
    said = (
        f"G² : rapport de vraisemblance (Dunning, 1993) ; les mots qui passent {number(_CRITICAL, 2)} (p < 0,001), sur "
        f"{len(found)} comparés. Log ratio (Hardie, 2014) : 1, deux fois plus fréquent au début ; −1, deux fois moins."
    )
    table = _table(spec, columns, rows, (said, AS_WRITTEN, _left_out(cohort, sum(totals))))
    return [replace(table, empty="Aucun mot n'est typique d'une des deux périodes.")]


def _may_be_shown(words: pd.DataFrame, cohort: Cohort) -> pd.DataFrame:
    """Words that come often enough, and that enough members wrote for none to be known by it."""
    return words[(words["times"] >= FEWEST) & (words["members"] >= max(cohort.plan.threshold, 1))]


def _left_out(cohort: Cohort, total: int) -> str:
    few = max(cohort.plan.threshold, 1)
    by = f" ou écrits par moins de {few} membres" if few > 1 else ""
    kept = f"sans les mots venus moins de {FEWEST} fois{by}"
    return f"Sur {plural(total, 'mot')}, mots grammaticaux et « XXX » ôtés ; {kept}."


def _table(
    spec: TableSpec | FigureSpec, columns: tuple[Column, ...], rows: list[TableRow], notes: tuple[str, ...]
) -> Table:
    return Table(spec.id, spec.title, "Mot", columns, tuple(rows), tuple(map(typographic, notes)), added=spec.added,
                 population=CHAT_MEMBERS)  # fmt: skip


FAMILIES = (
    Family("chat_words", chat_words, ReportHeading.WORDS),
    Family("chat_keyness", chat_keyness, ReportHeading.WORDS),
)
