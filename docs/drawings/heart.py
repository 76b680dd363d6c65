"""Two electrocardiograms at 25 mm/s and 10 mm/mV: each wave is a bell, placed and sized as the textbooks give it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from docs.drawings.canvas import Sheet

_PAPER, _FINE, _BOLD = "#fffaf7", "#f9ddd8", "#eba9a1"


@dataclass(frozen=True)
class Wave:
    """A bell: when its top comes, in seconds after the QRS begins, its width on each side, its height in mV."""

    at: float
    before: float
    after: float
    height: float

    def value(self, time: float) -> float:
        """Millivolts at ``time``."""
        away = time - self.at
        return self.height * exp(-0.5 * (away / (self.before if away < 0 else self.after)) ** 2)


Beat = Sequence[Wave]

_P = Wave(-0.09, 0.022, 0.022, 0.13)
LONG_QT_II = (_P, Wave(0.02, 0.006, 0.006, -0.06), Wave(0.042, 0.010, 0.010, 0.95), Wave(0.066, 0.008, 0.008, -0.16),
              Wave(0.385, 0.075, 0.042, 0.30))  # fmt: skip
LONG_QT_V5 = (_P, Wave(0.018, 0.006, 0.006, -0.10), Wave(0.042, 0.010, 0.010, 1.25), Wave(0.068, 0.009, 0.009, -0.24),
              Wave(0.385, 0.078, 0.042, 0.38))  # fmt: skip
EXTRA_II = (Wave(0.070, 0.030, 0.034, -1.05), Wave(0.018, 0.014, 0.014, 0.22), Wave(0.330, 0.085, 0.060, 0.42))
EXTRA_V5 = (Wave(0.075, 0.032, 0.036, -0.90), Wave(0.018, 0.014, 0.014, 0.30), Wave(0.330, 0.085, 0.060, 0.40))
WELLENS_V2 = (_P, Wave(0.024, 0.009, 0.009, 0.30), Wave(0.056, 0.013, 0.013, -1.05), Wave(0.255, 0.050, 0.024, 0.30),
              Wave(0.335, 0.022, 0.030, -0.30))  # fmt: skip
WELLENS_V3 = (_P, Wave(0.026, 0.010, 0.010, 0.62), Wave(0.058, 0.013, 0.013, -0.85), Wave(0.250, 0.050, 0.024, 0.32),
              Wave(0.335, 0.024, 0.032, -0.42))  # fmt: skip


def long_qt() -> Sheet:
    """Two leads, QT 490 ms for an RR of 860 ms (corrected by Bazett: 490 / sqrt(0.86) = 528), one extrasystole."""
    paper = _Paper(seconds=5, rows=2, pixels=6, height=30)
    sinus = (0.42, 1.28, 2.14, 3.86, 4.72)
    paper.lead(0, "DII", [*((at, LONG_QT_II) for at in sinus), (2.76, EXTRA_II)])
    paper.lead(1, "V5", [*((at, LONG_QT_V5) for at in sinus), (2.76, EXTRA_V5)])
    paper.measure(0, 1.28, 1.77, "QT 490 ms")
    return paper.sheet


def wellens() -> Sheet:
    """Leads V2 and V3 without pain: T waves up, then down, at 72 a minute."""
    paper = _Paper(seconds=4, rows=2, pixels=8, height=28)
    beats = (0.42, 1.25, 2.08, 2.91, 3.74)
    paper.lead(0, "V2", [(at, WELLENS_V2) for at in beats])
    paper.lead(1, "V3", [(at, WELLENS_V3) for at in beats])
    return paper.sheet


class _Paper:
    """Millimetre paper, ``pixels`` a millimetre, one row of ``height`` millimetres a lead."""

    def __init__(self, seconds: int, rows: int, pixels: int, height: int) -> None:
        self._mm, self._row, self._seconds = pixels, height * pixels, seconds
        self.sheet = Sheet(seconds * 25 * pixels, rows * self._row + 5 * pixels, _PAPER)
        for mm in range(0, max(self.sheet.width, self.sheet.height) // pixels + 1):
            at, colour = mm * pixels, _FINE if mm % 5 else _BOLD
            width = 1 if mm % 5 else 2
            self.sheet.line([(at, 0), (at, self.sheet.height)], colour, width)
            self.sheet.line([(0, at), (self.sheet.width, at)], colour, width)
        self.sheet.text((self.sheet.width - 14, self.sheet.height - 12), "25 mm/s, 10 mm/mV", 24, anchor="rs")

    def lead(self, row: int, name: str, beats: Sequence[tuple[float, Beat]]) -> None:
        """The trace of one lead, on its line."""
        points = []
        for step in range(self._seconds * 500 + 1):
            time = step / 500
            millivolts = sum(wave.value(time - at) for at, beat in beats if abs(time - at) < 1 for wave in beat)
            points.append((time * 25 * self._mm, self._line(row) - millivolts * 10 * self._mm))
        self.sheet.line(points, width=2.6)
        self.sheet.text((12, row * self._row + 34), name, 32)

    def measure(self, row: int, start: float, end: float, words: str) -> None:
        """A bracket under a part of the trace, with what it measures."""
        left, right = (time * 25 * self._mm for time in (start, end))
        below = self._line(row) + 5 * self._mm
        self.sheet.line([(left, below - 11), (left, below), (right, below), (right, below - 11)], "#0b5c8a", 3)
        self.sheet.text(((left + right) / 2, below + 26), words, 26, "#0b5c8a", "ms")

    def _line(self, row: int) -> float:
        return (row + 0.58) * self._row
