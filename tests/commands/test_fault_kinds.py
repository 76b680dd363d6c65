"""Each fault of « divan check » has a code, and each code is explained: by the command, and by the guide."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from divan.commands.fault_kinds import explained_faults
from divan.commands.runs import main
from tests import small_forum as forum
from tests.places import HOUSE

GUIDE = (HOUSE / "content/pages/guides/fautes.md").read_text(encoding="utf-8")
#: Modules that « divan check » loads and whose faults it never says: those of a build, of a key, of the machine.
NOT_OF_THE_CHECK = {
    "divan.builder.page", "divan.catalogue.site", "divan.catalogue.thread_text", "divan.collector.older_tables",
    "divan.collector.serving", "divan.commands.speech",
    "divan.history.past", "divan.members.keyring", "divan.members.member_key", "divan.site.audit.auditing",
    "divan.site.audit.overcounting", "divan.site.audit.wrapped_files", "divan.site.build", "divan.site.pelican",
    "divan.theme_overrides",
}  # fmt: skip


def modules() -> dict[str, ast.Module]:
    """Every module of the engine, by its name, as its syntax."""
    files = [file for room in ("divan", "surveys", "analysis", "plugins") for file in (HOUSE / room).rglob("*.py")]
    names = (
        file.relative_to(HOUSE).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__") for file in files
    )
    return {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in zip(names, files, strict=True)}


MODULES = modules()


def imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{name.name}" for name in node.names))


def made(name: str, call: str) -> list[ast.Call]:
    """Calls of a name, in a module."""
    calls = [node for node in ast.walk(MODULES[name]) if isinstance(node, ast.Call)]
    return [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == call]


def given() -> set[str]:
    """Every code that the program gives."""
    return {ast.literal_eval(node.args[0]) for name in MODULES for node in made(name, "FaultKind")}


def test_every_code_is_explained_and_every_explanation_is_of_a_code() -> None:
    assert given() == set(explained_faults())
    assert len(given()) > 50


def test_the_guide_says_what_the_command_says() -> None:
    rows = re.findall(r'^\| <b id="(\w+)">\1</b> \| (.*) \| (.*) \|$', GUIDE, re.MULTILINE)
    assert {code: (holds, remedy) for code, holds, remedy in rows} == {
        code: (told.holds, told.remedy) for code, told in explained_faults().items()
    }
    assert re.findall(r"^## (.*)$", GUIDE, re.MULTILINE) == [
        *dict.fromkeys(told.family for told in explained_faults().values())
    ]


def test_whatever_the_check_may_say_has_a_code() -> None:
    reached, ahead = set(), ["divan.commands.checking"]
    while ahead:
        name = ahead.pop()
        if name in MODULES and name not in reached:
            reached.add(name)
            ahead += imported(MODULES[name])
    without = {
        name for name in reached if any(not isinstance(call.args[0], ast.Starred) for call in made(name, "Problem"))
    }
    assert without - {"divan.sources.problem"} == NOT_OF_THE_CHECK


def test_a_fault_is_told_with_its_code_in_every_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = forum.make_forum(tmp_path / "forum", theme=False)
    forum.write(root, "content/perdu.md", "perdu")
    lost = str(root / "content/perdu.md")
    assert main(["--root", str(root), "check", lost]) == 1
    assert capsys.readouterr().err.splitlines()[0].endswith("supprimez-le [F01]")
    told = {}
    for form in ("json", "gitlab", "github", "markdown"):
        main(["--root", str(root), "check", lost, "--format", form])
        told[form] = capsys.readouterr().out
    assert json.loads(told["json"])["problems"][0]["code"] == "F01"
    assert json.loads(told["gitlab"])[0]["check_name"] == "F01"
    assert "title=F01::" in told["github"]
    assert "(F01)" in told["markdown"]


def test_a_code_is_explained_without_a_network_and_another_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "[f01]"]) == 0
    assert explained_faults()["F01"].remedy in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["check", "--explain", "Z99"])
    assert "Z99" in capsys.readouterr().err
