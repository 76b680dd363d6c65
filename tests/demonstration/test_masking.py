"""What the study of 2025 hides, an attacker with pencil and paper does not find again."""

import json
import shutil

from analysis.report.building import build_report
from tests.places import HOUSE


def test_a_regression_that_left_few_people_out_gives_no_figure():
    # An interval and its p give the degrees of freedom; with them, two people who had not said where they work.
    report = json.loads((HOUSE / "content" / "results" / "entraide-2025" / "report.json").read_text(encoding="utf-8"))
    named = ("row", "level", "label")
    shown = [value for row in report["tables"]["T8"]["rows"] for name, value in row.items() if name not in named]
    assert {*shown} == {"masqué", "référence"}


def test_alpha_goes_with_the_counts_that_it_would_give_back():
    # With the score's SD, alpha gives the sum of the items' variances: five masked counts had one solution.
    report = json.loads((HOUSE / "content" / "results" / "entraide-2025" / "report.json").read_text(encoding="utf-8"))
    tables = {
        name: {(row["row"], row["level"]): row for row in table["rows"]} for name, table in report["tables"].items()
    }
    items = {row for row, level in tables["T3"] if level == "1"}
    for wave in ("before", "after"):
        assert any(tables["T3"][item, str(level)][wave] == "masqué" for item in items for level in range(1, 6))
        alphas = [row.get(f"{wave}_alpha") for row in tables["consistency"].values()]
        assert {alpha for alpha in alphas if alpha is not None} == {"masqué"}


def test_the_review_tells_what_was_masked_and_stays_out_of_the_results(tmp_path):
    folder = tmp_path / "surveys" / "entraide-2025"
    shutil.copytree(HOUSE / "surveys" / "entraide-2025", folder, ignore=shutil.ignore_patterns("review"))
    results = tmp_path / "content" / "results" / "entraide-2025"
    assert {path.parent for path in build_report(tmp_path, "entraide-2025")} == {results}
    masked = (folder / "review" / "masked.csv").read_text(encoding="utf-8")
    assert "petit effectif" in masked and "complément" in masked
    report = json.loads(
        (tmp_path / "content" / "results" / "entraide-2025" / "report.json").read_text(encoding="utf-8")
    )
    unmasked = json.loads((folder / "review" / "unmasked.json").read_text(encoding="utf-8"))
    hidden = [
        (table, place, name)
        for table, values in unmasked.items()
        for place, row in enumerate(values["rows"])
        for name, value in row.items()
        if isinstance(shown := report["tables"][table]["rows"][place].get(name), str) or type(shown) is not type(value)
        if shown != value
    ]
    assert hidden and all(report["tables"][t]["rows"][i].get(k, "masqué") == "masqué" for t, i, k in hidden)
