"""``divan check``: what has to be corrected, and what deserves a look."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from divan.commands.annotations import report
from divan.commands.arguments import Words
from divan.commands.own_analysis import join_analysis
from divan.commands.speech import show_problems
from divan.sources.problem import Problem


def run_check(words: Words) -> int:
    """Say every fault, of the whole content or of the files that are named."""
    from divan.forum.check import check_paths
    from surveys.check import check_studies

    problems = [*check_paths(words.root, words.paths)]
    if not words.paths or any(path.resolve().is_relative_to(words.root / "surveys") for path in words.paths):
        from analysis.report.plan_check import check_plans

        join_analysis(words.root)
        problems += [*check_studies(words.root), *check_plans(words.root)]
    if not words.paths:
        from divan.site.furniture import template_problems

        problems += template_problems(words.root)
    if words.commits:
        from divan.history.messages import message_problems

        problems += message_problems(words.root, words.commits)
    notices = [*_questions(words), *(_notices(words.root) if not words.paths else [])]
    if report(words.format, problems, notices):
        return 1 if problems else 0
    for notice in notices:
        print(f"à regarder : {notice}")
    if problems:
        return show_problems(problems)
    print("Rien à corriger.")
    return 0


def _notices(root: Path) -> list[Problem]:
    from divan.forum.notices import notices
    from divan.theme_overrides import outdated

    return [*notices(root, date.today()), *(Problem("theme", None, said) for said in outdated(root))]


def _questions(words: Words) -> list[Problem]:
    """Asked of the files that are named, or of a forum that is still small: many posts were asked when they came."""
    from divan.forum.check import SEVERAL_PROCESSES_FROM, files_under
    from divan.forum.questions import questions

    files = files_under(words.root, words.paths)
    return [*questions(words.root, files)] if words.paths or len(files) < SEVERAL_PROCESSES_FROM else []
