"""A group's own names: one YAML file, told of its faults on their lines, and looked for in what people write."""

from collections.abc import Callable
from pathlib import Path

import pytest

from divan.forum.check import check_paths
from divan.forum.names import NAMES_PATH, read_names
from divan.privacy.group_names import GroupNames
from divan.sources.problem import ProblemsFound

Write = Callable[[str, str | bytes], Path]


def test_lists_are_optional() -> None:
    assert read_names("n.yaml", "towns: [Aubepierre]\n") == GroupNames(towns=("Aubepierre",))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("communes: [Aubepierre]\n", [1]),
        ("towns:\n- Aubepierre\n- ''\n- 12\n", [3, 4]),
        ("towns:\n- La Croix-Noire\nnicknames:\n- la croix noire\n", [4]),
        ("- Aubepierre\n", [1]),
        ("", [1]),
    ],
)
def test_every_fault_is_told_on_its_line(text: str, lines: list[int]) -> None:
    with pytest.raises(ProblemsFound) as found:
        read_names("n.yaml", text)
    assert sorted({problem.line for problem in found.value.problems}) == lines


def test_the_check_finds_them_in_a_post(write: Write, tmp_path: Path) -> None:
    before = check_paths(tmp_path)
    write(NAMES_PATH, "hospitals: [toux]\n")
    told = [problem for problem in check_paths(tmp_path) if problem not in before]
    assert {problem.message.lower() for problem in told} == {"le nom d'un établissement situe une personne : « to … »"}


def test_faults_of_both_files_are_told_at_once(write: Write, tmp_path: Path) -> None:
    write("content/forum.yaml", "territory: ici\n")
    write(NAMES_PATH, "communes: []\n")
    assert {"content/forum.yaml", NAMES_PATH} <= {problem.path for problem in check_paths(tmp_path)}
