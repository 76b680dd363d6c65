"""The card given to a member: a link that opens, the same key in words, and what to know of it. Printed once."""

from __future__ import annotations

from divan.members.member_key import MemberKey
from divan.members.where import SPACE


def card(name: str, site_url: str, key: MemberKey) -> str:
    """What ``divan members key`` prints; nobody can print it again."""
    words = key.words()
    address = f"{site_url}/{SPACE}"
    return "\n".join((
        f"Carte de {name} : à remettre en main propre ou par messagerie chiffrée, puis à effacer d'ici.",
        "Elle ne s'imprime qu'une fois : le trousseau ne la garde pas.",
        "",
        f"  Lien      {address}#cle={words}",
        f"  ou page   {address}",
        f"  et clé    {words}",
        "",
        "Le lien s'ouvre sur l'appareil de la personne ; la clé ne part jamais vers l'hébergeur.",
        f"Perdue : « divan members revoke {name} », puis une nouvelle carte.",
    ))  # fmt: skip


def card_of_phrase(name: str, site_url: str) -> str:
    """The same for somebody who knows a phrase, which is printed nowhere."""
    return f"{name} ouvre {site_url}/{SPACE} avec sa phrase. Oubliée : « divan members revoke {name} »."
