"""« divan chat »: reads the thread of a messaging group for a study, and looks for what should be left of nobody."""

from __future__ import annotations

from divan.commands.arguments import Words
from divan.commands.speech import show_problems


def run_chat(words: Words) -> int:
    """Import an export, or audit what was written against it."""
    from surveys.chat.audit import audit_chat
    from surveys.chat.chat_import import import_chat
    from surveys.chat.day_order import DayOrder

    order = DayOrder(words.dates) if words.dates else None
    if words.action == "import":
        print(import_chat(words.root, words.study, words.file, members=words.members, order=order))
        return 0
    found = audit_chat(words.root, words.study, words.file, members=words.members, order=order)
    if found.problems:
        return show_problems(found.problems)
    print(found)
    return 0
