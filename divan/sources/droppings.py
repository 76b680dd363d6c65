"""Files that a system or an editor leaves beside what people write: no source, and nobody's fault."""

from __future__ import annotations

import re

_LEFT = re.compile(r"Thumbs\.db|ehthumbs(?:_vista)?\.db|desktop\.ini|.*~|#.*#|.*\.sw[a-z]", re.IGNORECASE)
_WRITTEN = (".md", ".yaml")  # Pelican lit une page cachée comme une autre


def is_dropping(path: str) -> bool:
    """Whether the file at this path, with slashes, was left by a program: nothing that the site would ever read."""
    name = path[path.rfind("/") + 1 :]
    return (name.startswith(".") and not name.endswith(_WRITTEN)) or _LEFT.fullmatch(name) is not None
