"""What a reader still has at the usual threshold: how many tests and tables of three public surveys come out.

``python -m bench.trial.utility DOSSIER``, the folder that holds the three raw files, as for ``python -m bench.trial``.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from analysis.disclosure import WITHHELD
from analysis.report.building import compute_report
from analysis.report.publication import Publication
from analysis.tables.cells import Number
from bench.trial.__main__ import HERE, RAW
from surveys.importing import import_wave
from surveys.study import load_study

K = 5
TESTS, TABLES = 0.9, 0.95
SHOWN = "entraide-2025"


@dataclass(frozen=True, slots=True)
class Kept:
    """How many tests and tables come out, of how many."""

    tests: int
    of_tests: int
    tables: int
    of_tables: int

    def __add__(self, other: Kept) -> Kept:
        return Kept(self.tests + other.tests, self.of_tests + other.of_tests,
                    self.tables + other.tables, self.of_tables + other.of_tables)  # fmt: skip

    @property
    def enough(self) -> bool:
        """Whether both shares are those wanted."""
        return self.tests >= TESTS * self.of_tests and self.tables >= TABLES * self.of_tables

    def __str__(self) -> str:
        return f"{self.tests} tests sur {self.of_tests}, {self.tables} tableaux sur {self.of_tables}"


def kept(publication: Publication) -> Kept:
    """Tests that have a result in the exact edition, tables that have a row: how many of them everybody has too."""
    exact = [test for table in publication.exact for test in table.tests if test.result.p_value is not None]
    told = [*publication.tables, *(figure.table for figure in publication.figures)]
    gone = [test for table in told for test in table.tests if test.result.undefined == WITHHELD]
    rows = {table.id for table in told if table.rows}
    wanted = [table.id for table in publication.exact if table.rows]
    return Kept(max(0, len(exact) - len(gone)), len(exact), sum(name in rows for name in wanted), len(wanted))


def strict(root: Path, study: str, folder: Path) -> Publication:
    """The report of a public survey, its plan under the usual threshold."""
    place = root / "surveys" / study
    shutil.copytree(HERE / study, place)
    plan = (place / "plan.yaml").read_text(encoding="utf-8").replace("threshold: 1\n", f"threshold: {K}\n")
    (place / "plan.yaml").write_text(re.sub(r"threshold_reason:.*\n", "", plan), encoding="utf-8")
    import_wave(root, study, "survey", folder / RAW[study])
    return compute_report(root, study)


def figures_of(publication: Publication) -> dict[str, bool]:
    """Of a study before and after: whether its primary result, every mean of a question, and who answered come out."""
    change, means = publication.table("composite_change"), publication.table("item_means")
    who, composite = publication.table("characteristics"), publication.cohort.plan.composite
    if change is None or means is None or who is None or composite is None:
        return {"ses tableaux": False}
    primary = [change.cell(composite.id, level, "change") for level in ("mean", "p_signed_rank")]
    each = [means.cell(item, "", column) for item, _ in composite.items for column in ("before", "after", "change")]
    asked = {row.id for row in next(one for one in publication.exact if one.id == who.id).rows}
    return {
        "le critère principal": all(isinstance(cell, Number) and cell.value is not None for cell in primary),
        "les moyennes des questions": all(isinstance(cell, Number) and cell.value is not None for cell in each),
        "les caractéristiques": asked == {row.id for row in who.rows},
    }


def main() -> int:
    """Print each share; 1 when one is too small."""
    parser = argparse.ArgumentParser(prog="python -m bench.trial.utility", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the three raw files are")
    folder = parser.parse_args().folder.resolve()
    whole = Kept(0, 0, 0, 0)
    with tempfile.TemporaryDirectory() as root:
        for study in RAW:
            own = kept(strict(Path(root), study, folder))
            print(f"{study} : {own}")
            whole += own
        study = load_study(Path.cwd() / "surveys" / SHOWN)
        shutil.copytree(study.folder, Path(root) / "surveys" / SHOWN)
        shown = compute_report(Path(root), SHOWN)
    shares = f"{100 * whole.tests / whole.of_tests:.0f} % et {100 * whole.tables / whole.of_tables:.0f} %"
    print(f"les trois, k = {K} : {whole} ({shares})")
    print(f"{SHOWN} : {kept(shown)}")
    found = figures_of(shown)
    for name, there in found.items():
        print(f"   {name} : {'oui' if there else 'NON'}")
    return 0 if whole.enough and all(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
