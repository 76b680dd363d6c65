"""Random studies go through the real command, and each page that it lets out is kept, as git and readers keep it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.attack.asked import yaml_of
from bench.attack.attacker import Page, read_page
from bench.attack.invented import THRESHOLD, InventedStudy, older_plan
from bench.attack.referee import Referee, referee
from bench.attack.writing_studies import LATER, later, write_answers, write_study

HOUSE = Path(__file__).resolve().parents[2]
REASON = "Des réponses ont été revues."


@dataclass(frozen=True, slots=True)
class Release:
    """A page that came out, the folder of its files, and who knows the truth about it."""

    study: str
    how: str
    folder: Path
    page: Page
    referee: Referee


class Publisher:
    """A repository of studies, and the code that reports on them: this one, or an older tree."""

    def __init__(self, root: Path, code: Path | None = None) -> None:
        self.root, self.code = root, code or HOUSE
        self.older = "outcome" not in (self.code / "analysis/schemas/plan.schema.json").read_text(encoding="utf-8")
        self.studies: dict[str, InventedStudy] = {}
        self.releases: dict[str, list[Release]] = {}

    def first(self, studies: Sequence[InventedStudy]) -> None:
        """Write them, report on all, keep what came out."""
        for one in studies:
            drawn = older_plan(one) if self.older else one
            self.studies[one.name] = drawn
            write_study(self.root, drawn)
        self._report([])
        for name in self.studies:
            self._keep(name, "first")

    def then(self) -> None:
        """Every study a day later; what is refused leaves the page as it was."""
        for name, one in self.studies.items():
            write_answers(self.root, later(one, self.step(name), one.seed))
        self._report(["--stale", "--correct", REASON])
        for name in self.studies:
            self._keep(name, self.step(name))

    def step(self, name: str) -> str:
        """What happens to a study after its first page."""
        return LATER[self.studies[name].seed % len(LATER)]

    def _report(self, words: Sequence[str]) -> None:
        environment = {**os.environ, "PYTHONPATH": str(self.code), "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "divan", "--root", str(self.root), "report", *words]
        done = subprocess.run(command, env=environment, cwd=self.root, capture_output=True, text=True, check=False)
        if "Traceback" in done.stderr:
            raise RuntimeError(done.stderr[-2000:])

    def _keep(self, name: str, how: str) -> bool:
        """Keep a copy of the page when it is another than the last; True when it is."""
        published, known = self.root / "content" / "results" / name, self.releases.setdefault(name, [])
        if not (published / "report.json").is_file():
            return False
        if known and _figures(published) == _figures(known[-1].folder):
            return False
        folder = self.root / "kept" / name / str(len(known))
        shutil.copytree(published, folder)
        study = self.root / "surveys" / name
        page = read_page(study, folder)
        if page is not None:
            known.append(Release(name, how, folder, page, referee(study, page.asked)))
        return page is not None


def pages_of(root: Path) -> Iterator[Release]:
    """The pages of a repository as they stand, of studies that keep small counts and have all their answers there."""
    for published in sorted((root / "content" / "results").iterdir()):
        study = root / "surveys" / published.name
        answered = (published / "report.json").is_file() and all(
            (study / "responses" / f"{wave}.csv").is_file() for wave in _waves(study)
        )
        page = read_page(study, published) if answered else None
        if page is not None and page.asked.plan.get("threshold", THRESHOLD) > 1:
            yield Release(published.name, "site", published, page, referee(study, page.asked))


def _waves(study: Path) -> list[str]:
    return [one["id"] for one in yaml_of(study / "study.yaml")["waves"]]


def _figures(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}
