"""``divan init``: a group's folder, from options, a file of answers or the keyboard."""

from __future__ import annotations

import sys

from divan.commands.arguments import Words


def run_init(words: Words) -> int:
    """Ask what was not said, write the folder, and say what comes next."""
    from divan.catalogue.site import CLOSED
    from divan.founding.folder import write_folder
    from divan.founding.founder_answers import founding, read_answers
    from divan.founding.founder_questions import NAMES

    if words.remove_example:
        return _remove_example(words)
    said = read_answers(words.answers) if words.answers else {}
    said |= {name: given for name in NAMES if (given := getattr(words, name))}
    ask = _ask if sys.stdin.isatty() else None
    group = founding(said, ask)
    written = write_folder(words.folder, group, words.engine)
    print(f"{len(written)} fichiers dans {words.folder}. Ensuite :")
    print(f"  cd {words.folder}")
    if group.edition == CLOSED:
        print("  divan members key VOTRE-NOM          # votre carte : sans clé, on ne lit que la charte")
    print("  make html                            # installe Divan et construit le site")
    print("  make check                           # relit tout ; « make test » construit aussi, à blanc")
    if group.example:
        print("  make sans-exemple                    # quand vous aurez vu : ôte l'exemple, garde ce qui a été changé")
    if group.ways.to_collector and not group.ways.address:
        print("Sans DIVAN_COLLECTOR, rien n'arrive à un collecteur en ligne : voyez le guide « Héberger ».")
    print("Puis lisez content/pages/charte.md : ce que votre groupe doit décider y est marqué « À décider ».")
    return 0


def _remove_example(words: Words) -> int:
    from divan.founding.example_set import remove_example

    gone, left = remove_example(words.folder)
    print(f"Exemple : {len(gone)} fichiers ôtés.")
    for path in left:
        print(f"  gardé : {path}")
    if left:
        print("Quelqu'un y a écrit, ou y a répondu : ôtez-les à la main si vous n'en voulez plus.")
    return 0


def _ask(question: str, default: str) -> str:
    try:
        return input(f"{question}{f' [{default}]' if default else ''} ")
    except EOFError:
        return ""
