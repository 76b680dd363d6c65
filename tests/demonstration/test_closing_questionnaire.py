"""The demonstration's closing questionnaire: an export of LimeSurvey's shape is exactly the answers that are kept."""

from __future__ import annotations

import shutil
from pathlib import Path

from surveys.importing import import_wave
from surveys.responses import read_responses
from surveys.study import load_study
from tests.places import HOUSE

EXPORT = Path(__file__).parent / "closing-limesurvey.csv"


def test_of_29_answers_20_were_sent_and_all_are_read(tmp_path: Path):
    folder = tmp_path / "surveys" / "douaisis-2020"
    folder.mkdir(parents=True)
    for name in ("study.yaml", "closing.yaml"):
        shutil.copy(HOUSE / "surveys" / "douaisis-2020" / name, folder)
    assert "9 réponse(s) commencée(s) et non envoyée(s)" in str(
        import_wave(tmp_path, "douaisis-2020", "closing", EXPORT)
    )
    read, kept = (
        read_responses(load_study(root / "surveys" / "douaisis-2020"), "closing") for root in (tmp_path, HOUSE)
    )
    assert [*read.rows] == [*kept.rows]
    assert len(read.rows) == 29
    assert sum(bool(row["date"]) for row in read.rows) == 20
