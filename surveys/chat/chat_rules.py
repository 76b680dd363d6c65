"""What ``chat:`` of a study.yaml declares: the window, what counts as a post, levels of participation, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from surveys.chat.message import MessageKind
from surveys.rules.raw import Fault

NOT_KNOWN = "NR"


@dataclass(frozen=True, slots=True)
class LevelRule:
    """A level of participation: more than ``days_over`` active days and more than ``posts_over`` posts.

    The last one asks nothing: it is that of everybody else, those who never wrote included.
    """

    id: str
    label: str
    days_over: int = -1
    posts_over: int = -1

    def holds(self, days: int, posts: int) -> bool:
        """Whether somebody with so many active days and posts is of this level, or of a higher one."""
        return days > self.days_over and posts > self.posts_over


LEVELS = (
    LevelRule("very_active", "Très actifs", 20, 50),
    LevelRule("active", "Actifs", 5, 10),
    LevelRule("mostly_observer", "Plutôt observateurs", 1, 1),
    LevelRule("observer", "Observateurs"),
)


@dataclass(frozen=True, slots=True)
class ChatRules:
    """How a thread is read: both days of the window are included; ``first_days`` are those of the opening share."""

    opens: date
    closes: date
    leave_out: frozenset[MessageKind] = frozenset({MessageKind.DELETED, MessageKind.CALL})
    first_days: int = 15
    reply_minutes: int = 15
    levels: tuple[LevelRule, ...] = LEVELS
    names: tuple[str, ...] = ()
    observers: str = "Obs"
    leavers: str = "LEFT"
    genders: Mapping[str, str] = field(default_factory=dict)
    specialties: Mapping[str, str] = field(default_factory=dict)
    mask: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        """Days of the window."""
        return (self.closes - self.opens).days + 1

    def level(self, days: int, posts: int) -> LevelRule:
        """The first level, from the highest, that so many active days and posts reach."""
        return next(level for level in self.levels if level.holds(days, posts))


def chat_rules(raw: Mapping[str, Any]) -> ChatRules:
    """The rules as written in study.yaml, which its schema and ``chat_faults`` have checked."""
    given: dict[str, Any] = {
        name: raw[name] for name in ("first_days", "reply_minutes", "observers", "leavers") if name in raw
    }
    given |= {name: tuple(raw[name]) for name in ("names", "mask", "keep") if name in raw}
    given |= {name: {NOT_KNOWN: "Non connu", **raw[name]} for name in ("genders", "specialties") if name in raw}
    if "leave_out" in raw:
        given["leave_out"] = frozenset(map(MessageKind, raw["leave_out"]))
    if "levels" in raw:
        given["levels"] = tuple(LevelRule(**one) for one in raw["levels"])
    opens, closes = date.fromisoformat(raw["from"]), date.fromisoformat(raw["to"])
    return ChatRules(opens, closes, **given)


def chat_faults(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """What the schema cannot tell of ``chat:``."""
    if raw["from"] > raw["to"]:
        yield ("chat", "to"), f"la fenêtre finit le {raw['to']}, avant son début", "corrigez « from » ou « to »"
    levels = raw.get("levels", ())
    for n, one in enumerate(levels):
        last = n == len(levels) - 1
        asks = "days_over" in one or "posts_over" in one
        if last and asks:
            message = "le dernier niveau est celui de tous les autres : il ne doit rien demander"
            yield ("chat", "levels", n), message, "ajoutez après lui un niveau sans « days_over » ni « posts_over »"
        elif not last and not asks:
            message = f"le niveau « {one['id']} » ne demande rien : nul n'arriverait aux suivants"
            yield ("chat", "levels", n), message, "ajoutez « days_over » ou « posts_over »"
    ids = [one["id"] for one in levels]
    for n, name in enumerate(ids):
        if name in ids[:n]:
            yield ("chat", "levels", n, "id"), f"deux niveaux s'appellent « {name} »", "donnez un nom à chacun"
