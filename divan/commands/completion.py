"""``divan completion``: what a shell needs to complete the commands, printed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from divan.commands.arguments import Words


def run_completion(words: Words) -> int:
    """Print the script for a shell, made from the very parser."""
    import shtab

    from divan.commands.arguments import parser
    from divan.commands.runs import RUNS

    divan = parser(RUNS)
    for action in _actions(divan):
        if action.type is Path or action.dest == "root":
            action.complete = shtab.DIRECTORY if action.dest in ("root", "folder") else shtab.FILE  # type: ignore[attr-defined]
    print(shtab.complete(divan, words.shell))
    return 0


def _actions(divan: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in divan._actions:
        yield action
        for each in action.choices.values() if isinstance(action.choices, dict) else ():
            yield from _actions(each)
