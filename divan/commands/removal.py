"""« divan withdraw » and « divan purge »: carried out at once, whatever else is wrong in the repository."""

from __future__ import annotations

import sys

from divan.commands.arguments import Words
from divan.sources.problem import Problem, ProblemsFound


def run_withdraw(words: Words) -> int:
    """Write what the withdrawal changes, then say what is left to do."""
    from divan.forum.withdrawing import withdraw
    from divan.sources.writing import write_beside

    withdrawal = withdraw(words.root, words.name, words.reason)
    for path, text in withdrawal.changes.items():
        if text is None:
            (words.root / path).unlink()
        else:
            write_beside(words.root / path, text)
    print(f"{withdrawal.what} :")
    for path, text in withdrawal.changes.items():
        print(f"  {path} : {'supprimé' if text is None else 'récrit'}")
    print("Committez et poussez sur la branche principale : le retrait est en ligne à la prochaine construction.\n"
          "L'historique garde l'ancien texte ; s'il désigne quelqu'un : « divan purge ».")  # fmt: skip
    return 0


def run_forget(words: Words) -> int:
    """Erase what a study may keep no longer, once that is confirmed."""
    from divan.builder.settings import zone_of
    from divan.collector.forgetting import forget_study, left_here, leftovers, names_to_forget, still_elsewhere
    from divan.sources.french import civil_day
    from surveys.retention import NAMES
    from surveys.study import load_study

    study = load_study(words.root / "surveys" / words.study)
    names = names_to_forget(study, civil_day(zone_of(words.root)), now=words.now)
    found = leftovers(words.root, study, words.database, names)
    if found.nothing:
        print(f"{study.id} : rien n'est plus gardé de ce qui devait être effacé.")
        return 0
    print(f"{study.id} : {' ; '.join(NAMES[name] for name in names)}. Ici, {left_here(found)}.")
    if not words.yes:
        _confirm(study.id)
    elsewhere = [*still_elsewhere(words.root, found)]
    forget_study(words.root, study, words.database, found)
    print("Effacé. La page de résultats reste. Ce que cette commande n'atteint pas :")
    print("\n".join(f"  - {place}" for place in elsewhere))
    return 0


def _confirm(study: str) -> None:
    """Go on only when the study's name is typed."""
    remedy = "tapez le nom de l'étude, ou ajoutez --yes" if sys.stdin.isatty() else "ajoutez --yes"
    typed = input(f"Rien ne s'en retrouvera. Pour effacer, tapez « {study} » : ") if sys.stdin.isatty() else ""
    if typed.strip() != study:
        raise ProblemsFound([Problem(study, None, "rien n'est effacé sans confirmation", remedy)])


_OUT_OF_REACH = """
Il reste à faire, dans cet ordre :
  git push --force --all && git push --force --tags
Ce que cette commande n'atteint pas, et comment le demander :
- les autres copies du dépôt (postes, miroirs) : chacun efface la sienne et clone de nouveau ;
- les fourches : écrivez à leur propriétaire, ou à la forge s'il ne répond pas ;
- ce que la forge garde des propositions, de ses caches et des objets sans nom :
    GitHub : support.github.com, « Remove cached views and pull request data », avec le dépôt et le fichier ;
    GitLab : Réglages, Dépôt, « Remove blobs » et « Run housekeeping », ou le support ;
    Forgejo, Gitea : l'administrateur lance « git gc --prune=now » sur le dépôt et supprime les branches refs/pull ;
- les moteurs de recherche et archives du Web : leurs formulaires de retrait, avec l'adresse de la page.
Un texte publié a pu être copié : dites-le à la personne."""


def run_purge(words: Words) -> int:
    """Rewrite history, then say what is left, and what nobody can reach from here."""
    from divan.history.purging import purge

    done = purge(words.root, words.name)
    versions = f"{done.contents} version{'s' if done.contents > 1 else ''}"
    print(f"{versions} de {', '.join(done.paths)} : effacées de l'histoire.")
    for place in done.left:
        print(f"à regarder : des mots retirés sont encore dans {place}", file=sys.stderr)
    if not done.left:
        print("Aucun objet de cette copie ne contient plus les mots retirés.")
    print(_OUT_OF_REACH)
    return 1 if done.left else 0
