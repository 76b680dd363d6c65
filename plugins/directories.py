"""The two directories: members by specialty, skill, town and place; services by place and kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from divan.builder.page import Page
from divan.catalogue.site import Site, site_pages
from divan.forum.directory import is_stale
from divan.forum.group import Group
from divan.forum.model import Member, Service
from divan.sources.slug import slug

Entry = TypeVar("Entry", Member, Service)


@dataclass(frozen=True)
class Facet(Generic[Entry]):
    """A way to sort entries: ``values`` gives the (label, URL part) pairs under which an entry falls."""

    label: str
    folder: str
    values: Callable[[Entry], Sequence[tuple[str, str]]]


def _words(words: Sequence[str]) -> list[tuple[str, str]]:
    return [(word, slug(word)) for word in words if slug(word)]


def _place(group: Group, code: str) -> list[tuple[str, str]]:
    return [(group.place_label(code), code.lower())] if code else []


def _kind(group: Group, kind_id: str) -> list[tuple[str, str]]:
    kind = group.service(kind_id)
    return [(kind.label, kind.page)]


def member_facets(group: Group) -> tuple[Facet[Member], ...]:
    """How members are found."""
    return (
        Facet("Spécialité", "specialite", lambda member: _words([member.specialty])),
        Facet("Compétence", "competence", lambda member: _words(member.skills)),
        Facet("Ville", "ville", lambda member: _words([member.town])),
        Facet(group.place, slug(group.place), lambda member: _place(group, member.departement)),
    )


def service_facets(group: Group) -> tuple[Facet[Service], ...]:
    """How services are found."""
    return (
        Facet(group.place, slug(group.place), lambda service: _place(group, service.departement)),
        Facet("Type", "type", lambda service: _kind(group, service.kind)),
    )


def pages(site: Site) -> Iterator[Page]:
    """Each directory whole, then one page for each value of each facet."""
    today = site.settings.today
    for url, title, chosen, facets in _sorted_by(
        site.members, member_facets(site.group), "annuaire/", "Annuaire des membres"
    ):
        members = [_member(member) for member in chosen]
        yield Page(url, "members.html", {"title": title, "facets": facets, "members": members}, title=title,
                   section="annuaire", noindex=url != "annuaire/")  # fmt: skip
    for url, title, found, facets in _sorted_by(
        site.services, service_facets(site.group), "services/", site.group.services_title
    ):
        services = [_service(service, site.group, today) for service in found]
        yield Page(url, "services.html", {"title": title, "facets": facets, "services": services}, title=title,
                   section="services")  # fmt: skip


def _sorted_by(
    entries: Sequence[Entry], facets: Sequence[Facet[Entry]], url: str, title: str
) -> Iterator[tuple[str, str, Sequence[Entry], list[dict[str, Any]]]]:
    groups: dict[str, tuple[str, str, list[Entry]]] = {}
    for facet in facets:
        found: dict[str, tuple[str, str, list[Entry]]] = {}
        for entry in entries:
            for label, part in facet.values(entry):
                place = f"{url}{facet.folder}/{part}/"
                found.setdefault(place, (facet.label, label, []))[2].append(entry)
        groups.update(sorted(found.items(), key=lambda item: slug(item[1][1])))
    yield url, title, entries, _facets(groups, "")
    for place, (_, label, chosen) in groups.items():
        yield place, f"{title} : {label}", chosen, _facets(groups, place)


def _facets(groups: dict[str, tuple[str, str, list[Entry]]], current: str) -> list[dict[str, Any]]:
    by_label: dict[str, list[dict[str, Any]]] = {}
    for place, (facet, label, chosen) in groups.items():
        entry = {"label": label, "url": place, "count": len(chosen), "current": place == current}
        by_label.setdefault(facet, []).append(entry)
    return [{"label": label, "entries": entries} for label, entries in by_label.items()]


def _member(member: Member) -> dict[str, Any]:
    return {
        "id": member.id, "name": member.name, "specialty": member.specialty, "skills": member.skills,
        "town": member.town,
        "departement": member.departement, "contact": member.contact, "about": member.about, "until": member.expires,
    }  # fmt: skip


def _service(service: Service, group: Group, today: date) -> dict[str, Any]:
    return {
        "id": service.id, "name": service.name, "kind_label": group.service(service.kind).label,
        "topics": service.topics, "town": service.town,
        "departement": service.departement, "phone": service.phone, "phone_href": phone_href(service.phone),
        "email": service.email, "website": service.website, "audience": service.audience, "access": service.access,
        "verified_on": service.verified_on, "stale": is_stale(service, today),
    }  # fmt: skip


def phone_href(phone: str) -> str:
    """``05 49 00 00 00`` -> ``tel:+33549000000``."""
    digits = "".join(c for c in phone if c.isdigit() or c == "+")
    return "tel:+33" + digits[1:] if digits.startswith("0") and len(digits) == 10 else f"tel:{digits}" if digits else ""


def register() -> None:
    """Offer the directories to every build."""
    site_pages.connect(pages)
