"""The last step of a build, held to the audit: what says something hidden is kept back, all the rest is published."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import NamedTuple

from divan.builder.outlook import Outlook, Work
from divan.builder.site_files import SiteFiles, reader
from divan.builder.steps import Read, Rendered, finish
from divan.catalogue.rows import Rows
from divan.site.audit.auditing import OutputAudit
from divan.sources.problem import Problem


class Built(NamedTuple):
    """How many ``pages`` the site has, how many files were ``written``, and what was kept back."""

    pages: int
    written: int
    leaks: Sequence[Problem]


def publish_audited(work: Work, read: Read, rendered: Rendered, adopted: frozenset[str] | None = None) -> Built:
    """Publish what was made, but the files in which something hidden is read."""
    audit, store = OutputAudit(work.seen, Rows(work.store.base)), work.store.file
    leaks = audit.keep_back(work.staging)
    pages, written = finish(work, read, rendered, adopted)
    with closing(reader(store)) as base:
        return Built(pages, written, [*leaks, *audit.look_over(Rows(base), SiteFiles(base), store.name)])


def look_again(seen: Outlook) -> Built:
    """Nothing is to be made: read what others put in the site since, or all of it when no audit came to its end."""
    assert seen.store  # noqa: S101 - sans magasin, tout serait à faire
    with closing(reader(seen.store)) as base:
        leaks = OutputAudit(seen, rows := Rows(base)).look_over(rows, SiteFiles(base), seen.store.name)
    return Built(seen.old.pages, 0, leaks)
