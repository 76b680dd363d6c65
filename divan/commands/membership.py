"""``divan members``: requests to enter held to the public directory; keys given, listed, taken back; posts sealed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from divan.commands.arguments import Words
from divan.sources.problem import Problem, ProblemsFound, stop_if

if TYPE_CHECKING:
    from divan.admission.verifying import AdmissionVerdict


def run_members(words: Words) -> int:
    """One of the actions."""
    from divan.commands import sealed_posts

    alone = {
        "verify": _verify, "list": _list, "identity": sealed_posts.identity, "seal": sealed_posts.seal,
        "open": sealed_posts.show, "edit": sealed_posts.edit,
    }  # fmt: skip
    if words.action in alone:
        return alone[words.action](words)
    words.name = " ".join(" ".join(words.names).split())
    if not words.name:
        message = f"« divan members {words.action} » veut le nom de quelqu'un"
        raise ProblemsFound([Problem("NOM", None, message, f"divan members {words.action} NOM")])
    return {"key": _key, "feed": _feed, "revoke": _revoke}[words.action](words)


def _verify(words: Words) -> int:
    from divan.admission.register import index_register
    from divan.admission.verifying import ENTRY, WAVE, verify
    from divan.collector.export import forget

    index = words.root / ".divan" / "annuaire.sqlite"
    if words.register:
        count = index_register(words.register, index)
        print(f"{count} lignes de l'annuaire indexées.")
    key = words.root / ".divan" / "members.key"
    verdicts = verify(words.root, index, key, admit=words.admit, refuse=words.refuse, dry_run=words.dry_run)
    print("\n".join(map(str, verdicts)) or "Aucune demande en attente.")
    if not words.dry_run:
        _welcome(words.root, [verdict for verdict in verdicts if verdict.admitted])
        forget(words.root, ENTRY, WAVE, words.database, [verdict.response for verdict in verdicts if verdict.settled])
    return 0


def _welcome(root: Path, admitted: Sequence[AdmissionVerdict]) -> None:
    """A card for each new member, where keys open the group's space; it is printed once, so it comes at once."""
    from divan.builder.settings import load_settings
    from divan.catalogue.site import CLOSED
    from divan.members.key_card import card
    from divan.members.keyring import drawn, give_key, load_keyring, new_keyring
    from divan.members.where import keyring_of

    settings = load_settings(root)
    file = keyring_of(settings)
    if not (file.is_file() or settings.get("EDITION") == CLOSED):
        return
    for one in admitted:
        known = {holder.name for holder in (load_keyring(file) or new_keyring()).holders}
        name = (
            one.pseudonym if one.pseudonym and one.pseudonym not in known else f"{one.pseudonym} {one.response}".strip()
        )
        print(f"\n{card(name, settings.url, give_key(file, name, settings.today, drawn))}")


def _key(words: Words) -> int:
    from divan.builder.settings import load_settings
    from divan.members.key_card import card, card_of_phrase
    from divan.members.keyring import drawn, give_key
    from divan.members.member_key import key_of_phrase
    from divan.members.where import keyring_of

    settings = load_settings(words.root)
    file = keyring_of(settings)
    if words.phrase:
        phrase = _first_line(words.phrase)
        give_key(file, words.name, settings.today, lambda known: key_of_phrase(phrase, known.site))
        print(card_of_phrase(words.name, settings.url))
    else:
        print(card(words.name, settings.url, give_key(file, words.name, settings.today, drawn)))
    if urlsplit(settings.url).hostname in (None, "localhost"):
        print("Ce lien ne mène qu'à cette machine : dites où est le site, SITEURL=https://… devant la commande.")
    return 0


def _feed(words: Words) -> int:
    from divan.builder.settings import load_settings
    from divan.members.feed import feed_name
    from divan.members.keyring import load_keyring, new_feed, new_keyring
    from divan.members.where import SPACE, keyring_of

    settings = load_settings(words.root)
    file, feed = keyring_of(settings), b"" if words.stop else new_feed()
    (load_keyring(file) or new_keyring()).with_feed(words.name, feed).save(file)
    if words.stop:
        print(f"{words.name} n'a plus de flux, dès la prochaine construction.")
        return 0
    print(f"Flux de {words.name}, dès la prochaine construction :\n\n  {settings.url}/{SPACE}{feed_name(feed)}\n")
    print("Il dit les titres et les dates, en clair : à l'hébergeur, au lecteur de flux et à qui a cette adresse.")
    return 0


def _first_line(file: Path) -> str:
    text = file.read_text(encoding="utf-8-sig", errors="replace").strip()
    stop_if([] if text else [Problem(str(file), 1, "la phrase manque", "elle est seule sur la première ligne")])
    return text.splitlines()[0]


def _list(words: Words) -> int:
    from divan.builder.settings import load_settings
    from divan.members.keyring import load_keyring
    from divan.members.where import keyring_of

    settings = load_settings(words.root)
    known = load_keyring(keyring_of(settings))
    lines = [f"{one.name}, depuis le {one.made:%d/%m/%Y}" for one in known.holders] if known else []
    print("\n".join(sorted(lines)) or "Personne ne tient de clé ; « divan members key NOM » en donne une.")
    return 0


def _revoke(words: Words) -> int:
    from divan.builder.settings import load_settings
    from divan.members.keyring import load_keyring, new_keyring
    from divan.members.where import keyring_of

    settings = load_settings(words.root)
    file = keyring_of(settings)
    (load_keyring(file) or new_keyring()).revoke(words.name).save(file)
    print(f"La clé de {words.name} est retirée. Refaites le site (« divan build », « divan index ») et mettez-le en "
          "ligne : alors elle n'ouvre plus rien. Les autres n'ont rien à changer.")  # fmt: skip
    return 0
