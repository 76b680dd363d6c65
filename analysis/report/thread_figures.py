"""What a report says of a thread: the figures of report.json, and the sentences of the summary and of the methods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.people.chat_members import GONE, LEVEL, ROLE, who
from analysis.people.counted import Key
from analysis.people.thread import StudiedThread
from analysis.report.publication import Publication
from analysis.tables.cells import Count
from divan.sources.french import long_date, number, percent, plural
from surveys.chat.store import Role


def activity(publication: Publication) -> dict[str, Any]:
    """The thread in figures, a level of participation each; None for a count that the page masks or does not show."""
    thread = publication.cohort.thread
    if thread is None:
        return {}
    mean, median = thread.posts_a_user
    users = _told(publication, who((ROLE, Role.USER.value)))
    return {
        "posts": thread.posts,
        "days": thread.rules.days,
        "users": users,
        "observers": _told(publication, who((ROLE, Role.OBSERVER.value))),
        "leavers": _told(publication, GONE),
        "busiest_day": thread.busiest.isoformat(),
        "busiest_posts": thread.by_day[thread.busiest],
        "silent_days": [day.isoformat() for day in thread.silent],
        "first_share": thread.first_share,
        "mean_posts": None if users is None else mean,
        "median_posts": None if users is None else median,
        **{level.id: _told(publication, who((LEVEL, level.id))) for level in thread.rules.levels},
    }


def _told(publication: Publication, whom: Key) -> int | None:
    """The count of these members, if a table of the page prints it."""
    shown = (cell for table in publication.tables for _, _, cell in table.walk())
    return next((cell.n for cell in shown if isinstance(cell, Count) and cell.who == whom), None)


def thread_summary(publication: Publication) -> Iterator[str]:
    """What the group wrote, and when; nothing for a study without a thread."""
    thread = publication.cohort.thread
    if thread is None:
        return
    figures = activity(publication)
    said = [plural(figures["users"], "membre a écrit", "membres ont écrit")] if figures["users"] is not None else []
    if figures["observers"]:
        verb = "n'a" if figures["observers"] < 2 else "n'ont"
        said.append(f"{number(figures['observers'])} {verb} jamais écrit")
    yield (
        f"En {plural(thread.rules.days, 'jour')}, {plural(thread.posts, 'message')} ; {', '.join(said)}."
        if said
        else (f"En {plural(thread.rules.days, 'jour')}, {plural(thread.posts, 'message')}.")
    )
    yield (
        f"{percent(thread.first_share, 0)} des messages sont des {thread.rules.first_days} premiers jours ; le plus "
        f"chargé, le {long_date(thread.busiest)}, en compte {number(thread.by_day[thread.busiest])}."
    )


def thread_methods(publication: Publication) -> Iterator[str]:
    """How the thread was read; nothing for a study without one."""
    thread = publication.cohort.thread
    if thread is None:
        return
    rules = thread.rules
    yield (
        f"Fil de discussion lu d'un export de l'application, du {long_date(rules.opens)} au {long_date(rules.closes)} "
        "inclus ; les notifications du groupe ne comptent pas comme des messages."
    )
    yield (
        "Chaque personne porte un pseudonyme, donné avant que rien ne soit écrit ; noms, numéros, lieux, mentions et "
        "jetons des liens sont remplacés par « XXX » dans les messages."
    )
    yield (
        f"Un message répond au précédent quand il est d'un autre membre et le suit d'au plus "
        f"{plural(rules.reply_minutes, 'minute')} : l'application ne dit pas toujours à qui l'on répond."
    )


def thread_key_figure(thread: StudiedThread) -> tuple[str, str]:
    """The number of posts, when no other figure counts more."""
    return number(
        thread.posts
    ), f"{'message' if thread.posts < 2 else 'messages'} en {plural(thread.rules.days, 'jour')}"
