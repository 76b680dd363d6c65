"""What this repository holds passes its own check, and so do its studies and their plans."""

import subprocess
import sys

from analysis.report.plan_check import check_plans
from divan.forum.check import check_paths
from surveys.check import check_studies
from tests.places import HOUSE


def test_the_content_is_sound() -> None:
    assert check_paths(HOUSE) == []


def test_the_studies_are_sound() -> None:
    assert check_studies(HOUSE) == []


def test_the_plans_are_sound() -> None:
    assert check_plans(HOUSE) == []


def test_the_command_has_nothing_to_say() -> None:
    ended = subprocess.run([sys.executable, "-m", "divan", "check"], cwd=HOUSE, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
