"""The command line in French, or in English by LANG: its help, argparse's own sentences, what it explains."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from divan.commands.arguments import parser
from divan.commands.fault_kinds import explained_faults
from divan.commands.runs import RUNS, main
from divan.commands.tongue import language
from tests.places import HOUSE

ENGLISH = {entry.msgid: entry.msgstr for entry in polib.pofile(str(HOUSE / "locale/en/LC_MESSAGES/commands.po"))}
FRENCH = {entry.msgid: entry for entry in polib.pofile(str(HOUSE / "locale/fr/LC_MESSAGES/argparse.po"))}
#: What argparse says to programmers, of files as types, and what we say ourselves.
NEVER_SAID = re.compile(
    r"conflicting |cannot |invalid (option string|conflict_resolution|choice)|dest= |unexpected option|\.__call__|"
    r"%r is not callable|mutually exclusive|'required' is|argument \"-\" with|unknown parser|%\(prog\)s: error"
)


def help_of(divan: argparse.ArgumentParser) -> Iterator[str]:
    """Every sentence and every name of a value that the help shows, in the language of the moment."""
    for action in divan._actions:
        yield from (
            text for text in (action.help, action.metavar) if isinstance(text, str) and text != argparse.SUPPRESS
        )
        if isinstance(action, argparse._SubParsersAction):
            yield from (choice.help for choice in action._choices_actions if choice.help)
            for each in action.choices.values():
                yield from help_of(each)


def asked_for() -> Iterator[str]:
    """The sentences that the code of the commands gives to be translated, as they are written there."""
    for file in sorted((HOUSE / "divan/commands").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "in_our_language":
                yield from (text.value for text in ast.walk(node) if isinstance(text, ast.Constant))


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """An environment without a language; what argparse was taught is forgotten after."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(argparse, "_", argparse._)  # type: ignore[attr-defined]
    monkeypatch.setattr(argparse, "ngettext", argparse.ngettext)  # type: ignore[attr-defined]
    yield monkeypatch


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [({}, "fr"), ({"LANG": "C.UTF-8"}, "fr"), ({"LANG": "fr_BE.UTF-8"}, "fr"), ({"LANG": "en_GB.UTF-8"}, "en"),
     ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"), ({"LANG": "de_CH", "LANGUAGE": "en:de"}, "en")],
)  # fmt: skip
def test_english_is_for_who_asks_for_it(speaking: pytest.MonkeyPatch, asked: dict[str, str], spoken: str) -> None:
    for name, value in asked.items():
        speaking.setenv(name, value)
    assert language() == spoken


def test_every_sentence_of_the_commands_has_its_english_and_nothing_else_lingers(speaking: pytest.MonkeyPatch) -> None:
    told = {text for each in explained_faults().values() for text in (each.family, each.holds, each.remedy)}
    divan = parser(RUNS)
    shown = {*help_of(divan), divan.description, divan.epilog} - {FRENCH["show this help message and exit"].msgstr}
    written = {text for text in asked_for() if re.search(r"[a-zà-ÿ]{2}", text)}
    plural = {"{n} problèmes à corriger.", "{n} problème à corriger.", "exemple :", "exemples :"}
    assert shown | told | written | plural == set(ENGLISH)
    assert [french for french, english in ENGLISH.items() if not english] == []


@pytest.mark.parametrize("french", [text for text in ENGLISH if "{" in text])
def test_english_keeps_what_is_filled_in(french: str) -> None:
    assert sorted(re.findall(r"{[^}]*}", ENGLISH[french])) == sorted(re.findall(r"{[^}]*}", french))


def test_what_argparse_may_say_is_in_its_french_catalogue() -> None:
    source = ast.parse(Path(argparse.__file__).read_text(encoding="utf-8"))
    said = {
        node.args[0].value
        for node in ast.walk(source)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext")
        if isinstance(node.args[0], ast.Constant)
    }
    assert len(said) > 15
    assert {sentence for sentence in said - set(FRENCH) if not NEVER_SAID.match(sentence)} == set()


@pytest.mark.parametrize(
    "typed", ["", "check --format", "serve --port x", "new", "new reply a b c", "build --full=yes"]
)
def test_a_wrong_call_is_said_in_one_language(
    speaking: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    said = {}
    for lang in ("fr_FR", "en_GB"):
        speaking.setenv("LANG", lang)
        with pytest.raises(SystemExit) as left:
            main(typed.split())
        assert left.value.code == 2
        said[lang] = capsys.readouterr().err
    english = re.compile(r"\b(argument|arguments|expected|required|invalid|see|unrecognized|expects)\b", re.IGNORECASE)
    assert not english.search(said["fr_FR"])
    assert "Voyez" in said["fr_FR"]
    assert english.search(said["en_GB"])
    assert not re.search(r"[à-ÿ]|attend|manque", said["en_GB"])


def test_a_code_is_explained_in_english_too(speaking: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    speaking.setenv("LANG", "en_GB.UTF-8")
    assert main(["check", "--explain", "F02"]) == 0
    assert ENGLISH[explained_faults()["F02"].holds] in capsys.readouterr().out
