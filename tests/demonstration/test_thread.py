"""The thread of the demonstration has the counts that its thesis published (Lille, 2022)."""

import json
import re

import pytest

from analysis.report.building import RESULTS
from tests.places import HOUSE

REPORT = json.loads((HOUSE / RESULTS / "douaisis-2020" / "report.json").read_text(encoding="utf-8"))


def test_its_activity_is_the_published_one():
    told = REPORT["activity"]
    assert {name: told[name] for name in ("posts", "days", "users", "observers", "leavers")} == {
        "posts": 3493, "days": 55, "users": 59, "observers": 14, "leavers": 4,
    }  # fmt: skip
    assert (told["busiest_day"], told["busiest_posts"]) == ("2020-03-21", 406)
    assert told["silent_days"] == ["2020-04-16", "2020-05-02"]
    assert round(100 * told["first_share"]) == 73
    assert (round(told["mean_posts"], 1), told["median_posts"]) == (59.2, 11)


def test_its_levels_of_participation_are_the_published_ones():
    levels = ("very_active", "active", "mostly_observer", "observer")
    assert [REPORT["activity"][level] for level in levels] == [8, 19, 29, 17]
    assert {row["level"]: row["wrote"] for row in REPORT["tables"]["T2"]["rows"]}["observer"] == 3


def test_its_members_are_the_published_ones():
    total = next(row for row in REPORT["tables"]["T4"]["rows"] if row["row"] == "total")
    assert [total[one] for one in ("MG", "S", "H", "IMG", "M", "A", "NR", "total")] == [45, 8, 2, 5, 1, 3, 9, 73]


def test_its_coders_agree_as_r_says_that_they_do():
    # irr 0.84.1: kappa2 and kripp.alpha on the 698 units that both coded; vcd 1.4-11: confint of Kappa
    (told,) = (row for row in REPORT["tables"]["T8"]["rows"] if row["row"] == "overall")
    assert told["kappa"] == pytest.approx(0.805475769875624, abs=1e-9)
    bounds = (told["kappa_ci_low"], told["kappa_ci_high"])
    assert bounds == pytest.approx((0.774563524738, 0.836388015013), abs=1e-9)
    assert told["alpha"] == pytest.approx(0.805569668058934, abs=1e-9)
    assert (told["units-A"], told["units-B"]) == (698, 698)


def test_no_town_and_no_telephone_is_left_in_its_files():
    for folder in (HOUSE / "surveys" / "douaisis-2020" / "chat", HOUSE / RESULTS / "douaisis-2020"):
        for path in folder.iterdir():
            if path.suffix in (".csv", ".json", ".md", ".svg", ".tex"):
                text = path.read_text(encoding="utf-8")
                assert not re.search(r"\b(douai|cambrai|lens|sin-le-noble)\b", text, re.IGNORECASE), path.name
                assert not re.search(r"\b0[67](?:[ .]?\d\d){4}\b", text), path.name
                assert not re.search(r"\bMme (?!XXX)[A-Z]", text), path.name
