"""La commande « divan » : chaque sous-commande est un appel à un paquet, chargé seulement quand elle sert."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext

from divan.commands.arguments import Words, parser
from divan.commands.chat import run_chat
from divan.commands.checking import run_check
from divan.commands.coding import run_code, run_codes
from divan.commands.completion import run_completion
from divan.commands.digesting import run_digest
from divan.commands.doctor import run_doctor
from divan.commands.image import run_image
from divan.commands.init_group import run_init
from divan.commands.inviting import run_tokens
from divan.commands.membership import run_members
from divan.commands.month_counts import run_activity
from divan.commands.patience import ON_THEIR_OWN, patience
from divan.commands.preview import run_preview
from divan.commands.receiving import (
    run_admit,
    run_choices,
    run_collect,
    run_desk,
    run_erase,
    run_export,
    run_moderators,
    run_news,
    run_try,
)
from divan.commands.removal import run_forget, run_purge, run_withdraw
from divan.commands.reporting import run_plan, run_power, run_report
from divan.commands.safekeeping import run_backup, run_restore
from divan.commands.speech import not_installed, show_problems, unreachable
from divan.commands.upgrade import run_upgrade
from divan.sources.problem import ProblemsFound


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; 0 all is well, 1 something is to be corrected (said in French), 2 wrong words."""
    words = parser(RUNS).parse_args(arguments)
    try:
        with nullcontext() if words.command in ON_THEIR_OWN else patience(sys.stderr):
            return int(words.run(words) or 0)
    except ProblemsFound as found:
        return show_problems(found.problems)
    except ModuleNotFoundError as error:
        return show_problems([not_installed(error)])
    except BrokenPipeError:
        # whoever read us has gone: « divan export | head »
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return show_problems([unreachable(error)])
    except KeyboardInterrupt:
        print("\nInterrompu ; rien n'a été écrit à moitié.", file=sys.stderr)
        return 130


def _new(words: Words) -> int:
    from divan.forum.new import new_post

    path = new_post(words.root, words.kind, thread=words.thread, title=words.title, area=words.area)
    print(f"{path.relative_to(words.root)} : à remplir, puis « divan check {path.relative_to(words.root)} ».")
    return 0


def _theme(words: Words) -> int:
    from divan.theme_overrides import override

    path = override(words.root, words.file)
    print(f"{path.relative_to(words.root)} : à changer ; « divan check » dira quand l'original aura changé.")
    return 0


def _build(words: Words) -> int:
    from divan.site.build import HeldBack, build_editions

    try:
        print(build_editions(words.root, full=words.full))
    except HeldBack as found:
        print("Publié, sauf ce qui suit, qui reste comme avant :" if found.published
              else "Rien n'est publié : le site reste comme avant.", file=sys.stderr)  # fmt: skip
        return show_problems(found.problems)
    return 0


def _index(words: Words) -> int:
    from divan.site.search.all_editions import index_editions

    print(index_editions(words.root))
    return 0


def _serve(words: Words) -> int:
    from divan.site.serve import serve

    os.environ.setdefault("SITEURL", f"http://localhost:{words.port}")
    os.environ.setdefault("DIVAN_COLLECTOR", f"http://localhost:{words.port + 1}")
    collect = ["--root", str(words.root), "collect", "--port", str(words.port + 1)]
    collector = [sys.executable, "-m", "divan", *collect]
    return serve(words.root, words.port, beside=collector, open_browser=words.open)


def _draft(words: Words) -> int:
    from surveys.drafting import draft_questionnaire

    print(draft_questionnaire(words.root, words.study, words.wave, words.source))
    return 0


def _form(words: Words) -> int:
    from surveys.exchange.form_files import write_form_file
    from surveys.study import known_wave, load_study

    asked = known_wave(load_study(words.root / "surveys" / words.study), words.wave).questionnaire
    lost = write_form_file(asked, words.to)
    print("\n".join([str(words.to), f"  {len(asked.items)} question(s)", *(f"  - {one}" for one in lost)]))
    return 0


def _import(words: Words) -> int:
    from surveys.importing import import_wave

    order = {"day-first": False, "month-first": True}.get(words.dates)
    print(
        import_wave(
            words.root,
            words.study,
            words.wave,
            words.source,
            roster=words.roster,
            dry_run=words.dry_run,
            month_first=order,
        )
    )
    return 0


def _intake(words: Words) -> int:
    from divan.commands.intake import run_intake

    return run_intake(words)


def _consult(words: Words) -> int:
    from surveys.grouping import group_answers

    print(group_answers(words.root, words.study))
    return 0


def _remind(words: Words) -> int:
    from surveys.remind import reminder

    print(reminder(words.root, words.study, words.wave))
    return 0


RUNS = {
    "init": run_init,
    "upgrade": run_upgrade,
    "new": _new,
    "theme": _theme,
    "check": run_check,
    "doctor": run_doctor,
    "completion": run_completion,
    "build": _build,
    "index": _index,
    "serve": _serve,
    "draft": _draft,
    "form": _form,
    "import": _import,
    "chat": run_chat,
    "code": run_code,
    "codes": run_codes,
    "report": run_report,
    "plan": run_plan,
    "power": run_power,
    "collect": run_collect,
    "desk": run_desk,
    "try": run_try,
    "tokens": run_tokens,
    "export": run_export,
    "choices": run_choices,
    "erase": run_erase,
    "forget": run_forget,
    "admit": run_admit,
    "backup": run_backup,
    "restore": run_restore,
    "remind": _remind,
    "consult": _consult,
    "members": run_members,
    "moderators": run_moderators,
    "news": run_news,
    "digest": run_digest,
    "activity": run_activity,
    "withdraw": run_withdraw,
    "intake": _intake,
    "purge": run_purge,
    "image": run_image,
    "preview": run_preview,
}
