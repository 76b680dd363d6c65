"""``divan activity``: count what the forum did, month by month, for its page."""

from __future__ import annotations

from divan.commands.arguments import Words


def run_activity(words: Words) -> int:
    """Write ``content/activity.csv`` anew; views that are not given again stay as they were."""
    from divan.builder.settings import load_settings
    from divan.site.forum_months import MONTHS_PATH, forum_months, read_months, write_months
    from divan.site.page_views import page_views
    from divan.sources.french import plural
    from divan.sources.writing import write_beside

    settings = load_settings(words.root)
    views = {one.month: int(one.views) for one in read_months(words.root) if one.views}
    if words.views:
        views |= page_views(words.views)
    months = forum_months(settings, views)
    write_beside(words.root / MONTHS_PATH, write_months(months))
    print(f"{plural(len(months), 'mois entier', 'mois entiers')} dans {MONTHS_PATH} ; la page est « activite/forum/ ».")
    return 0
