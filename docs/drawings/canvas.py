"""A sheet to draw on: everything is drawn three times larger, then reduced, so that edges are smooth."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

Point = tuple[float, float]

_LARGER = 3
_ACCENTS = {"\u0301": ((0, 0), (0.5, -1)), "\u0300": ((0, 0), (-0.5, -1)), "\u0302": ((-0.4, 0), (0, -0.7), (0.4, 0))}
INK = "#1d2b36"


class Sheet:
    """A drawing of ``width`` x ``height`` pixels, whose lengths are all in pixels of the image that is made."""

    def __init__(self, width: int, height: int, paper: str = "#ffffff") -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * _LARGER, height * _LARGER), paper)

    @property
    def _draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def line(self, points: Sequence[Point], colour: str = INK, width: float = 3) -> None:
        """A line through points, its corners round."""
        thick = round(width * _LARGER)
        self._draw.line([*map(_larger, points)], colour, thick, joint="curve")
        if thick > _LARGER:
            for point in (points[0], points[-1]):
                self.disc(point, width / 2, colour)

    def dashes(self, start: Point, end: Point, colour: str = INK, width: float = 3) -> None:
        """A dashed line between two points."""
        count = 24
        step = ((end[0] - start[0]) / count, (end[1] - start[1]) / count)
        for n in range(0, count, 2):
            here = start[0] + n * step[0], start[1] + n * step[1]
            self.line([here, (here[0] + step[0], here[1] + step[1])], colour, width)

    def disc(self, centre: Point, radius: float, colour: str | None = None, outline: str | None = None,
             width: float = 4) -> None:  # fmt: skip
        """A disc, or a circle when only its outline is given."""
        x, y = _larger(centre)
        r = radius * _LARGER
        self._draw.ellipse((x - r, y - r, x + r, y + r), colour, outline, round(width * _LARGER))

    def text(self, at: Point, words: str, size: float = 30, colour: str = INK, anchor: str = "ls") -> None:
        """Words on their base line; the letters are Pillow's own, which has no accents: they are put on."""
        font = _letters(round(size * _LARGER))
        plain = [unicodedata.normalize("NFD", letter) for letter in words]
        x, y = _larger(at)
        bare = "".join(letter[0] for letter in plain)
        x -= font.getlength(bare) * {"l": 0, "m": 0.5, "r": 1}[anchor[0]]
        self._draw.text((x, y), bare, colour, font, "ls")
        for n, letter in enumerate(plain):
            if letter[1:] in _ACCENTS:
                middle = x + font.getlength(bare[:n]) + font.getlength(bare[n]) / 2
                self._accent(
                    letter[1:], (middle, y - size * _LARGER * (0.8 if bare[n].isupper() else 0.6)), size, colour
                )

    def _accent(self, mark: str, at: Point, size: float, colour: str) -> None:
        unit = size * _LARGER * 0.16
        points = [(at[0] + x * unit, at[1] + y * unit) for x, y in _ACCENTS[mark]]
        self._draw.line(points, colour, round(size * _LARGER * 0.07), joint="curve")

    def save(self, file: Path) -> None:
        """Write the drawing at its own size, as « divan image » takes it."""
        self.image.resize((self.width, self.height), Image.Resampling.LANCZOS).save(file)


def _larger(point: Point) -> Point:
    return point[0] * _LARGER, point[1] * _LARGER


@cache
def _letters(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType")
    return font
