"""« python -m docs.drawings »: draws the images of the demonstration again, each made as « divan image » makes one."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from divan.images.making import make_image
from docs.drawings.canvas import Sheet
from docs.drawings.chest import right_pneumonia
from docs.drawings.graphs import audiogram, peak_flow
from docs.drawings.hands import rings
from docs.drawings.heart import long_qt, wellens

DRAWINGS: dict[str, Callable[[], Sheet]] = {
    "anneaux-dos-des-mains": rings,
    "audiogramme-surdite-brusque": audiogram,
    "debit-de-pointe-deux-semaines": peak_flow,
    "ecg-qt-long": long_qt,
    "ecg-wellens": wellens,
    "radio-opacite-droite": right_pneumonia,
}


def drawn(name: str) -> bytes:
    """The image of the site that a drawing gives."""
    with tempfile.TemporaryDirectory() as folder:
        DRAWINGS[name]().save(file := Path(folder) / f"{name}.png")
        return make_image(file)


def main() -> int:
    """Write them in content/images/."""
    folder = Path("content/images")
    folder.mkdir(parents=True, exist_ok=True)
    for name in DRAWINGS:
        image = drawn(name)
        (folder / f"{name}.webp").write_bytes(image)
        print(f"{name}.webp : {round(len(image) / 1000)} ko")
    return 0


if __name__ == "__main__":
    sys.exit(main())
