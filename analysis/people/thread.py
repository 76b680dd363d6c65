"""What is counted of a thread, post by post, without ever holding the posts: memory does not grow with them."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from divan.sources.problem import stop_if
from surveys.chat.chat_rules import ChatRules, LevelRule
from surveys.chat.check import thread_problems
from surveys.chat.message import MessageKind
from surveys.chat.store import ChatMember, Post, Role, chat_files, read_counts, read_group, read_posts
from surveys.model import Study


@dataclass(frozen=True, slots=True)
class AuthoredPost:
    """What a member wrote: so many posts, on so many days."""

    posts: int = 0
    days: int = 0


NOTHING = AuthoredPost()


@dataclass(frozen=True, eq=False)
class StudiedThread:
    """A thread over its window. ``by_day`` has every day of it; ``replies`` counts posts by (answered, answering).

    Messages that the study leaves out are in none of these.
    """

    rules: ChatRules
    members: tuple[ChatMember, ...]
    by_day: Mapping[date, int]
    by_hour: tuple[int, ...]
    by_member: Mapping[str, AuthoredPost]
    by_kind: Mapping[MessageKind, int]
    by_file: Mapping[str, int]
    relayed: int
    edited: int
    replies: Mapping[tuple[str, str], int]
    unread: int

    @property
    def posts(self) -> int:
        """Posts of the window."""
        return sum(self.by_day.values())

    @property
    def present(self) -> tuple[ChatMember, ...]:
        """Users and observers: everybody but those who left without a word."""
        return tuple(one for one in self.members if one.role is not Role.LEAVER)

    @property
    def busiest(self) -> date:
        """The day with most posts, the first of them."""
        return max(self.by_day, key=lambda day: (self.by_day[day], -day.toordinal()))

    @property
    def last_day(self) -> date:
        """The last day with a post."""
        return max(day for day, posts in self.by_day.items() if posts)

    @property
    def silent(self) -> tuple[date, ...]:
        """Days without a post."""
        return tuple(day for day, posts in self.by_day.items() if not posts)

    @property
    def first_share(self) -> float | None:
        """The share of posts written in the first days; None of a thread without posts."""
        opening = [*self.by_day.values()][: self.rules.first_days]
        return sum(opening) / self.posts if self.posts else None

    def of_role(self, role: Role) -> int:
        """How many members have this role."""
        return sum(one.role is role for one in self.members)

    def level(self, member: ChatMember) -> LevelRule:
        """The level of participation of a member."""
        written = self.by_member.get(member.name, NOTHING)
        return self.rules.level(written.days, written.posts)

    @property
    def posts_a_user(self) -> tuple[float, float]:
        """Mean and median of the posts of those who wrote; the mean divides all posts, so nobody's is left out."""
        counts = [one.posts for one in self.by_member.values()]
        return statistics.fmean(counts), statistics.median(counts)


@dataclass(slots=True)
class _Tally:
    """What passes while posts are read, one after the other."""

    reply_minutes: int
    days: Counter[date] = field(default_factory=Counter)
    hours: list[int] = field(default_factory=lambda: [0] * 24)
    kinds: Counter[MessageKind] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    written: dict[str, AuthoredPost] = field(default_factory=dict)
    replies: Counter[tuple[str, str]] = field(default_factory=Counter)
    relayed: int = 0
    edited: int = 0
    last_day: dict[str, date] = field(default_factory=dict)
    before: tuple[str, int] = ("", 0)

    def see(self, post: Post) -> None:
        """Count one more post."""
        self.days[post.day] += 1
        self.hours[post.minute // 60] += 1
        self.kinds[post.kind] += 1
        self.files.update([post.file] if post.file else [])
        self.relayed += post.relayed
        self.edited += post.edited
        known = self.written.get(post.member, NOTHING)
        self.written[post.member] = AuthoredPost(
            known.posts + 1, known.days + (self.last_day.get(post.member) != post.day)
        )
        self.last_day[post.member] = post.day
        moment = 1440 * post.day.toordinal() + post.minute
        author, when = self.before
        if author not in ("", post.member) and moment - when <= self.reply_minutes:
            self.replies[author, post.member] += 1
        self.before = post.member, moment


def read_thread(study: Study) -> StudiedThread | None:
    """The thread of a study that declares one and has imported it; None otherwise.

    Raises ProblemsFound when its files are not what an import writes.
    """
    if study.chat is None or not all(path.is_file() for path in chat_files(study.folder)):
        return None
    stop_if(thread_problems(study.folder))
    seen = _Tally(study.chat.reply_minutes)
    for post in read_posts(study.folder):
        seen.see(post)
    if not seen.written:
        return None
    return StudiedThread(
        study.chat, read_group(study.folder), _every_day(study.chat, seen.days), tuple(seen.hours), seen.written,
        seen.kinds, seen.files, seen.relayed, seen.edited, seen.replies,
        int(read_counts(study.folder).get("unread_lines", 0)),
    )  # fmt: skip


def _every_day(rules: ChatRules, days: Mapping[date, int]) -> dict[date, int]:
    window = (rules.opens + timedelta(days=n) for n in range(rules.days))
    return {day: days.get(day, 0) for day in window}
