"""What systems and editors leave in content/ is neither refused nor published, by the check as by the build."""

import subprocess
from pathlib import Path

import pytest

from divan.forum.check import check_paths
from divan.sources.droppings import is_dropping
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum

LEFT = ["content/.DS_Store", "content/images/Thumbs.db", "content/cases/2026/desktop.ini", "content/images/._une.png",
        "content/cases/2026/2026-02-01-aaaa.md~", "content/pages/.charte.md.swp", "content/members/#m0.yaml#",
        "content/results/aide/.DS_Store"]  # fmt: skip
WRITTEN = ["content/pages/.cachee.md", "content/pages/.dossier/page.md", "content/members/.m9.yaml",
           "content/images/radio.png", "content/pages/note.txt", "content/pages/.note/index.html"]  # fmt: skip


@pytest.mark.parametrize("path", LEFT)
def test_what_a_program_leaves_is_no_source(path: str) -> None:
    assert is_dropping(path)


@pytest.mark.parametrize("path", WRITTEN)
def test_what_the_site_could_read_is_a_source_however_it_is_hidden(path: str) -> None:
    assert not is_dropping(path)


@pytest.mark.parametrize("committed", [True, False])
def test_check_and_build_pass_by_them(tmp_path: Path, committed: bool) -> None:
    forum.settle(forum.make_forum(tmp_path))
    before = forum.site_of(tmp_path)
    for path in LEFT:
        forum.write(tmp_path, path, "\0Mme Dupont, 06 39 98 12 34")
    if committed:
        forum.commit(tmp_path)
    assert check_paths(tmp_path) == []
    forum.settle(tmp_path)
    assert forum.differences(forum.site_of(tmp_path), before) == []
    assert forum.differences(forum.from_nothing(tmp_path), before) == []


def test_a_page_in_a_hidden_folder_is_told_by_both(tmp_path: Path) -> None:
    forum.settle(forum.make_forum(tmp_path))
    forum.write(tmp_path, "content/pages/.dossier/page.md", "Title: Page\n\nMme Dupont, 06 39 98 12 34\n")
    told = {problem.line for problem in check_paths(tmp_path)}
    with pytest.raises(ProblemsFound) as found:
        forum.settle(tmp_path)
    assert told == {problem.line for problem in found.value.problems} == {3}
    assert not subprocess.run(["grep", "-r", "Dupont", "output"], cwd=tmp_path, capture_output=True).stdout
