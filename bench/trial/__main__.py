"""Three public surveys, from raw files to pages, each test held to R's: ``python -m bench.trial FOLDER``.

docs/trial.md tells the trial.

FOLDER holds comma-survey.csv, flying-etiquette.csv and StarWars.csv of FiveThirtyEight, as published (CC BY 4.0).
R reads the same raw files (``raw.R``) and knows nothing of ours.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.report.building import RESULTS, build_report
from surveys.importing import import_wave

HERE = Path(__file__).parent
RAW = {"comma": "comma-survey.csv", "flying": "flying-etiquette.csv", "star-wars": "StarWars.csv"}
TOLERANCE = 1e-7
Name = tuple[str, str, str, str, str]


def divan_figures(root: Path, folder: Path) -> Iterator[tuple[Name, float]]:
    """Import each raw file, make its report, and yield every figure of its tests."""
    for study, raw in RAW.items():
        shutil.copytree(HERE / study, root / "surveys" / study)
        import_wave(root, study, "survey", folder / raw)
        build_report(root, study)
        report = json.loads((root / RESULTS / study / "report.json").read_text(encoding="utf-8"))
        places: dict[str, int] = {}
        for test in report["tests"]:
            yield from _figures(study, test, places)


def _figures(study: str, test: dict[str, Any], places: dict[str, int]) -> Iterator[tuple[Name, float]]:
    detail, kind, row = test["detail"], test["test"], test["row"]
    found = {"statistic": test["statistic"], "p_value": test["p_value"], **detail}
    if detail.get("part") == "term":
        found = {"F": test["statistic"], "p_term": test["p_value"]}
    elif detail.get("part") == "coefficient":  # R names them otherwise: by their place
        kind, row = "coefficient", str(places.get(test["table"] + study, 0))
        places[test["table"] + study] = int(row) + 1
    for name, value in found.items():
        if isinstance(value, int | float):
            yield (study, test["table"], row, kind, name), float(value)


def r_figures(folder: Path) -> Iterator[tuple[Name, float]]:
    """Every figure that R finds in the raw files."""
    made = subprocess.run(["Rscript", str(HERE / "raw.R"), str(folder)], capture_output=True, text=True, check=True)
    places: dict[str, dict[str, int]] = {}
    for study, table, row, test, name, value in csv.reader(made.stdout.splitlines()):
        if test == "coefficient":
            known = places.setdefault(study + table, {})
            row = str(known.setdefault(row, len(known)))
        yield (study, table, row, test, name), float(value)


def _gap(ours: float | None, theirs: float) -> float:
    if ours is None:
        return float("inf")
    return 0.0 if ours == theirs else abs(ours - theirs) / max(abs(theirs), 1e-300)


def main() -> int:
    """Compare, figure by figure; 1 when one differs."""
    parser = argparse.ArgumentParser(prog="python -m bench.trial", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the three raw files are")
    folder = parser.parse_args().folder.resolve()
    with tempfile.TemporaryDirectory() as root:
        ours = dict(divan_figures(Path(root), folder))
    theirs = dict(r_figures(folder))
    gaps = {name: _gap(ours.get(name), value) for name, value in theirs.items()}
    for study in RAW:
        own = [name for name in theirs if name[0] == study]
        worst = max(gaps[name] for name in own)
        print(f"{study} : {len({name[:4] for name in own})} tests, {len(own)} chiffres, plus grand écart {worst:.1e}")
    wrong = {name: gap for name, gap in gaps.items() if gap > TOLERANCE}
    for name, gap in wrong.items():
        print("  ", *name, f"{gap:.1e}", ours.get(name))
    print(f"{len({name[:4] for name in theirs})} tests comparés, {len(wrong)} chiffre(s) en désaccord")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
