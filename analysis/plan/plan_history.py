"""Since when each part of a plan has stood in it, from git or from what an earlier report read there.

What was read is kept beside the plan, in ``plan-history.json``, under the digest of the plan's text: a copy of the
repository that lacks its history, as continuous integration has, still knows it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from analysis.plan.committed import Committed, Held, PlanVersion, committed
from analysis.plan.loading import plan_path
from analysis.plan.plan_entries import PlanEntry
from analysis.plan.specification import Plan
from divan.sources.writing import write_beside
from surveys.model import Study

Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Stood:
    """What the plan has asked at some time; each span is from a day to another, or to this one (None)."""

    kind: str
    id: str
    says: str
    label: str
    spans: tuple[Span, ...]

    def before(self, day: date) -> bool:
        """Whether it stood there on the eve of ``day``."""
        return any(start < day and (end is None or end >= day) for start, end in self.spans)

    @property
    def since(self) -> date | None:
        """The day since when it stands there without a break; None when it does not any more."""
        start, end = self.spans[-1]
        return start if end is None else None


@dataclass(frozen=True, slots=True)
class PlanCommit:
    """A commit that changed the plan, and its day."""

    commit: str
    day: date
    signed: bool


@dataclass(frozen=True, slots=True)
class PlanHistory:
    """``plan`` is the digest of the text; ``commits`` are those that changed it.

    ``uncommitted``: git does not hold this text yet; ``dirty``: nor what it asks.
    ``backdated``: dates of commits go back. ``rewritten``: some part has become older than an
    earlier report knew it, or was never there.
    """

    plan: str
    held: Held
    commits: tuple[PlanCommit, ...] = ()
    stood: tuple[Stood, ...] = ()
    uncommitted: bool = False
    dirty: bool = False
    backdated: bool = False
    rewritten: bool = False

    @property
    def known(self) -> bool:
        """Whether anything is known of the past."""
        return self.held is Held.WHOLE

    def of(self, kind: str, says: str) -> Stood | None:
        """What is known of a part of the plan, by what it asks."""
        return next((one for one in self.stood if one.kind == kind and one.says == says), None)


def record_path(study: Study) -> Path:
    """Where the history of a study's plan is kept."""
    return study.folder / "plan-history.json"


def plan_history(root: Path, study: Study, plan: Plan) -> PlanHistory:
    """What is known of the past of a study's plan; git is asked first, then what was kept."""
    kept, found = kept_history(study), committed(root, plan_path(study).relative_to(root).as_posix())
    if found.held is not Held.WHOLE:
        return kept if kept and kept.plan == plan.digest else PlanHistory(plan.digest, found.held)
    history = _history(found, plan)
    if kept is None:
        return history
    return replace(history, rewritten=kept.rewritten or _gained(kept, history))


def keep_history(study: Study, history: PlanHistory) -> None:
    """Keep what git told, for copies that have no history."""
    if history.known:
        told = json.dumps(asdict(history), ensure_ascii=False, indent=1, default=str) + "\n"
        path = record_path(study)
        if not path.is_file() or path.read_text(encoding="utf-8") != told:
            write_beside(path, told)


def kept_history(study: Study) -> PlanHistory | None:
    """What an earlier report kept; None when there is nothing, or nothing that can be read."""
    try:
        return _kept(json.loads(record_path(study).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_behind(root: Path, study: Study, plan: Plan) -> bool:
    """Whether git now holds a plan that it did not hold when the history was kept; git is asked of nothing else."""
    kept = kept_history(study)
    if kept and kept.plan == plan.digest and not kept.uncommitted:
        return False
    now = plan_history(root, study, plan)
    return now.known and now != kept


def _gained(kept: PlanHistory, now: PlanHistory) -> bool:
    """Whether a part has become older than it was, or has never been: a branch put on top of another gains nothing."""
    pairs = [(one, now.of(one.kind, one.says)) for one in kept.stood]
    return any(new is None or new.spans[0][0] < old.spans[0][0] for old, new in pairs)


def _history(found: Committed, plan: Plan) -> PlanHistory:
    last = found.versions[-1]
    current = {(one.kind, one.says) for one in plan.entries}
    return PlanHistory(
        plan=plan.digest,
        held=Held.WHOLE,
        commits=tuple(PlanCommit(one.commit, one.day, one.signed) for one in found.versions),
        stood=tuple(_stood(found.versions)),
        uncommitted=last.digest != plan.digest,
        dirty=last.entries is None or current != {(one.kind, one.says) for one in last.entries},
        backdated=any(one.backdated for one in found.versions),
    )


def _stood(versions: tuple[PlanVersion, ...]) -> Iterator[Stood]:
    """Every part that some version had, with its spans; a version that cannot be read changes nothing."""
    readable = [one for one in versions if one.entries is not None]
    named: dict[tuple[str, str], PlanEntry] = {}
    spans: dict[tuple[str, str], list[Span]] = {}
    for version in readable:
        here = {(one.kind, one.says): one for one in version.entries or ()}
        named |= here
        for key in here:
            if not (own := spans.setdefault(key, [])) or own[-1][1] is not None:
                own.append((version.day, None))
        for key, own in spans.items():
            if key not in here and own[-1][1] is None:
                own[-1] = (own[-1][0], version.day)
    for key, own in spans.items():
        entry = named[key]
        yield Stood(entry.kind, entry.id, entry.says, entry.label, tuple(own))


def _kept(raw: dict[str, Any]) -> PlanHistory:
    return PlanHistory(
        plan=raw["plan"],
        held=Held(raw["held"]),
        commits=tuple(PlanCommit(one["commit"], date.fromisoformat(one["day"]), bool(one["signed"]))
                      for one in raw["commits"]),
        stood=tuple(Stood(one["kind"], one["id"], one["says"], one["label"],
                          tuple((date.fromisoformat(start), date.fromisoformat(end) if end else None)
                                for start, end in one["spans"])) for one in raw["stood"]),
        uncommitted=raw["uncommitted"],
        dirty=raw["dirty"],
        backdated=raw["backdated"],
        rewritten=raw["rewritten"],
    )  # fmt: skip
