"""A named fault designates one place of the house, leaves code that can be read, and names a test that is there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.mutants.__main__ import Survey
from bench.mutants.faults import Fault
from bench.mutants.named import NAMED
from bench.mutants.trying import Trying
from tests.places import HOUSE


@pytest.mark.parametrize(("path", "standing", "put", "test"), NAMED)
def test_a_named_fault_is_one_place_and_one_test(path: str, standing: str, put: str, test: str) -> None:
    text = (HOUSE / path).read_text(encoding="utf-8")
    assert text.count(standing) == 1
    ast.parse(text.replace(standing, put))
    assert (HOUSE / test).is_file()


@pytest.fixture
def survey(tmp_path: Path) -> Iterator[Survey]:
    """A house of one function, with a test that sees a fault in it and one that fails whatever happens."""
    for path, text in {
        "pytest.ini": "[pytest]\nmarkers =\n  browser\n  slow\n  postgresql\n",
        "house.py": "def last(items):\n    return items[-1] if items else None\n",
        "tests/test_house.py": "import house\n\n\ndef test_last():\n    assert house.last([1, 2]) == 2\n",
        "tests/test_wrong.py": "def test_wrong():\n    assert False\n",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "bench").symlink_to(HOUSE / "bench")
    trying = Trying(tmp_path)
    yield Survey(tmp_path, trying)
    trying.close()


def test_a_fault_is_noticed_by_a_test_that_passes_without_it(
    survey: Survey, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (survey.copy / "house.py").read_text(encoding="utf-8")
    seen = Fault("house.py", range(2, 3), "-1 -> -2", text.replace("-1", "-2"))
    unseen = Fault("house.py", range(2, 3), "None -> 0", text.replace("None", "0"))
    both = ["tests/test_wrong.py::test_wrong", "tests/test_house.py::test_last"]
    assert survey.notices(seen, both)
    assert not survey.notices(unseen, both)
    assert not survey.notices(seen, both[:1])
    assert "mis de côté : tests/test_wrong.py::test_wrong" in capsys.readouterr().out
    assert (survey.copy / "house.py").read_text(encoding="utf-8") == text
