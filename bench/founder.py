"""A founder's afternoon, played by a machine: ``python -m bench.founder`` installs Divan and begins two groups.

In an empty folder with an environment of its own: install, ``divan init`` for 40/64 and for a Belgian group of another
trade, check, build, a first thread, a first study, an upgrade. What counts: seconds, by the clock and of processor
(another machine's neighbours do not count there), and files edited by hand before the first build (none).
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parent.parent
GROUPS = {
    "landes": ("--name", "Entraide du Sud", "--trade", "médecins", "--territory", "Landes et Pyrénées-Atlantiques",
               "--places", "40,64",
               "--contact", "moderation@forum.example"),
    "ardenne": ("--name", "L'Écoute", "--trade", "sages-femmes", "--country", "be", "--territory", "Ardenne",
                "--places", "WLX,WNA", "--contact", "moderation@forum.example", "--forge", "gitlab",
                "--repository", "https://gitlab.example/ecoute/forum"),
}  # fmt: skip
EXPORT = """Horodateur,Comment exercez-vous ?,Ce qui vous aide
26/03/2026 20:03:10,Seul(e),Le secrétariat
27/03/2026 20:03:10,En groupe,Les collègues
28/03/2026 20:03:10,Seul(e),Le secrétariat
29/03/2026 20:03:10,En groupe,Les collègues
"""


@dataclass
class Spent:
    """Seconds that a step has taken so far, for all groups."""

    clock: float = 0.0
    processor: float = 0.0


@contextmanager
def timed(what: str, times: dict[str, Spent]) -> Iterator[None]:
    """Add the seconds that this takes."""
    started, before = time.perf_counter(), _processor()
    yield
    spent = times.setdefault(what, Spent())
    spent.clock += time.perf_counter() - started
    spent.processor += _processor() - before
    print(f"{what:<28} {spent.clock:6.1f} s, {spent.processor:6.1f} s de processeur", flush=True)


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def play(folder: Path) -> dict[str, Spent]:
    """Do all of it in ``folder``; the seconds of each step. Raises when a step refuses."""
    times: dict[str, Spent] = {}
    places = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def run(*words: str, at: Path = folder) -> None:
        subprocess.run(words, cwd=at, check=True, env=places, stdout=subprocess.DEVNULL)

    with timed("faire la roue", times):
        run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder / "wheel"), str(HOUSE))
    (wheel,) = (folder / "wheel").glob("*.whl")
    engine = f"divan[site,report,collector] @ {wheel.as_uri()}"
    with timed("environnement et pip", times):
        venv.create(folder / "own", with_pip=True)
        run(str(folder / "own/bin/pip"), "install", "-q", engine)
    divan = str(folder / "own/bin/divan")
    for name, said in GROUPS.items():
        group = folder / name
        with timed("divan init", times):
            run(divan, "init", str(group), *said, "--engine", engine)
        with timed("check et build", times):
            run(divan, "check", at=group)
            run(divan, "build", at=group)
        with timed("premier fil", times):
            run(divan, "new", "topic", "--title", "Qui remplace en août ?", "--area", "soutien", at=group)
            (post,) = set((group / "content/topics").rglob("*.md")) - {*_first(group)}
            text = post.read_text(encoding="utf-8").replace('author: ""', "author: merle")
            post.write_text(f"{text.replace('hashtags: []', 'hashtags: [organisation]')}Deux semaines.\n", "utf-8")
            run(divan, "check", at=group)
            run(divan, "build", at=group)
        with timed("première étude", times):
            (group / "export.csv").write_text(EXPORT, encoding="utf-8")
            run(divan, "draft", "exercer", "only", "export.csv", at=group)
            run(divan, "import", "exercer", "only", "export.csv", at=group)
            run(divan, "check", at=group)
        with timed("mise à jour", times):
            run(str(folder / "own/bin/pip"), "install", "-q", "--force-reinstall", "--no-deps", engine)
            run(divan, "upgrade", "--engine", engine, at=group)
            run(divan, "check", at=group)
            run(divan, "build", at=group)
    return times


def _first(group: Path) -> list[Path]:
    """The thread that every new group has."""
    return [post for post in (group / "content/topics").rglob("*.md") if "Bienvenue" in post.read_text("utf-8")]


def main() -> int:
    """Play it in a temporary folder, and say what it took."""
    with tempfile.TemporaryDirectory(prefix="divan-fondation-") as folder:
        times = play(Path(folder))
    clock, processor = (sum(getattr(spent, part) for spent in times.values()) / 60 for part in ("clock", "processor"))
    print(f"en tout {clock:.1f} min, {processor:.1f} min de processeur, pour {len(GROUPS)} groupes ; "
          "0 fichier changé avant de construire")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
