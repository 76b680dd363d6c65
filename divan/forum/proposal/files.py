"""The files that a proposal writes or removes once it is published, held to the same judge as any other content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from divan.forum.judge import judge_entry, judge_opening, judge_reply
from divan.forum.proposal.changes import correction_files, resolution_files, withdrawal_files
from divan.forum.proposal.entries import hashtag_files, member_files, service_files
from divan.forum.proposal.offered import Proposal
from divan.forum.proposal.posts import Picture, case_files, reply_files, topic_files
from divan.forum.vocabulary import load_vocabulary, read_vocabulary
from divan.sources.problem import Problem, stop_if

__all__ = ["Picture", "files_of"]

_MAKERS = {
    "case": case_files,
    "topic": topic_files,
    "reply": reply_files,
    "resolution": resolution_files,
    "correction": correction_files,
    "member": member_files,
    "service": service_files,
    "hashtag": hashtag_files,
    "withdrawal": withdrawal_files,
}


def files_of(proposal: Proposal, root: Path, today: date, images: Sequence[Picture] = ()) -> Mapping[str, bytes | None]:
    """What to write (or, None, to remove) by path from ``root``; a report changes nothing.

    ``today`` may be a datetime: posts then say their time. Ids are drawn at random. Raises ProblemsFound when
    what the proposal is about has gone, or when ``divan check`` would refuse the result.
    """
    maker = _MAKERS.get(proposal.kind)
    if maker is None:
        return {}
    files = maker(proposal, root, today, images)
    stop_if(problems_of(root, files))
    return files


def problems_of(root: Path, files: Mapping[str, bytes | None]) -> list[Problem]:
    """What ``divan check`` would say of ``files`` once they are in the repository at ``root``."""
    written = ((path, content) for path, content in files.items() if content)
    return [problem for path, content in written for problem in _problems(root, path, content, files)]


def _problems(root: Path, path: str, content: bytes, files: Mapping[str, bytes | None]) -> Sequence[Problem]:
    def exists(other: str) -> bool:
        return files[other] is not None if other in files else (root / other).is_file()

    folder = path.split("/")[1]
    if folder in ("cases", "topics"):
        return judge_opening(path, content.decode(), load_vocabulary(root), exists).problems
    if folder == "replies":
        return judge_reply(path, content.decode(), load_vocabulary(root), exists).problems
    if folder in ("members", "services"):
        return [*judge_entry(folder, path, content.decode(), load_vocabulary(root).group)]
    if folder == "hashtags.yaml":
        read_vocabulary(path, content.decode())
    return []
