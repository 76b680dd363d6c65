"""Width and height written in the page, so that a text does not jump when its images arrive."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

_IMAGE = re.compile(r'<img (?![^>]*\bwidth=)([^>]*\bsrc="(?:\.\./)*(images/[^"]+)")')


def sized(html: str, root: Path) -> str:
    """``html`` with the size of each image of the repository at ``root``, loaded late; one that does not open stays."""
    return _IMAGE.sub(partial(_with_size, root), html) if "<img " in html else html


def _with_size(root: Path, tag: re.Match[str]) -> str:
    from PIL import Image

    try:
        with Image.open(root / "content" / tag[2], formats=("JPEG", "PNG", "WEBP")) as image:
            width, height = image.size
    except Exception:
        return tag[0]  # absente ou abîmée : la vérification le dit
    late = "" if "loading=" in tag[1] else 'loading="lazy" '
    return f'<img width="{width}" height="{height}" {late}{tag[1]}'
