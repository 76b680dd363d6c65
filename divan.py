"""La commande « divan » : chaque sous-commande est un appel à un paquet, chargé seulement quand elle sert."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from command_line import FrenchParser, show_problems, unreachable, whole
from sources.problem import ProblemsFound

Words = argparse.Namespace

DESCRIPTION = """\
Divan : un forum entre confrères, fait d'un site statique et d'un dépôt git,
avec les enquêtes qui disent s'il aide."""

EPILOG = """\
exemples :
  divan new case                                   un cas clinique à remplir
  divan new reply 2026-03-14-k7f2                  une réponse à ce fil
  divan check                                      tout relire avant de proposer
  divan import poitou-charentes-2023 before avant.csv
  divan report poitou-charentes-2023               refaire la page de résultats

Les guides sont sur le site : /guides/contribuer/, /guides/moderer/, /guides/etude/, /guides/heberger/."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; 0 all is well, 1 something is to be corrected (said in French), 2 wrong words."""
    words = _parser().parse_args(arguments)
    try:
        return int(words.run(words) or 0)
    except ProblemsFound as found:
        return show_problems(found.problems)
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # whoever read us has gone: « divan export | head »
        return 1
    except OSError as error:
        return show_problems([unreachable(error)])
    except KeyboardInterrupt:
        print("\nInterrompu ; rien n'a été écrit à moitié.", file=sys.stderr)
        return 130


def _new(words: Words) -> int:
    from forum.new import new_post

    path = new_post(words.root, words.kind, thread=words.thread, title=words.title, area=words.area)
    print(f"{path.relative_to(words.root)} : à remplir, puis « divan check {path.relative_to(words.root)} ».")
    return 0


def _check(words: Words) -> int:
    from forum.check import check_paths
    from forum.notices import notices
    from surveys.check import check_studies

    problems = [*check_paths(words.root, words.paths)]
    if not words.paths or any(path.resolve().is_relative_to(words.root / "surveys") for path in words.paths):
        from analysis.plan import check_plans

        problems += [*check_studies(words.root), *check_plans(words.root)]
    for notice in notices(words.root, date.today()) if not words.paths else []:
        print(f"à regarder : {notice}")
    if problems:
        return show_problems(problems)
    print("Rien à corriger.")
    return 0


def _build(words: Words) -> int:
    from plugins.build import build

    print(build(words.root, full=words.full).sentence())
    return 0


def _index(words: Words) -> int:
    from plugins.search_index import index_search

    print(index_search(words.root))
    return 0


def _serve(words: Words) -> int:
    from plugins.serve import serve

    os.environ.setdefault("SITEURL", f"http://localhost:{words.port}")
    os.environ.setdefault("DIVAN_COLLECTOR", f"http://localhost:{words.port + 1}")
    collect = ["--root", str(words.root), "collect", "--port", str(words.port + 1)]
    collector = [sys.executable, str(Path(__file__).resolve()), *collect]
    return serve(words.root, words.port, beside=collector, open_browser=words.open)


def _import(words: Words) -> int:
    from surveys.importing import import_wave

    print(import_wave(words.root, words.study, words.wave, words.source, roster=words.roster, dry_run=words.dry_run))
    return 0


def _report(words: Words) -> int:
    from analysis.report import build_report, is_stale, studies_to_report

    for study in [words.study] if words.study else studies_to_report(words.root):
        if not words.stale or is_stale(words.root, study):
            written = build_report(words.root, study)
            print(f"{study} : {len(written)} fichiers dans content/results/{study}/")
    return 0


def _collect(words: Words) -> int:
    from collector.serving import collect

    collect(
        words.root,
        host=words.host,
        port=words.port,
        database=words.database,
        ignore_window=words.ignore_window,
        proof_required=words.require_proof,
        per_minute=words.rate,
    )
    return 0


def _export(words: Words) -> int:
    from collector.export import write_export

    count = write_export(words.root, words.study, words.wave, words.database, words.output, words.quarantined)
    if words.output != "-":
        print(f"{count} réponse{'s' if count > 1 else ''} dans {words.output or 'responses/'}.")
    return 0


def _erase(words: Words) -> int:
    from collector.export import erase

    erase(words.root, words.database, words.receipt)
    print("Cette réponse est effacée de la base. Refaites l'export et le rapport pour qu'elle en disparaisse aussi.")
    return 0


def _admit(words: Words) -> int:
    from collector.export import admit

    count = admit(words.root, words.study, words.wave, words.database, words.responses)
    print(f"{count} réponse{'s sorties' if count > 1 else ' sortie'} de quarantaine.")
    absent = len(set(words.responses)) - count
    if absent:
        print(f"{absent} n'y {'étaient' if absent > 1 else 'était'} pas.", file=sys.stderr)
    return 1 if absent else 0


def _remind(words: Words) -> int:
    from surveys.remind import reminder

    print(reminder(words.root, words.study, words.wave))
    return 0


