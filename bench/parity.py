"""Compare every statistic with R's figures: `python -m bench.parity` writes docs/parity.md.

R's figures are committed (tests/analysis/r/parity.json, made by parity.R beside it); this needs no R.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.parity_figures import figures_of

ROOT = Path(__file__).resolve().parents[1]
R_FOLDER = ROOT / "tests" / "analysis" / "r"
TOLERANCE = 1e-7
ROUNDING = 1e-14

# Where the two differ on purpose, and why (statistic, what R does, what is done here).
REASONS = {
    "holm": "calculé sur les p des tests de Wilcoxon appariés des items 2, 3 et 4 contre l'item 1",
    "mcnemar": "R donne NaN dès que deux niveaux n'ont échangé personne ; cette paire est ici écartée avec son degré "
    "de liberté, et le script R fait de même (il vérifie mcnemar.test quand aucune paire n'est vide)",
    "marginal_homogeneity": "pas de fonction dans R de base : la formule, écrite séparément dans le script",
    "cronbach_alpha": "pas de fonction dans R de base : la formule et l'intervalle de Feldt, écrits dans le script",
    "cohen_kappa": "pas de fonction dans R de base : la formule, écrite case par case dans le script",
    "fisher_exact": "au-delà de 2 × 2, FEXACT réunit des chemins dont les probabilités diffèrent d'un rien",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure on one data set; ``difference`` is relative, None when neither side can compute it."""

    data_set: str
    statistic: str
    figure: str
    expected: float | None
    found: float | None
    difference: float | None


def read_r() -> tuple[dict[str, str], dict[str, dict[str, dict[str, Any]]]]:
    """Versions of R and of its packages, and its figures: data set, statistic, figure."""
    loaded = json.loads((R_FOLDER / "parity.json").read_text(encoding="utf-8"))
    return loaded["software"], loaded["figures"]


def read_columns(data_set: str) -> dict[str, list[str | None]]:
    """A data set by column; an empty cell is None."""
    with (R_FOLDER / "data" / f"{data_set}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: [row[name] or None for row in rows] for name in rows[0]}


def compare_all() -> Iterator[Compared]:
    """Every figure that R or we give on every data set."""
    for data_set, expected in read_r()[1].items():
        found = figures_of(read_columns(data_set))
        for statistic, figures in expected.items():
            ours = dict(_flat(found[statistic]))
            theirs = dict(_flat(figures))
            if not ours and "p_value" not in theirs:
                continue  # R has degrees of freedom, but no p-value either
            for figure in sorted(theirs.keys() | ours.keys()):
                a, b = theirs.get(figure), ours.get(figure)
                yield Compared(data_set, statistic, figure, a, b, relative_difference(a, b, _nothing(figure)))


def relative_difference(expected: float | None, found: float | None, nothing: float = 0.0) -> float | None:
    """|found - expected| / |expected|; None when both are missing, infinity when one is; 0 below ``nothing``."""
    if expected is None or found is None:
        return None if expected is found else math.inf
    if expected == found or max(abs(expected), abs(found)) < nothing:
        return 0.0
    return abs(found - expected) / abs(expected) if expected and math.isfinite(expected) else math.inf


def _nothing(figure: str) -> float:
    """A p-value is compared however small; a sum or a slope of 1e-15 is the rounding of a zero."""
    return 0.0 if figure in ("p_value", "breusch_pagan_p", "residual_p", "first", "second", "third") else ROUNDING


def _flat(figures: Any) -> Iterator[tuple[str, float | None]]:
    """Figures one by one: lists are numbered, R's errors and names left out, "Inf" is infinity."""
    for name, value in figures.items():
        if name in ("error", "aliased"):
            continue
        for place, one in enumerate(value if isinstance(value, list | tuple) else [value]):
            key = f"{name}[{place}]" if isinstance(value, list | tuple) else name
            if one is not None and one != {}:
                yield key, float(one)


def table(compared: Iterable[Compared]) -> str:
    """The Markdown table of docs/parity.md, one line a statistic."""
    by_statistic: dict[str, list[Compared]] = {}
    for one in compared:
        by_statistic.setdefault(one.statistic, []).append(one)
    lines = ["| statistique | jeux de données | chiffres comparés | plus grand écart relatif | remarque |",
             "| --- | ---: | ---: | ---: | --- |"]  # fmt: skip
    for statistic, several in sorted(by_statistic.items()):
        known = [one for one in several if one.difference is not None]
        worst = max((one.difference or 0.0 for one in known), default=0.0)
        sets = len({one.data_set for one in known})
        remark = REASONS.get(statistic, "")
        lines.append(f"| `{statistic}` | {sets} | {len(known)} | {worst:.1e} | {remark} |".replace("0.0e+00", "0"))
    return "\n".join(lines)


def main() -> None:
    """Write docs/parity.md."""
    software, figures = read_r()
    compared = list(compare_all())
    worst = max(one.difference or 0.0 for one in compared)
    (ROOT / "docs" / "parity.md").write_text(
        _PAGE.format(
            versions=", ".join(f"{name} {version}" for name, version in software.items()),
            sets=len(figures),
            figures=sum(one.difference is not None for one in compared),
            worst=f"{worst:.1e}",
            table=table(compared),
        ),
        encoding="utf-8",
    )
    print(f"docs/parity.md : {len(compared)} chiffres, plus grand écart relatif {worst:.1e}")


_PAGE = """"""

if __name__ == "__main__":
    main()
