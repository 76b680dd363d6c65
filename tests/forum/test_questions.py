"""A post whose facts together may tell who somebody is makes the check ask, and stops nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from divan.commands.runs import main
from divan.forum.check import check_content
from divan.forum.names import NAMES_PATH
from tests.forum.conftest import REPLY, REPLY_PATH

Write = Callable[[str, str | bytes], Path]


def test_the_check_asks_of_a_named_file_and_passes(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = write(REPLY_PATH, REPLY + "\nLe mien avait 61 ans, ancien maire.\n")
    assert main(["check", str(file)]) == 0
    line = REPLY.count("\n") + 2
    assert f"à regarder : {REPLY_PATH}:{line}: un âge exact et un fait peu courant, ensemble" in capsys.readouterr().out


def test_the_groups_own_towns_count_and_a_withdrawn_post_draws_none(write: Write, tmp_path: Path) -> None:
    def asked(text: str) -> int:
        return len(check_content(tmp_path, [write(REPLY_PATH, text)]).notices)

    told = REPLY + "\nUne bouchère de sainte verge.\n"
    assert asked(told) == 0
    write(NAMES_PATH, "towns: [Sainte-Verge]\n")
    assert asked(told) == 1
    assert asked(told.replace("---\n", "---\nstatus: withdrawn\n", 1)) == 0
