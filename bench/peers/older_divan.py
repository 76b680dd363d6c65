"""Divan as it stood at an earlier commit, to say what a change cost or gained on the same forum in the same run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.corpus import Case
from bench.peers.divan import HOUSE, Divan


class OlderDivan(Divan):
    """A checkout of ``revision``, run by today's Python and libraries."""

    name = "earlier"
    revision = "HEAD"

    @property
    def house(self) -> Path:
        return self.tools / f"divan-{self.revision}"

    def install(self) -> str:
        if not self.house.exists():
            subprocess.run(["git", "clone", "-q", "--shared", str(HOUSE), str(self.house)], check=True)
        subprocess.run(["git", "checkout", "-q", self.revision], cwd=self.house, check=True)
        return super().install()

    def command(self, changed: Case | None) -> list[str]:
        if (self.house / "divan.py").exists():  # what the command was until it became a package
            return [sys.executable, str(self.house / "divan.py"), "build"]
        rooms = ("divan.site.build", "plugins.build")
        return [sys.executable, "-m", next(room for room in rooms if self._has(room))]

    def _has(self, module: str) -> bool:
        return (self.house / f"{module.replace('.', '/')}.py").exists()
