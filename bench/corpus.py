"""A forum of any size, always the same for a seed: cases, replies, hashtags, in the repository's own format.

The words are common medical French put together at random: sentences have the length and the marks (bold, lists,
links, hashtags) of real posts, and no meaning. What `divan check` would stop by chance is drawn again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from divan.forum.identities import identities
from divan.privacy.detect import find_identifiers

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_SPECIALTIES = """cardiologie dermatologie endocrinologie gériatrie gynécologie infectiologie néphrologie neurologie
ophtalmologie pédiatrie pneumologie psychiatrie rhumatologie urgences"""
_BIRDS = """mésange bergeronnette héron alouette buse chouette cigogne courlis effraie faucon fauvette grive hirondelle
huppe linotte loriot martin-pêcheur merle milan moineau pinson pipit roitelet rossignol sittelle tarier verdier"""
_PLACES = "bocages landes marais plaines rives sources vignes talus"
_SUBJECTS = """toux fièvre douleur dyspnée anémie asthme migraine vertige prurit eczéma goutte lombalgie sciatique
hypertension diabète thyroïde ferritine anticoagulant antibiotique vaccin grossesse contraception sommeil alcool tabac
nutrition obésité dénutrition chute démence dépression anxiété deuil ordonnance certificat remplacement logiciel
adressage biologie imagerie échographie radiographie"""
_MANNERS = "aiguë chronique nocturne"
_WORDS = """patient patiente traitement examen clinique bilan consultation dose semaine mois jour hôpital médecin signe
risque avis dossier suivi contrôle résultat normal élevé stable modéré bilatéral sans avec depuis après avant pendant
selon malgré chez dans pour sur entre une un le la les des ce cette son sa nous je il elle pense propose demande
retrouve note évoque discute conseille surveille arrête reprend"""
SPECIALTIES, BIRDS, PLACES, SUBJECTS, MANNERS, WORDS = (
    words.split() for words in (_SPECIALTIES, _BIRDS, _PLACES, _SUBJECTS, _MANNERS, _WORDS)
)


@dataclass(frozen=True)
class Post:
    """One generated file: ``path`` from the root, head fields and body; ``thread`` is its thread's id."""

    path: str
    id: str
    thread: str
    head: tuple[tuple[str, str], ...]
    body: str

    def text(self) -> str:
        """The file's text."""
        return (
            "---\n"
            + "".join(f"{key}: {value}\n".replace(": \n", ":\n", 1) for key, value in self.head)
            + "---\n\n"
            + self.body
        )


@dataclass(frozen=True)
class Case:
    """An opening post, its replies, and its title, tags and date in plain form for the other builders."""

    post: Post
    replies: tuple[Post, ...]
    title: str
    tags: tuple[str, ...]
    date: datetime


def vocabulary() -> list[str]:
    """Hashtags' names: as many as a forum of some years has."""
    return [*SUBJECTS, *(f"{subject}-{manner}" for subject in SUBJECTS for manner in MANNERS)]


def authors() -> list[str]:
    """Pseudonyms."""
    return [f"{bird}-des-{place}" for bird in BIRDS for place in PLACES]


def cases(number: int, replies: int, seed: int = 1) -> Iterator[Case]:
    """``number`` cases with ``replies`` replies each, oldest first, one every two hours."""
    chance = random.Random(seed)
    tags, names = vocabulary(), authors()
    for index in range(number):
        date = datetime(2024, 1, 1, 8) + timedelta(hours=2 * index)
        yield _case(chance, date, replies, tags, names)


def reply(chance: random.Random, thread: str, date: datetime, author: str) -> Post:
    """One reply."""
    post_id = _id(chance, date)
    head = (("date", f"{date:%Y-%m-%d %H:%M}"), ("author", author))
    body = _passing(lambda: "\n\n".join(_paragraph(chance, 2) for _ in range(chance.randint(1, 3))))
    return Post(f"content/replies/{thread}/{post_id}.md", post_id, thread, head, body + "\n")


def write_vocabulary(root: Path) -> None:
    """Write ``content/hashtags.yaml``, and the group's facts as the demonstration has them."""
    lines = [f'- name: {name}\n  synonyms: []\n  about: "Tout sur {name}."\n' for name in vocabulary()]
    (root / "content").mkdir(parents=True, exist_ok=True)
    (root / "content" / "hashtags.yaml").write_text("".join(lines), encoding="utf-8")
    group = Path(__file__).resolve().parent.parent / "content/forum.yaml"
    (root / "content" / "forum.yaml").write_bytes(group.read_bytes())


def write_posts(root: Path, posts: Iterator[Post] | list[Post]) -> None:
    """Write posts where they belong."""
    for post in posts:
        file = root / post.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(post.text(), encoding="utf-8")


def _case(chance: random.Random, date: datetime, replies: int, tags: list[str], names: list[str]) -> Case:
    post_id = _id(chance, date)
    chosen = tuple(dict.fromkeys(chance.choices(tags, k=3)))
    title = _passing(lambda: f"{_words(chance, 5).capitalize()} et {chosen[0]}")
    head = (
        ("title", title), ("date", f"{date:%Y-%m-%d %H:%M}"), ("author", chance.choice(names)),
        ("hashtags", f"[{', '.join(chosen)}]"), ("specialty", chance.choice(SPECIALTIES)), ("departement", '"86"'),
        ("status", chance.choice(("open", "answered", "no_agreement"))), ("visibility", "public"),
        ("sources", f'\n  - "Société savante. {_words(chance, 6).capitalize()}. Recommandation, 2021."'),
    )  # fmt: skip
    post = Post(
        f"content/cases/{date:%Y}/{post_id}.md", post_id, post_id, head, _passing(lambda: _body(chance, chosen))
    )
    later = [date + timedelta(minutes=30 * (n + 1)) for n in range(replies)]
    answers = tuple(
        reply(chance, post_id, min(when, date.replace(hour=23, minute=59)), chance.choice(names)) for when in later
    )
    return Case(post, answers, title, chosen, date)


def _passing(draw: Callable[[], str]) -> str:
    """What is drawn until it identifies nobody, alone and under a head, as the forum reads it."""
    while find_identifiers(text := draw()) or [*identities("post.md", f"---\n---\n\n{text}\n", frozenset())]:
        pass
    return text


def _body(chance: random.Random, tags: tuple[str, ...]) -> str:
    findings = "\n".join(f"- {_sentence(chance)}" for _ in range(3))
    return (
        f"## Question\n\n{_paragraph(chance, 2)} #{tags[0]}\n\n## Contexte\n\n{_paragraph(chance, 3)}\n\n"
        f"## Constatations\n\n{findings}\n\n## Conduite tenue\n\n{_paragraph(chance, 2)}\n\n"
        f"## Résolution\n\n{_paragraph(chance, 2)}\n\n## Note\n\n{_paragraph(chance, 3)}\n"
    )


def _paragraph(chance: random.Random, sentences: int) -> str:
    text = [_sentence(chance) for _ in range(sentences)]
    text[0] = f"**{text[0][:-1]}**." if chance.random() < 0.3 else text[0]
    if chance.random() < 0.1:
        text.append(f"Voir [{_words(chance, 2)}](https://exemple.example/{chance.randrange(999)}).")
    return " ".join(text)


def _sentence(chance: random.Random) -> str:
    return _words(chance, chance.randint(7, 15)).capitalize() + "."


def _words(chance: random.Random, number: int) -> str:
    return " ".join(chance.choices(WORDS, k=number))


def _id(chance: random.Random, date: datetime) -> str:
    return f"{date:%Y-%m-%d}-{''.join(chance.choices(LETTERS, k=4))}"
