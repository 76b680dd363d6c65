"""The help of every command: an example that the command itself takes, and what guides write is what it takes too."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from divan.commands.arguments import SHELLS, parser
from divan.commands.examples import EXAMPLES
from divan.commands.runs import RUNS, main
from tests.places import HOUSE

PAGES = [HOUSE / "README.md", HOUSE / "CONTRIBUTING.md", *sorted((HOUSE / "content/pages/guides").glob("*.md")),
         *sorted((HOUSE / "divan/founding/skeleton").rglob("*.j2"))]  # fmt: skip
PLACEHOLDERS = re.compile(r"\[[^\]]*\]|…")


def words(line: str) -> list[str]:
    """What the command is given by a line of shell: what follows a comment, a pipe or a redirection is not its own."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
    lexer.whitespace_split, lexer.commenters = True, "#"
    mine: list[str] = []
    for word in lexer:
        if re.fullmatch(r"[|&;<>]+", word):
            break
        mine.append(word)
    return mine[1:]


@pytest.mark.parametrize("name", RUNS)
def test_every_command_ends_its_help_with_examples_that_it_takes(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    for example in EXAMPLES[name]:
        assert f"\n  {example}\n" in shown
        assert parser(RUNS).parse_args(words(example)).run is RUNS[name]


def written() -> Iterator[tuple[str, str]]:
    """Every call of the command that a page shows, whole: in a block of code, or between backquotes."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        lines = [line.strip() for block in blocks for line in block.splitlines()]
        lines += re.findall(r"`((?:\.venv/bin/)?divan [^`\n]+)`", text)
        for line in lines:
            for call in re.split(r"&& ", line):
                if re.match(r"(\.venv/bin/|python -m )?divan [a-z-]", call) and not PLACEHOLDERS.search(call):
                    yield page.name, call.removeprefix("python -m ").strip()


@pytest.mark.parametrize(("page", "line"), sorted(set(written())))
def test_what_a_page_tells_to_type_is_what_the_command_takes(
    page: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = words(line)
    if [*given[:1]] == given and given[0] in RUNS:
        return  # the command's name alone: a sentence speaks of it
    try:
        parser(RUNS).parse_args(given)
    except SystemExit as left:
        assert left.code == 0, capsys.readouterr().err


def test_pages_do_show_commands() -> None:
    assert len({line for _, line in written()}) > 30


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_is_given_what_completes_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert [name for name in RUNS if name not in script] == []
    if shutil.which(shell):
        assert subprocess.run([shell, "-n"], input=script, text=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("typed", "offered"), [("divan che", ["check"]), ("divan completion f", ["fish"]), ("divan build --f", ["--full"])]
)
def test_bash_completes_what_is_begun(tmp_path: Path, typed: str, offered: list[str]) -> None:
    made = subprocess.run([sys.executable, "-m", "divan", "completion", "bash"], capture_output=True, check=True)
    (tmp_path / "divan.bash").write_bytes(made.stdout)
    begun = typed.split()
    asked = (f"source divan.bash; COMP_WORDS=({typed}); COMP_CWORD={len(begun) - 1}; "
             f"$(complete -p divan | sed 's/.*-F \\([^ ]*\\).*/\\1/') divan {begun[-1]} {begun[-2]}; "
             "printf '%s\\n' \"${COMPREPLY[@]}\"")  # fmt: skip
    told = subprocess.run(["bash", "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stdout.split() == offered
