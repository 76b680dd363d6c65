"""The survey: as many faults in each part of the house, drawn among all that its syntax allows.

    python -m bench.mutants [--each 25] [--seed 1] [--only plugins] [--named] [--covered FILE]

A comparison turned round, a number moved, an « and » for an « or », a condition denied, a call left out. All happens in
a copy. Each fault meets the tests that run its line, until one notices; that one must then pass on sound code, or it is
set aside: what fails already would notice everything. A fault that none notices is printed. Named faults come first,
unless ``--only``.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from bench.mutants.covering import Covering, covered
from bench.mutants.faults import Fault, Place, fault_at, places
from bench.mutants.named import NAMED
from bench.mutants.trying import FAILED, PASSED, STOPPED, Trying

HOUSE = Path(__file__).resolve().parents[2]
PARTS = {
    "plugins": "plugins", "forum": "divan/forum", "privacy": "divan/privacy", "collector": "divan/collector",
    "disclosure": "analysis/disclosure", "builder": "divan/builder", "desk": "divan/desk",
}  # fmt: skip
LEFT_OUT = ("divan/privacy/training/",)  # runs once for each new model; its result is data, which tests hold
WANTED = 0.85
ENOUGH = 40  # seconds of the processor for one fault
WHOLE = 3600


@dataclass
class Survey:
    """Faults tried in ``copy``, one after another."""

    copy: Path
    trying: Trying
    _writes: int = field(default=0)
    _passing: set[str] = field(default_factory=set)
    _failing: set[str] = field(default_factory=set)

    def notices(self, fault: Fault, tests: list[str]) -> bool:
        """Whether one of ``tests`` fails on ``fault``, and on it alone."""
        noticed = self._notices(fault, [test for test in tests if test not in self._failing])
        print(f"{'vue  ' if noticed else 'PASSE'} {fault.path}:{fault.lines[-1]}: {fault.what}", flush=True)
        return noticed

    def _notices(self, fault: Fault, tests: list[str]) -> bool:
        file = self.copy / fault.path
        sound = file.read_text(encoding="utf-8")
        self._write(file, fault.text)
        end, by = self.trying.run(tests, ENOUGH) if tests else (PASSED, "")
        self._write(file, sound)
        if end == STOPPED:  # ce qui ne finit plus a été vu, sauf si ces tests sont longs même sur du code sain
            return self.trying.run(tests, ENOUGH)[0] == PASSED
        if end == PASSED or not by or self._passes_on_sound_code(by):  # sans test nommé, rien n'a pu se charger
            return end == FAILED and (bool(by) or self.trying.run(tests, WHOLE)[0] == PASSED)
        print(f"échoue même sur du code sain, mis de côté : {by}", flush=True)
        self._failing.add(by.partition("[")[0])
        return self._notices(fault, [test for test in tests if test != by.partition("[")[0]])

    def _passes_on_sound_code(self, test: str) -> bool:
        if test not in self._passing and self.trying.run([test], WHOLE)[0] == PASSED:
            self._passing.add(test)
        return test in self._passing

    def _write(self, file: Path, text: str) -> None:
        """A module changed twice within a second must not pass for the older: each gets a time of its own."""
        file.write_text(text, encoding="utf-8")
        self._writes += 1
        os.utime(file, (1_500_000_000 + self._writes,) * 2)


def main() -> int:
    """Run the survey; 1 when a named fault passes, or fewer than 85 in 100 are noticed."""
    words = _words()
    with tempfile.TemporaryDirectory(prefix="mutants-") as place:
        copy = _copied(Path(place) / "house")
        drawn = {} if words.named else _drawn(copy, words)
        covering = Covering(copy, words.covered or covered(copy)) if drawn else None
        survey = Survey(copy, Trying(copy))
        named = [] if words.only else _named(copy)
        passed = [one for one in named if not survey.notices(*one)]
        figures = {}
        for part, found in drawn.items():
            faults = [
                (fault, covering.tests(fault.path, fault.lines)) for fault in (fault_at(copy, one) for one in found)
            ]
            figures[part] = [survey.notices(*one) for one in faults]
        survey.trying.close()
    for part, noticed in figures.items():
        print(f"{part:12} {sum(noticed):4} / {len(noticed):<4} {sum(noticed) / len(noticed):6.0%}")
    every = [one for noticed in figures.values() for one in noticed]
    return 1 if passed or sum(every) < WANTED * len(every) else 0


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench.mutants", description="Des fautes semées, et les tests qui les voient."
    )
    parser.add_argument("--each", type=int, default=25, metavar="N", help="fautes par partie de la maison")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", choices=PARTS, help="cette partie seulement")
    parser.add_argument("--named", action="store_true", help="les fautes nommées seulement")
    parser.add_argument("--covered", type=Path, metavar="FICHIER", help="ce que coverage a déjà relevé, test par test")
    return parser.parse_args()


def _copied(copy: Path) -> Path:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HOUSE / name, copy / name)
    return copy


def _drawn(copy: Path, words: argparse.Namespace) -> dict[str, list[Place]]:
    found = {name: places(copy, code, LEFT_OUT) for name, code in PARTS.items() if words.only in ("", name)}
    return {name: random.Random(words.seed).sample(some, min(words.each, len(some))) for name, some in found.items()}


def _named(copy: Path) -> list[tuple[Fault, list[str]]]:
    faults = []
    for path, standing, put, test in NAMED:
        text = (copy / path).read_text(encoding="utf-8")
        if standing not in text:
            sys.exit(f"{path} : « {standing} » n'y est plus ; mettez bench/mutants/named.py à jour")
        line = text[: text.index(standing)].count("\n") + 1
        what = f"{standing} -> {put}"
        faults.append((Fault(path, range(line, line + 1), what, text.replace(standing, put)), [test]))
    return faults


if __name__ == "__main__":
    sys.exit(main())
