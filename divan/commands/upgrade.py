"""``divan upgrade``: what the version that runs asks of the group, then the version noted as its own."""

from __future__ import annotations

from divan.commands.arguments import Words
from divan.commands.speech import show_problems


def run_upgrade(words: Words) -> int:
    """Say what changed; note the version once nothing is left to do, 1 when something is."""
    from divan.theme_overrides import outdated
    from divan.upgrading.engine_pin import PIN_FILE, engine_pin, pin, running_requirement
    from divan.upgrading.upgrade_notes import told

    pinned = engine_pin(words.root)
    if pinned is None:
        print(f"{PIN_FILE} ne nomme pas Divan : il n'y a rien à noter.")
        return 0
    news = told(words.root)
    for change in news.changed:
        print(f"  {change}")
    for said in outdated(words.root):
        print(f"à regarder : {said}")
    if news.todo:
        return show_problems(news.todo)
    requirement = words.engine or running_requirement()
    pin(words.root, requirement)
    print(f"{PIN_FILE} demande maintenant {requirement}. Relisez, construisez, puis faites-en un commit.")
    return 0
