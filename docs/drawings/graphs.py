"""Two graphs that a physician draws at the practice: a peak flow diary, an audiogram."""

from __future__ import annotations

from math import log2

from docs.drawings.canvas import Sheet

_RED, _BLUE, _GRID, _GREY = "#b3261e", "#0b5c8a", "#d9e0e5", "#5c6b76"

MORNING = (330, 310, 320, 295, 340, 325, 300, 290, 335, 315, 305, 330, 310, 320)
EVENING = (405, 400, 385, 390, 415, 395, 400, 380, 420, 390, 395, 410, 385, 400)
"""Peak flow in L/min, twice a day for two weeks."""

_HERTZ = (125, 250, 500, 1000, 2000, 4000, 8000)
RIGHT_AIR = (50, 55, 60, 60, 65, 70, 75)
RIGHT_BONE = (None, 50, 60, 60, 65, 65, None)
LEFT_AIR = (10, 10, 10, 15, 15, 20, 25)
"""Hearing thresholds in dB HL at each frequency; bone conduction is not measured at the two ends."""


def peak_flow() -> Sheet:
    """Each morning lower than each evening: the mean of the daily (high - low) / mean is 23 %."""
    sheet = Sheet(1000, 620)
    left, right, top, bottom = 96, 980, 96, 530

    def at(day: float, litres: float) -> tuple[float, float]:
        return left + (day - 0.6) * (right - left) / 14.4, bottom - (litres - 250) * (bottom - top) / 200

    for litres in range(250, 451, 50):
        y = at(1, litres)[1]
        sheet.line([(left, y), (right, y)], _GRID, 2)
        sheet.text((left - 12, y + 12), str(litres), 34, _GREY, "rs")
    for day in range(1, 15):
        sheet.text((at(day, 250)[0] + 14, bottom + 36), str(day), 34, _GREY, "ms")
    sheet.text((right, bottom + 72), "jours", 34, _GREY, "rs")
    sheet.text((18, 42), "Débit de pointe, L/min", 38)
    both = [at(day + half, value) for day, pair in enumerate(zip(MORNING, EVENING, strict=True), 1)
            for half, value in zip((0, 0.5), pair, strict=True)]  # fmt: skip
    sheet.line(both, "#9aa7b0", 3)
    for point in both[::2]:
        sheet.disc(point, 10, _RED)
    for point in both[1::2]:
        sheet.disc(point, 10, "#ffffff", _BLUE, 4)
    sheet.disc((560, 32), 10, _RED)
    sheet.text((580, 44), "matin", 38)
    sheet.disc((760, 32), 10, "#ffffff", _BLUE, 4)
    sheet.text((780, 44), "soir", 38)
    return sheet


def audiogram() -> Sheet:
    """Right ear lowered at every frequency, air and bone together: the loss is of perception."""
    sheet = Sheet(1000, 890)
    left, right, top, bottom = 110, 960, 118, 740

    def at(hertz: float, decibels: float) -> tuple[float, float]:
        return left + (log2(hertz / 125) + 0.4) * (right - left) / 6.8, top + (decibels + 10) * (bottom - top) / 130

    for decibels in range(-10, 121, 10):
        y = at(125, decibels)[1]
        sheet.line([(left, y), (right, y)], _GRID, 2)
        if decibels % 20 == 0:
            sheet.text((left - 14, y + 12), str(decibels), 34, _GREY, "rs")
    for hertz in _HERTZ:
        x = at(hertz, 0)[0]
        sheet.line([(x, top), (x, bottom)], _GRID, 2)
        sheet.text((x, top - 14), str(hertz), 34, _GREY, "ms")
    sheet.text((18, 48), "dB", 38)
    sheet.text((right, 48), "fréquence, Hz", 38, anchor="rs")
    right_ear = [at(*one) for one in zip(_HERTZ, RIGHT_AIR, strict=True)]
    left_ear = [at(*one) for one in zip(_HERTZ, LEFT_AIR, strict=True)]
    sheet.line(right_ear, _RED, 4)
    sheet.line(left_ear, _BLUE, 4)
    for point in right_ear:
        sheet.disc(point, 14, "#ffffff", _RED, 4)
    for point in left_ear:
        _cross(sheet, point)
    for hertz, bone in zip(_HERTZ, RIGHT_BONE, strict=True):
        if bone is not None:
            _bracket(sheet, at(hertz, bone))
    _legend(sheet)
    return sheet


def _legend(sheet: Sheet) -> None:
    sheet.disc((40, 794), 14, "#ffffff", _RED, 4)
    sheet.text((68, 807), "droite, par l'air", 38)
    _cross(sheet, (560, 794))
    sheet.text((588, 807), "gauche, par l'air", 38)
    _bracket(sheet, (64, 852))
    sheet.text((68, 865), "droite, par l'os, masqué à gauche", 38)


def _cross(sheet: Sheet, at: tuple[float, float]) -> None:
    x, y = at
    sheet.line([(x - 12, y - 12), (x + 12, y + 12)], _BLUE, 5)
    sheet.line([(x - 12, y + 12), (x + 12, y - 12)], _BLUE, 5)


def _bracket(sheet: Sheet, at: tuple[float, float]) -> None:
    x, y = at[0] - 24, at[1]
    sheet.line([(x + 10, y - 15), (x, y - 15), (x, y + 15), (x + 10, y + 15)], _RED, 5)
