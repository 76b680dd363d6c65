"""La commande « divan » : chaque sous-commande est un appel à un paquet, chargé seulement quand elle sert."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from divan.commands.arguments import Words, parser
from divan.commands.chat import run_chat
from divan.commands.checking import run_check
from divan.commands.coding import run_code, run_codes
from divan.commands.image import run_image
from divan.commands.new_group import run_new_group
from divan.commands.preview import run_preview
from divan.commands.receiving import (
    run_admit,
    run_collect,
    run_desk,
    run_erase,
    run_export,
    run_members,
    run_moderators,
    run_news,
)
from divan.commands.removal import run_purge, run_withdraw
from divan.commands.reporting import run_plan, run_power, run_report
from divan.commands.safekeeping import run_backup, run_restore
from divan.commands.speech import not_installed, show_problems, unreachable
from divan.sources.problem import ProblemsFound


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; 0 all is well, 1 something is to be corrected (said in French), 2 wrong words."""
    words = parser(RUNS).parse_args(arguments)
    try:
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

    if words.kind == "group":
        return run_new_group(words)
    path = new_post(words.root, words.kind, thread=words.thread, title=words.title, area=words.area)
    print(f"{path.relative_to(words.root)} : à remplir, puis « divan check {path.relative_to(words.root)} ».")
    return 0


def _theme(words: Words) -> int:
    from divan.theme_overrides import override

    path = override(words.root, words.file)
    print(f"{path.relative_to(words.root)} : à changer ; « divan check » dira quand l'original aura changé.")
    return 0


def _build(words: Words) -> int:
    from divan.site.build import HeldBack, build

    try:
        print(build(words.root, full=words.full).sentence())
    except HeldBack as found:
        print("Publié, sauf ce qui suit, qui reste comme avant :" if found.published
              else "Rien n'est publié : le site reste comme avant.", file=sys.stderr)  # fmt: skip
        return show_problems(found.problems)
    return 0


def _index(words: Words) -> int:
    from divan.site.search.indexing import index_search

    print(index_search(words.root))
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


def _import(words: Words) -> int:
    from surveys.importing import import_wave

    print(import_wave(words.root, words.study, words.wave, words.source, roster=words.roster, dry_run=words.dry_run))
    return 0


def _intake(words: Words) -> int:
    from divan.commands.intake import run_intake

    return run_intake(words)


def _remind(words: Words) -> int:
    from surveys.remind import reminder

    print(reminder(words.root, words.study, words.wave))
    return 0


RUNS = {
    "new": _new,
    "theme": _theme,
    "check": run_check,
    "build": _build,
    "index": _index,
    "serve": _serve,
    "draft": _draft,
    "import": _import,
    "chat": run_chat,
    "code": run_code,
    "codes": run_codes,
    "report": run_report,
    "plan": run_plan,
    "power": run_power,
    "collect": run_collect,
    "desk": run_desk,
    "export": run_export,
    "erase": run_erase,
    "admit": run_admit,
    "backup": run_backup,
    "restore": run_restore,
    "remind": _remind,
    "members": run_members,
    "moderators": run_moderators,
    "news": run_news,
    "withdraw": run_withdraw,
    "intake": _intake,
    "purge": run_purge,
    "image": run_image,
    "preview": run_preview,
}
