"""A drawing in pixels, for a printed page: 300 dots an inch, light colours, letters of our own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from analysis.figures.as_file import standalone
from analysis.figures.colours import plain_style_sheet
from analysis.figures.figure import Legend
from analysis.figures.svg import WIDTH

FONTS = Path(__file__).parent / "fonts"
FAMILY = "DejaVu Sans"
DOTS = 300  # an inch
PRINTED = 12.0  # cm: the 12 units of a letter are then the 10 points of the text around
NEARLY_WHITE = 250
COLOURS = 32  # the marks' and the greys of their edges


def png(svg: str, legend: Sequence[Legend]) -> bytes:
    """The drawing as a PNG, the same on every machine that has the same resvg: no font of the machine is read."""
    import resvg_py
    from PIL import Image

    drawn = resvg_py.svg_to_bytes(
        svg_string=standalone(svg, legend, plain_style_sheet(f"'{FAMILY}'")),
        background="#ffffff",
        zoom=PRINTED / 2.54 * DOTS / WIDTH,
        skip_system_fonts=True,
        font_dirs=[str(FONTS)],
        font_family=FAMILY,
    )
    with Image.open(io.BytesIO(bytes(drawn))) as image:
        few = image.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE)
    # the paper is white, not nearly so
    few.putpalette([255 if part >= NEARLY_WHITE else part for part in few.getpalette() or ()])
    written = io.BytesIO()
    few.save(written, "PNG", dpi=(DOTS, DOTS))
    return written.getvalue()
