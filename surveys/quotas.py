"""How many answers a category takes: what a questionnaire declares, and where its answers stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.questionnaire import Questionnaire

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Quota:
    """At most ``most`` answers say ``choice`` at ``item``; the whole wave when ``item`` is empty."""

    item: str
    choice: str
    label: str = field(compare=False)  # each language has its own
    most: int

    def takes(self, answers: Cells) -> bool:
        """Whether these answers count in it."""
        return not self.item or self.choice in answers.get(self.item, "").split(";")


def quotas_of(questionnaire: Questionnaire) -> tuple[Quota, ...]:
    """Those that it declares, the whole wave first."""
    whole = (Quota("", "", "", questionnaire.quota),) if questionnaire.quota else ()
    return (*whole, *(Quota(item.id, one.id, one.label, one.quota)
                      for item in questionnaire.items for one in item.choices if one.quota))  # fmt: skip


def quota_faults(
    raw: Mapping[str, Any], questionnaires: Mapping[str, Questionnaire]
) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What no one would hold to: a quota of a form that no collector receives."""
    way = raw.get("sending", {}).get("way", "collector")
    if way != "collector" and any(map(quotas_of, questionnaires.values())):
        message = f"un quota demande un collecteur, qui compte, et l'envoi est « {way} »"
        yield ("sending",), message, "prenez « way: collector », ou retirez « quota »"


def counted(quotas: Iterable[Quota], answers: Iterable[Cells]) -> Counter[Quota]:
    """How many answers count in each."""
    kept = tuple(quotas)
    return Counter(dict.fromkeys(kept, 0)) + Counter(quota for one in answers for quota in kept if quota.takes(one))


def quota_lines(questionnaire: Questionnaire, answers: Iterable[Cells]) -> Iterator[str]:
    """Where the answers of a wave stand, in French, a quota a line."""
    quotas = quotas_of(questionnaire)
    found = counted(quotas, answers)
    for quota in quotas:
        name = f"« {quota.item} », « {quota.label} »" if quota.item else "la vague"
        said = "dépassé" if found[quota] > quota.most else "atteint" if found[quota] == quota.most else "non atteint"
        yield f"quota de {name} : {found[quota]} sur {quota.most}, {said}"
