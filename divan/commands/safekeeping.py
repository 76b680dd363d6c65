"""``divan backup`` and ``divan restore``: all that was received, with the keys, in one encrypted file, and back."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from getpass import getpass
from pathlib import Path

import sqlalchemy as sql

from divan.commands.arguments import Words
from divan.sources.french import plural
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.writing import write_beside

SHORTEST = 12  # signs of a passphrase


def run_backup(words: Words) -> int:
    """Write the backup, then read it again."""
    from divan.collector.backup import back_up, keys_of, opened
    from divan.collector.health import mark_backup
    from divan.collector.serving import answers_store

    passphrase = _passphrase(words.passphrase, again=True)
    file = words.to or words.root / ".divan" / "backups" / f"divan-{date.today():%Y-%m-%d}.age"
    found = sorted((words.root / ".divan").rglob("*.key"))
    keys = {path.relative_to(words.root).as_posix(): path.read_text(encoding="ascii") for path in found}
    with answers_store(words.root, words.database) as store:
        content = back_up(store.engine, _tables(), keys, passphrase)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_beside(file, content, mode=0o600, durable=True)
        copy = opened(file.read_bytes(), passphrase, str(file))
    except OSError as error:
        message = f"ce fichier ne s'écrit pas ({error.strerror})"
        raise ProblemsFound([Problem(str(file), None, message, "nommez un autre endroit par --to")]) from None
    counts = {}
    for table in _tables():
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table.name]).fetchone():
            counts[table.name] = copy.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]  # noqa: S608
    mark_backup(words.root)
    _say(counts)
    print(f"  clés : {', '.join(keys_of(copy)) or 'aucune'}")
    if os.environ.get("DIVAN_COLLECTOR_KEY"):
        print("  la clé que donne DIVAN_COLLECTOR_KEY n'y est pas : gardez-la ailleurs", file=sys.stderr)
    print(f"Sauvegardé et relu : {file}. La phrase ne s'y trouve pas : sans elle, personne ne l'ouvre, ni vous.")
    return 0


def run_restore(words: Words) -> int:
    """Put a backup back, where nothing is yet."""
    from divan.collector.backup import keys_of, opened, put_back
    from divan.collector.serving import answers_store

    try:
        content = words.file.read_bytes()
    except OSError:
        raise ProblemsFound([Problem(str(words.file), None, "ce fichier ne se lit pas", "vérifiez son nom")]) from None
    copy = opened(content, _passphrase(words.passphrase, again=False), str(words.file))
    keys = {words.root / path: key for path, key in keys_of(copy).items()}
    others = [path for path, key in keys.items() if path.is_file() and path.read_text(encoding="ascii") != key]
    if others:
        raise ProblemsFound([Problem(path.relative_to(words.root).as_posix(), None, "une autre clé est déjà là",
                                     "restaurez dans un dossier neuf, ou mettez cette clé de côté")
                             for path in others])  # fmt: skip
    with answers_store(words.root, words.database, receives=True) as store:
        counts = put_back(store.engine, _tables(), copy)
    for path, key in keys.items():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_beside(path, key, mode=0o600, durable=True)
    _say(counts)
    print("Restauré, ligne pour ligne ; les clés sont en place.")
    return 0


def _say(counts: Mapping[str, int]) -> None:
    for name, count in counts.items():
        if count:
            print(f"  {name} : {plural(count, 'ligne')}")


def _tables() -> Sequence[sql.Table]:
    """Every table of a collector and its desk, those that others point to first."""
    import divan.desk.tables  # noqa: F401 - joint les siennes à celles des propositions
    from divan.collector import database
    from divan.letter import tables as letter
    from divan.proposals import tables as proposals

    return [table for each in (database, proposals, letter) for table in each.METADATA.sorted_tables]


def _passphrase(file: Path | None, *, again: bool) -> str:
    """From a file, else DIVAN_BACKUP_PASSPHRASE, else typed, twice when it is to be remembered."""
    if file:
        try:
            given = file.read_text(encoding="utf-8").splitlines()[:1]
        except (OSError, UnicodeDecodeError):
            raise ProblemsFound([Problem(str(file), None, "ce fichier ne se lit pas", "vérifiez son nom")]) from None
        phrase = given[0].strip() if given else ""
    elif os.environ.get("DIVAN_BACKUP_PASSPHRASE"):
        phrase = os.environ["DIVAN_BACKUP_PASSPHRASE"]
    elif sys.stdin.isatty():
        phrase = getpass("Phrase de la sauvegarde : ")
        if again and getpass("Encore une fois : ") != phrase:
            raise ProblemsFound([Problem("la phrase", None, "les deux ne sont pas les mêmes", "recommencez")])
    else:
        phrase = ""
    if len(phrase) < SHORTEST:
        message = f"la phrase d'une sauvegarde a {SHORTEST} signes au moins"
        remedy = "donnez-la par --passphrase FICHIER, par DIVAN_BACKUP_PASSPHRASE, ou au clavier"
        raise ProblemsFound([Problem("la phrase", None, message, remedy)])
    return phrase
