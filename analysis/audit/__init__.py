"""The audit of a publication: its figures against ours, and the slips that its figures show by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from analysis.audit.counts_slips import counts_slips
from analysis.audit.in_words import in_words
from analysis.audit.model_slips import model_slips
from analysis.audit.printed import Printed, load_printed
from analysis.audit.quartile_slips import quartile_slips
from analysis.audit.reconciliation import VERDICTS, Compared, reconcile
from analysis.audit.slip import KINDS, Slip
from analysis.audit.swapped import swapped_slips
from analysis.audit.values_slips import values_slips
from analysis.people.cohort import Cohort
from analysis.tables.cells import Text
from analysis.tables.table import Column, Table, TableRow

__all__ = ["KINDS", "VERDICTS", "Audit", "Compared", "Slip", "audit", "find_slips"]


@dataclass(frozen=True, slots=True)
class Audit:
    """``compared``: each printed figure with its verdict; ``slips``: what cannot be so, whatever the answers."""

    source: str
    compared: tuple[Compared, ...]
    slips: tuple[Slip, ...]
    labels: Mapping[Compared, str]

    @property
    def table(self) -> Table:
        """The reconciliation as a table of the report."""
        columns = (Column("printed", "Imprimé", "text"), Column("recomputed", "Recalculé", "text"),
                   Column("verdict", "Verdict", "text"))  # fmt: skip
        rows = tuple(
            TableRow(
                one.row,
                self.labels[one],
                (Text(one.printed), Text(one.recomputed), Text(VERDICTS[one.verdict])),
                one.level or one.statistic,
            )
            for one in self.compared
        )
        return Table("reconciliation", "Chiffres imprimés et chiffres recalculés", "Chiffre", columns, rows)


def audit(cohort: Cohort, tables: Iterable[Table]) -> Audit | None:
    """The audit of the publication that the plan names, or None."""
    plan, study = cohort.plan, cohort.study
    if not plan.printed:
        return None
    printed, known = load_printed(plan, study), tuple(tables)
    compared = tuple(reconcile(printed, known))
    return Audit(printed.source, compared, tuple(find_slips(printed)), in_words(compared, cohort, known))


def find_slips(printed: Printed) -> list[Slip]:
    """Every slip, found from the printed figures alone, in the order of KINDS."""
    rules = (swapped_slips, counts_slips, values_slips, quartile_slips, model_slips)
    found = dict.fromkeys(chain.from_iterable(rule(printed) for rule in rules))
    return sorted(found, key=lambda one: list(KINDS).index(one.kind))
