"""« divan withdraw » and « divan purge »: carried out at once, whatever else is wrong in the repository."""

from __future__ import annotations

from divan.commands.words import Words


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
