"""``divan check``: what has to be corrected, and what deserves a look."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from divan.commands.annotations import report
from divan.commands.arguments import Words
from divan.commands.fault_kinds import explanation
from divan.commands.own_analysis import join_analysis
from divan.commands.speech import show_problems, with_code
from divan.commands.tongue import in_our_language
from divan.sources.problem import Problem, ProblemsFound, noted


def run_check(words: Words) -> int:
    """Say every fault, of the whole content or of the files that are named; or what a code means."""
    if words.explain:
        print(explanation(words.explain))
        return 0
    from divan.collector.forgetting import retention_problems
    from divan.forum.check import check_content
    from divan.history.open_waves import open_wave_problems
    from surveys.check import check_studies

    content = check_content(words.root, words.paths)
    problems, notices = [*content.problems], [*content.notices]
    if not words.paths or any(path.resolve().is_relative_to(words.root / "surveys") for path in words.paths):
        day = _day(words.root)
        problems += [*check_studies(words.root), *_plans(words.root), *open_wave_problems(words.root, day)]
        problems += retention_problems(words.root, day)
    if not words.paths:
        from divan.site.furniture import template_problems
        from divan.theme_overrides import CHANGED_ORIGINAL, outdated
        from divan.upgrading.upgrade_notes import upgrade_notices

        problems += [*template_problems(words.root), *_sendings(words.root)]
        notices += [
            *upgrade_notices(words.root),
            *(CHANGED_ORIGINAL("theme", None, said) for said in outdated(words.root)),
        ]
    if words.commits:
        from divan.history.messages import message_problems

        problems += message_problems(words.root, words.commits)
    if report(words.format, problems, notices):
        return 1 if problems else 0
    for notice in notices:
        print(in_our_language("à regarder : {notice}").format(notice=with_code(notice)))
    if problems:
        return show_problems(problems)
    print(in_our_language("Rien à corriger."))
    return 0


def _day(root: Path) -> date:
    """Which day it is there; settings that do not read are said elsewhere."""
    from divan.builder.settings import zone_of
    from divan.sources.french import civil_day

    try:
        return civil_day(zone_of(root))
    except ProblemsFound:
        return civil_day()


def _sendings(root: Path) -> list[Problem]:
    """What studies ask of a collector that the group does not have; what does not load is said elsewhere."""
    from divan.builder.settings import SETTINGS_FILE, load_settings
    from plugins.form_sending import sending_problems
    from surveys.study import load_study, study_folders

    unread: list[Problem] = []
    found: list[Problem] = []
    if (root / SETTINGS_FILE).is_file():
        with noted(unread):
            settings = load_settings(root)
            for folder in study_folders(root):
                with noted(unread):
                    found += sending_problems(settings, [load_study(folder)])
    return found


def _plans(root: Path) -> list[Problem]:
    """What is said of plans; a forum without a study does not wait for what reads them."""
    from surveys.study import study_folders

    if not study_folders(root):
        return []
    from analysis.report.plan_check import check_plans

    join_analysis(root)
    return check_plans(root)
