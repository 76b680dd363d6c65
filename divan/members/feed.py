"""The feed of one member: an address that nobody guesses, where a feed reader finds titles and dates, in the clear.

It is the one thing of the space that a host can read: a group asks for it, member by member.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from divan.members.where import SPACE

FOLDER = "flux"  # from the members' space
LISTED = "atom.xml"  # the members' edition's own

_ATOM = "http://www.w3.org/2005/Atom"
_KEPT = ("title", "id", "updated", "published")


def feed_name(secret: bytes) -> str:
    """The file of a feed, from the members' space."""
    return f"{FOLDER}/{secret.hex()}.xml"


def titles_only(feed: bytes, site_url: str, read: str, name: str) -> bytes:
    """A feed without a word but titles; its links open the space at ``#`` and are not those of ``read``, its pages."""
    door = f"{site_url}/{SPACE}"
    whole = ElementTree.fromstring(feed)  # noqa: S314 - le nôtre
    told = ElementTree.Element(_tag("feed"))
    _keep(whole, told, ("title", "id", "updated"))
    _link(told, f"{door}{name}", "self")
    _link(told, door, "alternate")
    ElementTree.SubElement(ElementTree.SubElement(told, _tag("author")), _tag("name")).text = _text(whole, "title")
    for entry in whole.iter(_tag("entry")):
        link = entry.find(_tag("link"))
        address = link.get("href", "") if link is not None else ""
        kept = ElementTree.SubElement(told, _tag("entry"))
        _keep(entry, kept, _KEPT)
        _link(kept, f"{door}#{address.removeprefix(f'{read}/')}", "alternate")
    ElementTree.register_namespace("", _ATOM)
    made: bytes = ElementTree.tostring(told, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _text(above: ElementTree.Element, name: str) -> str:
    return above.findtext(_tag(name)) or ""


def _keep(source: ElementTree.Element, target: ElementTree.Element, names: Iterable[str]) -> None:
    for name in names:
        ElementTree.SubElement(target, _tag(name)).text = _text(source, name)


def _link(above: ElementTree.Element, address: str, relation: str) -> None:
    ElementTree.SubElement(above, _tag("link"), {"rel": relation, "href": address})
