"""What coders made of the same units: how far they agree, what one of them never gave, whom a consensus followed."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.people.coded_members import wrote
from analysis.people.coded_thread import CodedThread
from analysis.people.cohort import Cohort
from analysis.people.counted import Basis
from analysis.plan.specification import FigureSpec, TableSpec
from analysis.statistics.coder_agreement import CoderAgreement, agreement_on, agreement_overall
from analysis.statistics.result import Result
from analysis.tables.cells import Cell, Interval, Number
from analysis.tables.coded_units import table_of
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import enumeration, long_date, number, plural, typographic
from surveys.coding.code_tree import CodeNode
from surveys.coding.consensus import Followed

OVERALL = "overall"


def coder_agreement(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a code that a coder gave to a unit coded twice, then all codes: units by coder, kappa, alpha."""
    coded = cohort.coded
    if coded is None or not coded.coded_twice:
        return []
    whole = agreement_overall(coded.given, coded.coded_twice)
    rows = [TableRow(OVERALL, "Tous les codes ensemble", _cells(whole, ()), OVERALL, "total")]
    rows += [TableRow("code", typographic(code.label), _cells(found, (wrote("code", code.id),)), code.id, "level")
             for code, found in _by_code(coded)]  # fmt: skip
    columns = [Column(f"units-{one}", f"Passages de {one}", "number") for one in coded.given]
    within = "IC à 95 %"
    if _two(coded):
        columns += [Column("kappa", "κ de Cohen", "number"), Column("kappa_ci", within, "interval")]
    columns += [Column("alpha", "α de Krippendorff", "number"), Column("alpha_ci", within, "interval")]
    return [table_of(spec, "Code", columns, rows, [*_said(coded)])]


def _two(coded: CodedThread) -> bool:
    return len(coded.given) == 2


def _by_code(coded: CodedThread) -> Iterator[tuple[CodeNode, CoderAgreement]]:
    """Each code given itself to a unit coded twice; a code that only gathers others is not looked at."""
    for _, code in coded.tree.walk():
        found = None if code.grouping else agreement_on([code.id], coded.given, coded.coded_twice)
        if found is not None and any(found.used):
            yield code, found


def _cells(found: CoderAgreement, basis: Basis) -> tuple[Cell, ...]:
    both = [found.kappa, found.alpha] if found.kappa else [found.alpha]
    figures = [cell for one in both for cell in _estimate(one, basis)]
    return (*(Number(n, 0, basis) for n in found.used), *figures)


def _estimate(found: Result, basis: Basis) -> tuple[Cell, Cell]:
    return Number(found.estimate, 2, basis), Interval(found.ci_low, found.ci_high, 2, basis)


def _said(coded: CodedThread) -> Iterator[str]:
    yield (
        f"Sur les {plural(len(coded.coded_twice), 'passage codé', 'passages codés')} par deux personnes au moins. Un "
        "code : le passage le porte, ou non. Tous ensemble : les deux ont donné les mêmes codes."
    )
    yield (
        "κ : écart-type pour grands échantillons (Fleiss, Cohen et Everitt, 1969), borné à −1 et 1 ; α nominal : "
        "2 000 rééchantillonnages des passages. — : une seule réponse a servi, rien ne se mesure."
    )
    for coder, (shown, taken) in coded.suggested.items():
        if shown:
            said = plural(shown, "code suggéré", "codes suggérés")
            yield f"{coder} s'est vu montrer, après avoir décidé, {said} par les mots de ses passages ; {taken} donnés."
    for coder, codes in never_given(coded):
        yield f"{coder} n'a jamais donné : {enumeration([one.label for one in codes])}, qu'un autre a donné."


def never_given(coded: CodedThread) -> Iterator[tuple[str, tuple[CodeNode, ...]]]:
    """For each coder, the codes that another gave and they never did, among the units coded twice."""
    found = [*_by_code(coded)]
    for place, coder in enumerate(coded.given):
        codes = tuple(code for code, one in found if not one.used[place])
        if codes:
            yield coder, codes


def coder_consensus(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a coder, then neither of them: how many units of the consensus round followed them."""
    coded = cohort.coded
    if coded is None or coded.agreed.empty:
        return []
    followed = coded.agreed["followed"].value_counts()
    known = [*coded.given, *(one for one in sorted(followed.index) if one not in (*coded.given, *Followed))]
    labels = {one: f"L'avis de {one.replace(';', ' et ')}" for one in known}
    labels |= {Followed.ALL: "L'avis de tous", Followed.NONE: "Un autre code"}
    rows = [
        TableRow("followed", label, (Number(n, 0), Number(n / len(coded.agreed), 1, (), "percent")), name, "level")
        for name, label in labels.items()
        if (n := int(followed.get(name, 0)))
    ]
    columns = (Column("units", "Passages", "number"), Column("share", "Part", "percent"))
    said = f"{plural(len(coded.agreed), 'passage')} lus autrement par les codeurs, relus ensemble."
    return [table_of(spec, "A été suivi", columns, rows, [said])]


def code_saturation(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a day with a coded unit: codes given for the first time, and how many have been by then."""
    return [] if cohort.coded is None else [saturation_table(spec, cohort.coded)]


def saturation_table(spec: TableSpec | FigureSpec, coded: CodedThread) -> Table:
    """The same as one table, which a figure may be drawn of."""
    first = coded.passages.groupby("code")["day"].min()
    known, rows = 0, []
    for day in sorted(set(coded.passages["day"])):
        new = int((first == day).sum())
        known += new
        rows.append(TableRow("day", long_date(day), (Number(new, 0), Number(known, 0)), day.isoformat(), "level"))
    columns = (Column("new", "Codes nouveaux", "number"), Column("known", "Codes connus", "number"))
    said = []
    if rows:
        last = first.max()
        said = [f"Le dernier code nouveau vient le {long_date(last)} ; {number(known)} ont servi en tout."]
    return table_of(spec, "Jour", columns, rows, said)


FAMILIES = (
    Family("coder_agreement", coder_agreement, ReportHeading.CODING),
    Family("coder_consensus", coder_consensus, ReportHeading.CODING),
    Family("code_saturation", code_saturation, ReportHeading.CODING),
)
