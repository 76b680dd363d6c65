"""The modules of a group's own analysis/, which join those of Divan."""

from __future__ import annotations

import sys
from pathlib import Path


def join_analysis(root: Path) -> None:
    """Let them be found, behind ours: none takes the place of one of ours."""
    if str(root) not in sys.path and (root / "analysis").is_dir():
        sys.path.append(str(root))
