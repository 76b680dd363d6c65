"""The backs of two hands, with three rings of papules: firm, of the colour of skin, without scale."""

from __future__ import annotations

from math import cos, pi, sin
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from docs.drawings.canvas import Point, Sheet

_SKIN, _EDGE, _SHADE, _LIGHT, _ROSE = "#e3b18f", "#9a6546", "#c98f6b", "#f3cfb5", "#d89a7c"
_FINGERS = (
    ((140, 440), (112, 325), (92, 232), 29), ((207, 420), (193, 265), (183, 128), 33),
    ((276, 415), (280, 250), (284, 92), 34), ((342, 430), (362, 285), (380, 150), 33),
)  # fmt: skip
_THUMB = ((345, 620), (430, 540), (482, 452), 36)
_BACK = ((110, 440), (376, 425), (386, 600), (352, 740), (346, 900), (166, 900), (160, 740), (112, 600))


def rings() -> Sheet:
    """Two rings on the back of the left hand, one on the right, each of two to three centimetres."""
    sheet = Sheet(1080, 860, "#eef2f4")
    large = sheet.image.width / 1080
    hand = _hand(large, ((205, 530, 46, 42), (290, 640, 38, 42)), 3)
    other = _hand(large, ((240, 565, 48, 44),), 5).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    sheet.image.paste(hand, (0, 0), hand)
    sheet.image.paste(other, (sheet.image.width - other.width, 0), other)
    sheet.text((1060, 846), "dessin", 30, "#5c6b76", "rs")
    return sheet


def _hand(large: float, lesions: tuple[tuple[int, int, int, int], ...], seed: int) -> Image.Image:
    size = round(540 * large), round(860 * large)
    shape = Image.new("L", size)
    draw = ImageDraw.Draw(shape)
    draw.polygon([(x * large, y * large) for x, y in _BACK], 255)
    for *points, width in (*_FINGERS, _THUMB):
        _capsule(draw, [(x * large, y * large) for x, y in points], width * large)
    shape = shape.filter(ImageFilter.GaussianBlur(6 * large)).point(lambda grey: 255 if grey > 127 else 0)
    hand = Image.new("RGBA", size)
    hand.paste(_EDGE, mask=shape)
    inner = shape.filter(ImageFilter.GaussianBlur(4 * large)).point(lambda grey: 255 if grey > 205 else 0)
    hand.paste(_SKIN, mask=inner)
    rounded = inner.filter(ImageFilter.GaussianBlur(26 * large)).point(lambda grey: max(0, 200 - grey))
    hand.paste(_SHADE, mask=Image.composite(rounded, Image.new("L", size), inner))
    pen = ImageDraw.Draw(hand)
    for finger in _FINGERS:
        _creases_and_nail(pen, finger, large)
    _nail(pen, _THUMB, large)
    for lesion in lesions:
        _ring(hand, lesion, large, Random(seed))
    return hand


def _capsule(draw: ImageDraw.ImageDraw, points: list[Point], radius: float) -> None:
    draw.line(points, 255, round(2 * radius), joint="curve")
    for x, y in points:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), 255)


def _creases_and_nail(pen: ImageDraw.ImageDraw, finger: tuple[Point, Point, Point, int], large: float) -> None:
    _, knuckle, tip, width = finger
    for part, half in ((0.0, 0.6), (0.5, 0.5)):
        x = knuckle[0] + (tip[0] - knuckle[0]) * part
        y = knuckle[1] + (tip[1] - knuckle[1]) * part
        for off in (-7, 0, 7):
            box = (x - width * half, y + off - 6, x + width * half, y + off + 6)
            pen.arc([round(v * large) for v in box], 200, 340, _SHADE, round(2.4 * large))
    _nail(pen, finger, large)


def _nail(pen: ImageDraw.ImageDraw, finger: tuple[Point, Point, Point, int], large: float) -> None:
    _, knuckle, tip, width = finger
    lean = (tip[0] - knuckle[0]) / 60
    box = (tip[0] - width * 0.5 + lean, tip[1] - width * 0.75, tip[0] + width * 0.5 + lean, tip[1] + width * 0.35)
    pen.rounded_rectangle([v * large for v in box], 15 * large, "#f0cdbb", _EDGE, round(2 * large))


def _ring(hand: Image.Image, lesion: tuple[int, int, int, int], large: float, draw: Random) -> None:
    """Papules side by side, each lit from above; the middle stays skin."""
    x, y, wide, high = lesion
    halo = Image.new("L", hand.size)
    box = [v * large for v in (x - wide, y - high, x + wide, y + high)]
    ImageDraw.Draw(halo).ellipse(box, outline=200, width=round(20 * large))
    hand.paste(_ROSE, mask=halo.filter(ImageFilter.GaussianBlur(5 * large)))
    pen = ImageDraw.Draw(hand)
    count = round((wide + high) * 0.27)
    for n in range(count):
        turn = 2 * pi * n / count + draw.uniform(-0.06, 0.06)
        radius = draw.uniform(8.5, 11)
        px, py = x + (wide - 9) * cos(turn), y + (high - 9) * sin(turn)
        for colour, shift, part in ((_EDGE, 2.5, 1.0), (_ROSE, 0, 1.0), (_LIGHT, -3, 0.5)):
            r = radius * part
            pen.ellipse([v * large for v in (px - r, py - r + shift, px + r, py + r + shift)], colour)
