"""A reader sees the old file or the new one, never half of one; problems come sorted and once."""

from pathlib import Path

import pytest

from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.writing import folder_beside, write_beside


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    write_beside(tmp_path / "new" / "a.txt", "été")
    write_beside(tmp_path / "new" / "a.txt", b"hiver")
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "new").iterdir()] == [("a.txt", b"hiver")]


def test_a_folder_takes_its_place_only_if_all_goes_well(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with folder_beside(folder) as fresh:
        (fresh / "a").write_text("1")
    with pytest.raises(RuntimeError), folder_beside(folder) as fresh:
        (fresh / "b").write_text("2")
        raise RuntimeError
    assert [path.name for path in tmp_path.rglob("*")] == ["site", "a"]


def test_problems_come_sorted_and_once() -> None:
    late, early, whole = Problem("b", 2, "x"), Problem("a", 9, "x", "y"), Problem("b", None, "x")
    with pytest.raises(ProblemsFound) as found:
        stop_if([late, early, late, whole])
    assert str(found.value) == "a:9: x ; y\nb: x\nb:2: x"


def test_no_problem_stops_nothing() -> None:
    stop_if(iter(()))
