"""What the study of 2025 publishes counts nobody by fewer than five, and what it was made from stays out of it."""

import json
import shutil

from analysis.report.building import build_report
from tests.places import HOUSE

FEWEST = 5


def test_every_count_is_of_nobody_or_of_enough_people():
    report = json.loads((HOUSE / "content" / "results" / "entraide-2025" / "report.json").read_text(encoding="utf-8"))
    counts = [
        value
        for name in ("T1", "T3")
        for row in report["tables"][name]["rows"]
        if row["level"] != "missing"  # silence alone tells nothing of anybody
        for column, value in row.items()
        if isinstance(value, int) and column not in ("level", "score")
    ]
    assert len(counts) > 50
    assert [count for count in counts if 0 < count < FEWEST] == []


def test_what_the_page_was_made_from_stays_out_of_the_results(tmp_path):
    folder = tmp_path / "surveys" / "entraide-2025"
    shutil.copytree(HOUSE / "surveys" / "entraide-2025", folder, ignore=shutil.ignore_patterns("review"))
    results = tmp_path / "content" / "results" / "entraide-2025"
    assert {path.parent for path in build_report(tmp_path, "entraide-2025")} == {results}
    assert (folder / "review").is_dir()
    assert not {path.name for path in results.iterdir()} & {path.name for path in (folder / "review").iterdir()}
