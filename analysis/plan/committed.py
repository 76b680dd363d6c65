"""Every version of a plan that git holds, each with its day.

A commit is no older than those that it follows: one whose date goes back takes the date of its latest ancestor. An
ancestor dated of a day to come is one of a clock gone wrong, and dates nobody but itself.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from analysis.plan.loading import plan_digest
from analysis.plan.plan_entries import PlanEntry, plan_entries
from divan.history.past import git
from divan.sources.french import CIVIL_ZONE
from divan.sources.problem import ProblemsFound
from divan.sources.yaml_source import read_yaml

SKEW = 600  # seconds by which two people's clocks may differ
_PLAIN = "--no-replace-objects"  # what a commit says, not what somebody put in its place
_BARE = ("--no-color", "--no-show-signature")  # whatever the settings of who runs it


class Held(StrEnum):
    """How much of its history this copy of the repository has."""

    WHOLE = "whole"
    SHALLOW = "shallow"
    NO_GIT = "no_git"
    UNTRACKED = "untracked"


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A plan as one commit left it; ``entries`` is None where it cannot be read. ``backdated``: its date goes back."""

    commit: str
    day: date
    order: tuple[int, int]
    signed: bool
    backdated: bool
    digest: str
    entries: tuple[PlanEntry, ...] | None


@dataclass(frozen=True, slots=True)
class Committed:
    """The versions of a plan, the oldest first; none unless all is there. ``ancestry`` names every commit."""

    held: Held
    versions: tuple[PlanVersion, ...] = ()
    ancestry: frozenset[str] = frozenset()


def committed(root: Path, path: str) -> Committed:
    """The history of the file ``path`` from ``root``, through its renames."""
    try:
        told = git(root, "rev-parse", "--is-shallow-repository", "HEAD").decode().split()
    except (ProblemsFound, OSError):
        return Committed(Held.NO_GIT)
    if told[0] == "true":
        return Committed(Held.SHALLOW)
    try:
        ancestry = _ancestry(str(root), told[1])
        changes = [*_changes(root, path)]
    except ProblemsFound:
        return Committed(Held.SHALLOW)  # an ancestor is named and is not there
    if not changes:
        return Committed(Held.UNTRACKED)
    contents = _contents(root, [name for change in changes for name in change])
    versions = [_version(ancestry, contents, commit, blob) for commit, blob in changes]
    return Committed(Held.WHOLE, tuple(sorted(versions, key=lambda one: one.order)), frozenset(ancestry))


@dataclass(frozen=True, slots=True)
class _Dated:
    own: int
    latest: int
    place: int


@lru_cache(maxsize=8)
def _ancestry(root: str, head: str) -> Mapping[str, _Dated]:
    """Each ancestor of ``head`` with its own time and the latest of those that it follows, parents first."""
    words = (*_BARE, "--topo-order", "--reverse", "--format=%H %ct %P", head)
    told = git(Path(root), _PLAIN, "log", *words).decode().splitlines()
    found: dict[str, _Dated] = {}
    now = time.time() + SKEW
    for place, line in enumerate(told):
        commit, stamp, *parents = line.split()
        if any(parent not in found for parent in parents):
            raise ProblemsFound([])
        before = max((found[parent].latest for parent in parents), default=0)
        own = int(stamp)
        found[commit] = _Dated(own, max(own, before) if own <= now else before, place)
    return found


def _changes(root: Path, path: str) -> Iterator[tuple[str, str]]:
    """Each commit that changed the file, the newest first, and what it made of it; a copy begins a new file."""
    shape = ("--raw", "--no-abbrev", "--format=%x01%H")
    words = (*_BARE, "--follow", "--topo-order", "--diff-merges=first-parent", *shape)
    told = git(root, _PLAIN, "-c", "core.quotePath=true", "log", *words, "--", path).decode("utf-8", "replace")
    for entry in told.split("\x01")[1:]:
        commit, *lines = entry.split("\n")
        changed = [line.split("\t")[0].split() for line in lines if line.startswith(":")]
        if not changed:
            continue
        *_, blob, status = changed[0]
        yield commit, blob
        if status.startswith("C"):
            return


def _contents(root: Path, names: list[str]) -> Mapping[str, bytes]:
    """Commits and plans by their id; what is not there (a plan removed) is empty."""
    wanted = [*dict.fromkeys(names)]
    stream = git(root, _PLAIN, "cat-file", "--batch", given="\n".join(wanted).encode() + b"\n")
    found: dict[str, bytes] = {}
    for name in wanted:
        head, _, stream = stream.partition(b"\n")
        if head.endswith(b" missing"):
            found[name] = b""
            continue
        size = int(head.split()[2])
        found[name], stream = stream[:size], stream[size + 1 :]
    return found


def _version(
    ancestry: Mapping[str, _Dated], contents: Mapping[str, bytes], commit: str, blob: str
) -> PlanVersion:  # fmt: skip
    dated, text = ancestry[commit], contents[blob].decode("utf-8-sig", "replace")
    day = max(dated.own, dated.latest)
    head = contents[commit].partition(b"\n\n")[0]
    return PlanVersion(
        commit=commit,
        day=datetime.fromtimestamp(day, ZoneInfo(CIVIL_ZONE)).date(),
        order=(day, dated.place),
        signed=b"\ngpgsig" in head,
        backdated=dated.latest - dated.own > SKEW,
        digest=plan_digest(text),
        entries=_read(text) if text else (),
    )


@lru_cache(maxsize=512)
def _read(text: str) -> tuple[PlanEntry, ...] | None:
    try:
        return plan_entries(read_yaml("plan.yaml", text).value)
    except ProblemsFound:
        return None
