"""« divan --version » : which Divan this is, in the words that a published report.json gives of its own."""

from __future__ import annotations

import argparse
from typing import Any

from divan.commands.own_analysis import join_analysis


class ShowVersion(argparse.Action):
    """Print the version and leave; what it takes to know the commit is only done when asked."""

    def __init__(self, option_strings: list[str], dest: str, **rest: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, **rest)

    def __call__(self, parser: argparse.ArgumentParser, words: argparse.Namespace, *_: Any) -> None:
        """Print three lines: version, commit, digest of the analysis code."""
        from analysis.report.analysis_code import analysis_code

        join_analysis(words.root)
        made = analysis_code()
        print(f"divan {made.version}")
        print(f"commit de l'analyse : {made.commit or 'inconnu de git, ou modifié depuis'}")
        print(f"empreinte de l'analyse : {made.sha256}")
        parser.exit()
