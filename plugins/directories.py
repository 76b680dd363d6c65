"""The two directories: members by specialty, skill, town and place; services by place and kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from divan.builder.page import Page
from divan.catalogue.site import Site, site_pages
from divan.forum.contacts import lacks_address, phone_href, ways_of
from divan.forum.directory import is_stale
from divan.forum.group import Group
from divan.forum.model import Member, Service
from divan.site.sorting import PER_PAGE, EntryPage, Facet, FacetIndex, sorted_pages
from divan.sources.slug import slug

Entry = TypeVar("Entry", Member, Service)


def _words(words: Sequence[str]) -> list[tuple[str, str]]:
    return [(word, slug(word)) for word in words if slug(word)]


def _initial(member: Member) -> list[tuple[str, str]]:
    letter = slug(member.name.split()[-1])[:1]
    return [(letter.upper(), letter)] if letter else []


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
    """Each directory whole, then the entries of each value of each facet, cut into pages."""
    today = site.settings.today
    ways = member_facets(site.group)
    if len(site.members) > PER_PAGE:  # one page filters by name by itself
        ways = (Facet("Nom", "nom", _initial), *ways)
    for one in sorted_pages(site.members, ways, "annuaire/", "Annuaire des membres"):
        yield _page(one, "members.html", lambda found: {
            "members": [_member(member) for member in found],
            "secure_words": any(lacks_address(member.contact) for member in found),
        }, section="annuaire", noindex=one.url != "annuaire/",
           description="Qui a souhaité y figurer, par spécialité, compétence, ville.")  # fmt: skip
    for each in sorted_pages(site.services, service_facets(site.group), "services/", site.group.services_title):
        yield _page(each, "services.html", lambda found: {
            "services": [_service(service, site.group, today) for service in found],
        }, section="services", description="Où adresser, et quand chaque fiche a été vérifiée.")  # fmt: skip


def _page(
    one: EntryPage[Entry] | FacetIndex, template: str, show: Callable[[Sequence[Entry]], dict[str, Any]], **about: Any
) -> Page:
    common = {"title": one.title, "around": one.around}
    if isinstance(one, FacetIndex):
        return Page(one.url, "facet.html", {**common, "links": one.links}, title=one.title, **about)
    shown = {**common, "facets": one.facets, "total": one.total, **show(one.entries)}
    return Page(one.url, template, shown, title=one.title, **about)


def _member(member: Member) -> dict[str, Any]:
    return {
        "id": member.id, "name": member.name, "specialty": member.specialty, "skills": member.skills,
        "town": member.town,
        "departement": member.departement, "contact": ways_of(member.contact), "about": member.about,
        "until": member.expires,
    }  # fmt: skip


def _service(service: Service, group: Group, today: date) -> dict[str, Any]:
    return {
        "id": service.id, "name": service.name, "kind_label": group.service(service.kind).label,
        "topics": service.topics, "town": service.town,
        "departement": service.departement, "phone": service.phone, "phone_href": phone_href(service.phone),
        "email": service.email, "website": service.website, "audience": service.audience, "access": service.access,
        "verified_on": service.verified_on, "stale": is_stale(service, today),
    }  # fmt: skip


def register() -> None:
    """Offer the directories to every build."""
    site_pages.connect(pages)
