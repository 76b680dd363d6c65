"""What an audit leaves for the next one: what was hidden, what is looked for, which files of others it has read."""

from __future__ import annotations

import marshal
from dataclasses import dataclass, field
from pathlib import Path

from divan.site.audit.hidden import HiddenSources
from divan.site.audit.sought import Kept
from divan.sources.writing import write_beside

FILE = "audit"
Foreign = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Memory:
    """``key`` is the digest of the code, ``store`` names the build that was audited, ``foreign`` are files not ours."""

    key: bytes = b""
    store: str = ""
    hidden: HiddenSources = field(default_factory=HiddenSources)
    needles: Kept = field(default_factory=dict)
    foreign: Foreign = field(default_factory=dict)

    def save(self, work: Path) -> None:
        """Put it away beside the state of the build."""
        content = marshal.dumps((self.key, self.store, self.hidden.plain(), self.needles, self.foreign))
        write_beside(work / FILE, content)


def load_memory(work: Path) -> Memory:
    """What the last audit left; nothing when that cannot be read."""
    try:
        key, store, hidden, needles, foreign = marshal.loads((work / FILE).read_bytes())  # noqa: S302 - le nôtre
        return Memory(key, store, HiddenSources(*hidden), needles, foreign)
    except (OSError, ValueError, EOFError, TypeError):
        return Memory()
