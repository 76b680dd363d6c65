"""A chest film as one is drawn on a board: layers of shade, blurred as soft tissue blurs them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from docs.drawings.canvas import Point, Sheet

_SIZE = (900, 900)
_LUNG = ((372, 140), (300, 185), (235, 290), (190, 430), (165, 590), (160, 735), (250, 690), (330, 682), (395, 712),
         (398, 560), (400, 430), (404, 300), (402, 200))  # fmt: skip
_OTHER_LUNG = ((528, 140), (600, 185), (665, 290), (712, 430), (735, 590), (742, 760), (650, 722), (600, 720),
               (618, 640), (590, 540), (530, 455), (505, 400), (500, 300), (502, 200))  # fmt: skip
_HEART = ((415, 420), (500, 415), (560, 480), (625, 590), (650, 690), (600, 745), (480, 755), (400, 735), (382, 650),
          (388, 540))  # fmt: skip
_OPACITY = ((195, 395), (290, 372), (398, 408), (400, 700), (330, 690), (250, 692), (158, 738), (165, 590))


def right_pneumonia() -> Sheet:
    """An opacity of the lower two thirds of the right lung, at the reader's left, with the bronchi seen through it."""
    film = Image.new("L", _SIZE, 8)
    _shade(film, _body(), 122, 14)
    for lung in (_LUNG, _OTHER_LUNG):
        _shade(film, lung, 38, 12)
    _vessels(film)
    _shade(film, _OPACITY, 148, 24)
    _bronchi(film)
    _ribs(film)
    _shade(film, ((412, 90), (488, 90), (500, 420), (520, 900), (390, 900), (400, 420)), 168, 12)
    _shade(film, _HEART, 178, 14)
    _shade(film, ((436, 60), (464, 60), (466, 330), (434, 330)), 96, 8)
    _spine(film)
    for side in (1, -1):
        _bright_line(film, [(450 + side * (40 + 52 * n), 168 - 16 * n + 3 * n * n) for n in range(7)], 20, 74, 5)
    film = _grained(film)
    sheet = Sheet(*_SIZE)
    sheet.image = Image.merge("RGB", [film] * 3).resize(sheet.image.size, Image.Resampling.BICUBIC)
    sheet.text((40, 96), "D", 64, "#dfe7ea")
    sheet.text((880, 876), "dessin", 30, "#aeb9bf", "rs")
    return sheet


def _body() -> Sequence[Point]:
    return ((385, 0), (515, 0), (535, 85), (690, 122), (820, 170), (900, 215), (900, 470), (840, 540), (815, 640),
            (822, 900), (78, 900), (85, 640), (60, 540), (0, 470), (0, 215), (80, 170), (210, 122),
            (365, 85))  # fmt: skip


def _mask(shape: Sequence[Point], blur: float) -> Image.Image:
    mask = Image.new("L", _SIZE)
    ImageDraw.Draw(mask).polygon([*shape], 255)
    return mask.filter(ImageFilter.GaussianBlur(blur))


def _shade(film: Image.Image, shape: Sequence[Point], grey: int, blur: float) -> None:
    film.paste(grey, mask=_mask(shape, blur))


def _bright_line(film: Image.Image, points: Sequence[Point], width: int, light: int, blur: float) -> None:
    layer = Image.new("L", _SIZE)
    ImageDraw.Draw(layer).line([*points], light, width, joint="curve")
    film.paste(ImageChops.add(film, layer.filter(ImageFilter.GaussianBlur(blur))))


def _ribs(film: Image.Image) -> None:
    """The back of each rib goes down and out from the spine; its front comes back, fainter."""
    for n in range(9):
        top = 165 + 62 * n
        reach = min(210 + 24 * n, 330)
        for side in (1, -1):
            back = [(450 + side * reach * t / 10, top + 0.9 * t * t - 3 * t + 8) for t in range(11)]
            _bright_line(film, back, 18, 24, 5)
            end = back[-1]
            front = [(end[0] - side * 16 * t, end[1] + 13 * t - 0.4 * t * t) for t in range(10)]
            _bright_line(film, front, 15, 10, 6)


def _vessels(film: Image.Image) -> None:
    draw = Random(4)
    for side in (1, -1):
        for n in range(16):
            x, y = 450 + side * 52.0, 400.0
            points = [(x, y)]
            slope = (n - 5) * 6
            for _ in range(9):
                x += side * draw.uniform(14, 26)
                y += slope + draw.uniform(-8, 8)
                points.append((x, y))
            inside = [p for p in points if 160 < p[1] < 690 and 190 < p[0] < 710]
            if len(inside) > 1:
                _bright_line(film, inside, 7, 15, 4)


def _bronchi(film: Image.Image) -> None:
    """Air that stays in the bronchi makes dark branches in the opacity."""
    layer = Image.new("L", _SIZE)
    draw = ImageDraw.Draw(layer)
    for branch in (((405, 420), (350, 480), (310, 560), (285, 640)), ((350, 480), (290, 510), (235, 560)),
                   ((310, 560), (330, 630), (335, 670)), ((405, 420), (370, 530), (372, 620))):  # fmt: skip
        draw.line([*branch], 44, 8, joint="curve")
    film.paste(ImageChops.subtract(film, layer.filter(ImageFilter.GaussianBlur(4))))


def _spine(film: Image.Image) -> None:
    for n in range(14):
        y = 110 + 56 * n
        _bright_line(film, [(422, y), (478, y)], 9, 15, 6)


def _grained(film: Image.Image) -> Image.Image:
    small = (_SIZE[0] // 3, _SIZE[1] // 3)
    noise = Image.frombytes("L", small, Random(9).randbytes(small[0] * small[1]))
    noise = noise.resize(_SIZE, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(2))
    return Image.blend(film, noise, 0.05)
