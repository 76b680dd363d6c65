"""Where the answers of a study go: as it says, or as the group's settings do; what that way cannot do is a fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from divan.builder.settings import Settings
from divan.sources.problem import FaultKind, Problem
from surveys.model import Sending, Study, Wave
from surveys.quotas import quotas_of

NOWHERE = {"way": "file"}
_FAULT = FaultKind("E08")


def sending_of(settings: Settings, study: Study) -> Sending:
    """The way of a study, else that of the group."""
    return study.sending or Sending(**(settings.get("SURVEYS_SENDING") or NOWHERE))


def origin_of(sending: Sending) -> str:
    """The origin of its address, "" when it is the site's own."""
    return "{0.scheme}://{0.netloc}".format(urlsplit(sending.url)) if sending.url else ""


def sending_problems(settings: Settings, studies: Iterable[Study]) -> Iterator[Problem]:
    """What a wave to come or open asks of a collector, when its answers go elsewhere."""
    for study in studies:
        way = sending_of(settings, study).way
        if way == "collector":
            continue
        for wave in study.waves:
            if wave.state(settings.today) != "closed" and (asked := _asked_of_a_collector(wave)):
                message = f"la vague « {wave.id} » demande un collecteur ({asked}), et ses réponses vont à « {way} »"
                remedy = "donnez à SURVEYS_SENDING, dans pelicanconf.py, l'adresse de votre collecteur, ou retirez-les"
                yield _FAULT(f"surveys/{study.id}/study.yaml", None, message, remedy)


def _asked_of_a_collector(wave: Wave) -> str:
    asked = ("des invitations" if wave.by_token else "", "un quota" if quotas_of(wave.questionnaire) else "")
    return " et ".join(filter(None, asked))