def _members(words: Words) -> int:
    from collector.export import forget
    from surveys.members import ENTRY, WAVE, verify
    from surveys.members_register import index_register

    index = words.root / ".divan" / "annuaire.sqlite"
    if words.register:
        count = index_register(words.register, index)
        print(f"{count} lignes de l'annuaire indexées.")
    key = words.root / ".divan" / "members.key"
    verdicts = verify(words.root, index, key, admit=words.admit, refuse=words.refuse, dry_run=words.dry_run)
    print("\n".join(map(str, verdicts)) or "Aucune demande en attente.")
    if not words.dry_run:
        forget(words.root, ENTRY, WAVE, words.database, [verdict.response for verdict in verdicts if verdict.settled])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = FrenchParser(prog="divan", description=DESCRIPTION, epilog=EPILOG)
    parser.add_argument("--root", type=_folder, default=Path.cwd(), metavar="DOSSIER", help="le dépôt (ici par défaut)")
    commands = parser.add_subparsers(
        title="commandes", prog="divan", metavar="COMMANDE", required=True, parser_class=FrenchParser
    )

    def command(name: str, run: Callable[[Words], int], help_text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_text, description=help_text[0].upper() + help_text[1:] + ".")
        added.set_defaults(run=run)
        return added

    new = command("new", _new, "écrit un fichier valide, à remplir")
    kinds = {"case": "cas clinique", "topic": "sujet", "reply": "réponse", "member": "confrère", "service": "service"}
    help_kinds = ", ".join(f"{kind} ({meaning})" for kind, meaning in kinds.items())
    new.add_argument("kind", choices=kinds, metavar="GENRE", help=help_kinds)
    new.add_argument("thread", nargs="?", metavar="FIL", help="pour une réponse : l'identifiant du fil")
    new.add_argument("--title", default="", metavar="TITRE", help="le titre du fil, ou le nom de la fiche")
    new.add_argument("--area", default="", metavar="DOMAINE", help="pour un sujet : relation, local, admin, moral…")

    check = command("check", _check, "dit tout ce qui ne va pas dans le contenu, les études et les identités")
    check.add_argument("paths", nargs="*", type=Path, metavar="CHEMIN", help="ces fichiers ou dossiers seulement")

    build = command("build", _build, "construit le site dans output/, en ne refaisant que ce qui a changé")
    build.add_argument("--full", action="store_true", help="oublie l'état gardé et refait tout")

    command("index", _index, "refait l'index de la page de recherche, si le site a changé")

    serve = command("serve", _serve, "montre le site en local et le recharge à chaque changement")
    serve.add_argument(
        "--port",
        type=whole(1, 65_534),
        default=8000,
        metavar="N",
        help="8000 par défaut ; le collecteur prend le suivant",
    )
    serve.add_argument("--open", action="store_true", help="ouvre le navigateur")

    imported = command("import", _import, "lit l'export d'un formulaire et en fait les réponses d'une vague")
    _study_and_wave(imported)
    imported.add_argument("source", type=Path, metavar="FICHIER", help="un CSV, ou un dossier de fichiers de réponse")
    imported.add_argument("--roster", type=Path, metavar="CSV", help="les codes des membres admis")
    imported.add_argument("--dry-run", action="store_true", help="dit ce qui serait fait, sans rien écrire")

    report = command("report", _report, "calcule les résultats d'une étude et écrit leur page")
    report.add_argument("study", nargs="?", metavar="ETUDE", help="toutes par défaut")
    report.add_argument("--stale", action="store_true", help="seulement si les réponses ou le plan ont changé")

    collect = command("collect", _collect, "reçoit les réponses aux enquêtes (à mettre derrière un serveur web)")
    collect.add_argument("--port", type=whole(0, 65_535), default=8001, metavar="N", help="8001 par défaut")
    collect.add_argument("--host", default="127.0.0.1", metavar="ADRESSE", help="127.0.0.1 par défaut")
    _database(collect)
    collect.add_argument("--ignore-window", action="store_true", help="reçoit aussi hors des dates de l'enquête")
    collect.add_argument("--require-proof", action="store_true", help="sans preuve de travail, en quarantaine")
    collect.add_argument(
        "--rate", type=whole(1, 1_000_000), default=30, metavar="N", help="envois par minute et par appareil (30)"
    )

    export = command("export", _export, "écrit les réponses reçues d'une vague en CSV")
    _study_and_wave(export)
    _database(export)
    export.add_argument("--quarantined", action="store_true", help="celles mises en quarantaine, avec la raison")
    export.add_argument("--output", metavar="FICHIER", help="« - » pour l'écran ; responses/VAGUE.csv par défaut")

    erase = command("erase", _erase, "efface la réponse d'une personne qui donne son reçu")
    erase.add_argument("receipt", metavar="REÇU", help="ABCD-EFGH-JKLM")
    _database(erase)

    admit = command("admit", _admit, "sort des réponses de quarantaine, une fois regardées")
    _study_and_wave(admit)
    admit.add_argument("responses", nargs="+", metavar="RÉPONSE", help="before-c0042…")
    _database(admit)

    remind = command("remind", _remind, "écrit le rappel à envoyer aux membres qui n'ont pas répondu")
    _study_and_wave(remind)

    members = command("members", _members, "vérifie les demandes d'entrée dans l'annuaire public, puis les oublie")
    members.add_argument("action", choices=["verify"], metavar="verify", help="la seule action, pour l'instant")
    members.add_argument("--register", type=Path, metavar="FICHIER", help="un nouvel extrait de l'annuaire, à indexer")
    for name, help_text in (
        ("--admit", "des demandes à voir que vous admettez"),
        ("--refuse", "celles que vous refusez"),
    ):
        members.add_argument(name, nargs="+", default=(), metavar="DEMANDE", help=help_text)
    members.add_argument("--dry-run", action="store_true", help="dit le verdict de chaque demande, sans rien changer")
    _database(members)
    return parser


def _database(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", metavar="URL", help="sqlite:///fichier ou postgresql://… (SQLite par défaut)")


def _study_and_wave(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("study", metavar="ETUDE", help="un dossier de surveys/")
    parser.add_argument("wave", metavar="VAGUE", help="before, after… comme dans study.yaml")


def _folder(text: str) -> Path:
    return Path(text).resolve()


if __name__ == "__main__":
    sys.exit(main())
