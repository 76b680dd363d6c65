"""« divan preview »: what a proposal will look like, as one page to open or to send."""

from __future__ import annotations

from divan.commands.arguments import Words
from divan.sources.problem import Problem, ProblemsFound


def run_preview(words: Words) -> int:
    """Write the page of the named threads, or of what changed; 1 when it says something to correct."""
    from divan.builder.settings import load_settings
    from divan.forum.check import check_paths
    from divan.forum.naming import POST_ID
    from divan.history.changed import changed_since
    from divan.site.proposal_page import proposal_page
    from divan.sources.writing import write_beside

    odd = [Problem(name, None, "un fil se désigne par son identifiant, comme 2026-03-14-k7f2", "vérifiez-le")
           for name in words.threads if not POST_ID.fullmatch(name)]  # fmt: skip
    if odd:
        raise ProblemsFound(odd)
    changes = changed_since(words.root, words.since or "HEAD") if words.since or not words.threads else []
    here = [words.root / one.path for one in changes if one.after is not None and one.path.startswith("content/")]
    problems = check_paths(words.root, here) if here else []
    page = proposal_page(load_settings(words.root), changes, words.threads, problems)
    write_beside(words.output, page)
    print(f"{words.output} : {round(len(page) / 1000)} ko, à ouvrir tel quel.")
    return 0
