"""``divan digest``: the week's letter, to be read, or to be sent to those who asked for it."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from divan.commands.arguments import Words
from divan.sources.problem import Problem, ProblemsFound

if TYPE_CHECKING:
    from pathlib import Path

    from divan.builder.settings import Settings
    from divan.letter.configuring import LetterSettings
    from divan.letter.letter_text import Letter
    from divan.letter.week import ForumWeek


def run_digest(words: Words) -> int:
    """Write the letter of a week, and send it when asked to; a week without news has none."""
    from divan.builder.settings import load_settings
    from divan.letter.configuring import letter_settings
    from divan.letter.letter_text import days_of, write_letter
    from divan.letter.week import monday_of, read_week

    settings = load_settings(words.root)
    if words.members:
        return _for_members(words, settings)
    week = read_week(settings, monday_of(words.week, settings.today))
    if week.is_empty:
        print(f"Rien de nouveau {days_of(week)} : pas de lettre.")
        return 0
    forum, home = str(settings.get("SITENAME", "")), f"{settings.url}/"
    if words.send:
        return _send(words, letter_settings(settings), week)
    place = _write(words, write_letter(week, forum, home, f"{home}lettre/"), week.id)
    print(f"{place}.txt et .html ; « --send » l'envoie.")
    return 0


def _for_members(words: Words, settings: Settings) -> int:
    """The letter of the members' space: titles that a mail would tell to whoever carries it, so it is never sent."""
    from divan.builder.settings import load_settings
    from divan.letter.letter_text import days_of, write_letter
    from divan.letter.week import monday_of, read_week
    from divan.members.where import SPACE
    from divan.site.members_space import members_edition

    if words.send:
        message = "la lettre des membres dit des titres réservés, qu'un courriel ordinaire porterait en clair"
        remedy = "sans « --send », elle est écrite : donnez-la par une messagerie chiffrée"
        raise ProblemsFound([Problem("--send", None, message, remedy)])
    door = f"{settings.url}/{SPACE}"
    theirs = load_settings(words.root, members_edition(settings))
    week = read_week(theirs, monday_of(words.week, settings.today), f"{door}#")
    if week.is_empty:
        print(f"Rien de nouveau {days_of(week)} : pas de lettre.")
        return 0
    place = _write(words, write_letter(week, str(settings.get("SITENAME", "")), door, ""), f"{week.id}-membres")
    print(f"{place}.txt et .html ; leurs titres sont réservés, leurs liens demandent la clé.")
    return 0


def _write(words: Words, letter: Letter, name: str) -> Path:
    """Put a letter where it is asked, in its two forms; the place of both, without their ending."""
    from divan.sources.writing import write_beside

    folder: Path = words.output or words.root / ".divan" / "letters"
    for suffix, content in (("txt", letter.text), ("html", letter.html)):
        write_beside(folder / f"{name}.{suffix}", content)
    print(letter.subject)
    return folder / name


def _send(words: Words, settings: LetterSettings | None, week: ForumWeek) -> int:
    from divan.collector.identity import load_key
    from divan.collector.serving import answers_store, state_folder
    from divan.letter.letter_text import write_letter
    from divan.letter.posting import Posting
    from divan.letter.subscribers import Subscribers
    from divan.sources.french import plural

    if settings is None:
        example = 'LETTER = {"host": "smtp.exemple.fr", "from": "forum@exemple.fr"}'
        raise ProblemsFound([Problem("pelicanconf.py", None, "il faut un serveur de courriel pour envoyer", example)])
    with answers_store(words.root, words.database) as store:
        subscribers = Subscribers(store.engine, load_key(state_folder(words.root)).secret)
        write = partial(write_letter, week, settings.forum, settings.home)
        posted = Posting(settings.server, subscribers, settings.address, write).post(week)
    print(f"{plural(posted.sent, 'lettre envoyée', 'lettres envoyées')}.")
    for number, one, many in (
        (posted.refused, "adresse refusée par son serveur", "adresses refusées par leur serveur"),
        (posted.unknown, "lettre était en route à un arrêt : elle n'est pas renvoyée",
         "lettres étaient en route à un arrêt : elles ne sont pas renvoyées"),
        (posted.later, "lettre n'est pas partie : relancez la commande",
         "lettres ne sont pas parties : relancez la commande"),
    ):  # fmt: skip
        if number:
            print(f"{plural(number, one, many)}.", file=sys.stderr)
    return 1 if posted.later else 0
