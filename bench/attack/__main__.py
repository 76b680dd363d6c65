"""``python -m bench.attack --studies 300``: random studies, published, attacked, and what was got back, by kind."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

from bench.attack.acquaintance import BY_SOMEONE, known_someone
from bench.attack.attacker import STAGES, Claim, attack
from bench.attack.differences import BY_RELEASES, BY_TWO_CUTS, releases_apart, two_cuts
from bench.attack.invented import THRESHOLD, invented_study
from bench.attack.printed import seen_elsewhere
from bench.attack.publishing import HOUSE, Publisher, Release, pages_of

BY_FILE = "un fichier montre ce qu'un autre masque"
KINDS = (*(name for name, _ in STAGES), BY_FILE, BY_RELEASES, BY_TWO_CUTS, BY_SOMEONE)
AT_ONCE, SHOWN = 20, 3


@dataclass
class Score:
    """What was tried and what was got back: counts, and the studies where they were."""

    pages: int = 0
    unpublished: int = 0
    tried: int = 0
    late: int = 0
    refuted: int = 0
    contradictions: list[str] = field(default_factory=list)
    leaks: Counter[str] = field(default_factory=Counter)
    where: dict[str, set[str]] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)

    def add(self, study: str, claims: Sequence[Claim], release: Release | None) -> None:
        """Count the claims that the referee confirms."""
        for one in claims:
            if release is not None and not one.low <= release.referee.count(one.who, one.group) <= one.high:
                self.refuted += 1
                continue
            self.leaks[one.how] += 1
            self.where.setdefault(one.how, set()).add(study)
            if sum(told.startswith(f"{study} ({one.how})") for told in self.examples) < SHOWN:
                self.examples.append(f"{study} ({one.how}) : {said(one)} de {one.low} à {one.high}")


def said(claim: Claim) -> str:
    """The people of a claim in a few words."""
    return (
        " et ".join(f"{one.question}@{one.wave} = {'/'.join(sorted(one.levels)[:6])}" for one in claim.who)
        or "personnes"
    )


def score(seeds: Sequence[int], root: Path, code: Path | None = None, *, once: bool = False) -> Score:
    """Publish the studies of these numbers and their later states, and attack all that came out."""
    found = Score()
    for place in range(0, len(seeds), AT_ONCE):
        publisher = Publisher(root / str(place), code)
        publisher.first([invented_study(seed) for seed in seeds[place : place + AT_ONCE]])
        if not once:
            publisher.then()
        for study, releases in publisher.releases.items():
            found.unpublished += not releases
            for release in releases[:1]:
                judge(found, release)
            found.pages += len(releases[1:])
            for earlier, later in _pairs(releases):
                found.add(study, releases_apart(earlier, later, THRESHOLD), None)
                found.add(study, two_cuts(earlier, later, THRESHOLD).claims, later)
        print(
            f"… {min(place + AT_ONCE, len(seeds))} études : {dict(found.leaks)} {found.late} non tranchés\n"
            + "\n".join(found.examples),
            file=sys.stderr,
            flush=True,
        )
    return found


def score_site(root: Path) -> Score:
    """Attack the pages of the studies of a repository."""
    found = Score()
    for release in pages_of(root):
        judge(found, release)
        print(f"… {release.study} : {dict(found.leaks)} {found.late} non tranchés", file=sys.stderr, flush=True)
    return found


def _pairs(releases: Sequence[Release]) -> Iterator[tuple[Release, Release]]:
    return ((releases[a], releases[b]) for b in range(len(releases)) for a in range(b))


def judge(found: Score, release: Release) -> None:
    """Attack one page: by itself, through its files, and with somebody known in it."""
    found.pages += 1
    done = attack(release.page, THRESHOLD, release.referee.count)
    found.tried, found.late = found.tried + done.tried, found.late + done.late
    if done.contradiction:
        found.contradictions.append(f"{release.study} ({release.how})")
    found.add(release.study, done.claims, release)
    for one in seen_elsewhere(release.folder):
        found.add(release.study, [Claim("included", (), 1, 1, BY_FILE)], None)
        found.examples.append(one)
    found.add(release.study, known_someone(done, release.referee, THRESHOLD), release)


def table(found: Score) -> str:
    """The table of what was got back, by kind."""
    lines = ["| par quoi | effectifs retrouvés | études |", "| --- | ---: | ---: |"]
    lines += [f"| {kind} | {found.leaks[kind]} | {len(found.where.get(kind, ()))} |" for kind in KINDS]
    return "\n".join(lines)


def main() -> int:
    """Print the table; 1 when something was got back."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--studies", type=int, default=300)
    words.add_argument("--first", type=int, default=0, help="number of the first study")
    words.add_argument("--code", type=Path, help="an older tree, whose pages are attacked")
    words.add_argument("--once", action="store_true", help="no later release")
    words.add_argument("--site", action="store_true", help="the pages of this repository's studies instead")
    words.add_argument("--json", type=Path)
    asked = words.parse_args()
    start = process_time()
    if asked.site:
        found = score_site(HOUSE)
    else:
        with tempfile.TemporaryDirectory() as folder:
            found = score(range(asked.first, asked.first + asked.studies), Path(folder), asked.code, once=asked.once)
    print(table(found))
    print(f"\n{found.pages} pages, {found.unpublished} études sans page.")
    print(f"{found.tried} petits effectifs cherchés, {found.late} non tranchés, {found.refuted} affirmations fausses.")
    print(f"{process_time() - start:.0f} s de processeur, sans les rapports.")
    print("\n".join([*found.examples[:40], *(f"contradiction : {one}" for one in found.contradictions)]))
    if asked.json:
        asked.json.write_text(
            json.dumps({"leaks": found.leaks, "examples": found.examples}, ensure_ascii=False, indent=1),
            encoding="utf-8",
        )
    return 1 if found.leaks else 0


if __name__ == "__main__":
    sys.exit(main())
