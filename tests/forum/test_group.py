"""A group's facts: its own places, areas and services are the only ones that its posts and directories may name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from divan.forum.check import check_paths
from divan.forum.group import read_group
from divan.forum.new import new_post
from divan.sources.problem import ProblemsFound

Write = Callable[[str, str | bytes], Path]

BELGIAN = """\
territory: Wallonie
place: Province
places: {BW: Brabant wallon, NA: Namur}
areas:
  - {id: night, label: Gardes de nuit, page: gardes}
services:
  - {id: home, label: Soins à domicile, page: domicile}
"""


def test_another_groups_words_take_the_place_of_the_demonstrations(write: Write, tmp_path: Path) -> None:
    write("content/forum.yaml", BELGIAN)
    write("content/services/s.yaml", 'name: S\nkind: home\ntown: T\ndepartement: "86"\nverified_on: 2026-01-01\n')
    where = {problem.path: problem.message for problem in check_paths(tmp_path)}
    assert "doit valoir BW ou NA, pas « 86 »" in where["content/services/s.yaml"]
    assert "doit valoir night, pas « admin »" in where["content/topics/2026/2026-03-20-abcd.md"]
    topic = new_post(tmp_path, "topic", area="night").read_text(encoding="utf-8")
    assert '# facultatif : "BW" ou "NA"' in topic
    assert "# area : night" in topic


def test_a_place_is_named_with_its_code_when_they_differ() -> None:
    group = read_group("f.yaml", BELGIAN)
    assert group.place_label("BW") == "Brabant wallon (BW)"
    assert group.place_label("XX") == "XX"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("places: {}\nareas: []\nservices: []\n", ["f.yaml:1:", "f.yaml:2:", "f.yaml:3:"]),
        (BELGIAN + "  - {id: home, label: Autre, page: autre}\n", ["f.yaml:8:"]),
        (BELGIAN.replace("page: gardes", "page: Gardes de nuit"), ["f.yaml:5:"]),
        (BELGIAN + "couleur: bleu\n", ["f.yaml:8:"]),
        ("- un\n", ["f.yaml:1:"]),
    ],
)
def test_every_fault_is_told_on_its_line(text: str, faults: list[str]) -> None:
    with pytest.raises(ProblemsFound) as found:
        read_group("f.yaml", text)
    assert [f"{problem.path}:{problem.line}:" for problem in found.value.problems] == faults


def test_a_missing_file_is_a_fault_and_does_not_hide_the_others(write: Write, tmp_path: Path) -> None:
    write("content/forum.yaml", "x")
    (tmp_path / "content/forum.yaml").unlink()
    write("content/hashtags.yaml", "- nom: toux\n")
    assert {"content/forum.yaml", "content/hashtags.yaml"} <= {problem.path for problem in check_paths(tmp_path)}
