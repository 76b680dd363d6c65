"""The commands of whoever receives answers, proposals and requests to enter."""

from __future__ import annotations

import signal
import sys

from divan.commands.arguments import Words


def run_collect(words: Words) -> int:
    """Run the server that receives answers and proposals, with the moderators' desk."""
    from divan.collector.serving import collect
    from divan.desk.full_app import full_app, receiving_app

    alone = "Le collecteur écoute sur {where} ({surveys}) ; le bureau est ailleurs, par « divan desk »."
    whole = "Le collecteur écoute sur {where} ({surveys}), le bureau est à {where}/desk/."
    collect(
        words.root,
        host=words.host,
        port=words.port,
        database=words.database,
        ignore_window=words.ignore_window,
        proof_required=words.require_proof,
        per_minute=words.rate,
        application=receiving_app if words.without_desk else full_app,
        announced=alone if words.without_desk else whole,
    )
    return 0


def run_try(words: Words) -> int:
    """Put the forms of a study on trial, then say what was learnt."""
    from divan.builder.settings import zone_of
    from divan.commands.own_analysis import join_analysis
    from divan.pilot.trying import try_study
    from divan.sources.french import civil_day

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped either way, it throws everything away
    join_analysis(words.root)
    day = words.date or civil_day(zone_of(words.root))
    for line in try_study(words.root, words.study, words.wave, day, host=words.host, port=words.port):
        print(line)
    return 0


def run_desk(words: Words) -> int:
    """Run the moderators' desk in a process of its own, beside a collector of the same database."""
    from divan.collector.serving import collect
    from divan.desk.full_app import desk_app

    collect(
        words.root,
        host=words.host,
        port=words.port,
        database=words.database,
        ignore_window=False,
        proof_required=False,
        per_minute=1,
        application=desk_app,
        announced="Le bureau est à {where}/desk/.",
    )
    return 0


def run_moderators(words: Words) -> int:
    """Declare, list or remove those who moderate."""
    from divan.desk.declaring import declare

    print(declare(words.root, words.database, words.action, words.name, words.url))
    return 0


def run_news(words: Words) -> int:
    """Say what waits at the desk, without a word of the texts."""
    from divan.desk.declaring import news

    said = news(words.root, words.database)
    if said:
        print(said)
    return 0


def run_export(words: Words) -> int:
    """Write a wave's answers as a CSV of its study."""
    from divan.collector.export import write_export

    told: list[str] = []
    count = write_export(
        words.root, words.study, words.wave, words.database, words.output, words.quarantined, told.append
    )
    for note in told:
        print(note, file=sys.stderr)
    if words.output != "-":
        print(f"{count} réponse{'s' if count > 1 else ''} dans {words.output or 'responses/'}.")
    return 0


def run_choices(words: Words) -> int:
    """Write what was chosen under the cases, for a site that is read without a collector."""
    from divan.builder.settings import zone_of
    from divan.collector.export import write_choices
    from divan.forum.asked import CHOICES_FILE
    from divan.sources.french import civil_day, plural

    count = write_choices(words.root, words.database, civil_day(zone_of(words.root)))
    print(f"{plural(count, 'cas', 'cas')} dans {CHOICES_FILE}.")
    return 0


def run_erase(words: Words) -> int:
    """Erase one answer, by its receipt."""
    from divan.collector.export import erase

    erase(words.root, words.database, words.receipt)
    print("Cette réponse est effacée de la base. Refaites l'export et le rapport pour qu'elle en disparaisse aussi.")
    return 0


def run_admit(words: Words) -> int:
    """Take answers out of quarantine."""
    from divan.collector.export import admit

    count = admit(words.root, words.study, words.wave, words.database, words.responses)
    print(f"{count} réponse{'s sorties' if count > 1 else ' sortie'} de quarantaine.")
    absent = len(set(words.responses)) - count
    if absent:
        print(f"{absent} n'y {'étaient' if absent > 1 else 'était'} pas.", file=sys.stderr)
    return 1 if absent else 0
