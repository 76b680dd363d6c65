"""The words of a thread, counted over its window: how often in each of its two periods, and by how many members."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import timedelta
from functools import cache
from pathlib import Path

import pandas as pd

from divan.sources.reader_text import fold
from surveys.chat.attachments import LINK
from surveys.chat.store import chat_files, read_posts
from surveys.model import Study

_STOP = Path(__file__).parent / "stop_words.txt"
_WORD = re.compile(r"[^\W\d_]{2,}")
FIRST, REST = "first", "rest"


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing of a subject, folded."""
    lines = _STOP.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def words_in(text: str) -> list[str]:
    """The words of a text in small letters, as they are written: no lemma, no link, no stop word, no masked name."""
    found = _WORD.findall(LINK.sub(" ", text).lower())
    return [word for word in found if fold(word) not in stop_words()]


def thread_words(study: Study) -> pd.DataFrame:
    """A row a word, the most frequent first: times in the ``first`` days and in the ``rest``, ``members`` who wrote it.

    ``times`` is both periods; words of the same frequency stand in alphabetical order.
    """
    columns = ["word", FIRST, REST, "members"]
    if study.chat is None or not all(path.is_file() for path in chat_files(study.folder)):
        return pd.DataFrame([], columns=[*columns, "times"])
    parted = study.chat.opens + timedelta(days=study.chat.first_days)
    times: dict[str, Counter[str]] = {FIRST: Counter(), REST: Counter()}
    members: defaultdict[str, set[str]] = defaultdict(set)
    for post in read_posts(study.folder):
        words = words_in(post.text)
        times[FIRST if post.day < parted else REST].update(words)
        for word in set(words):
            members[word].add(post.member)
    rows = [(word, times[FIRST][word], times[REST][word], len(who)) for word, who in members.items()]
    found = pd.DataFrame(rows, columns=columns)
    found["times"] = found[FIRST] + found[REST]
    return found.sort_values(["times", "word"], ascending=[False, True], ignore_index=True)
