"""The thread that a study declares, or why it cannot be read."""

from __future__ import annotations

from divan.sources.problem import Problem, ProblemsFound
from surveys.chat.chat_rules import ChatRules
from surveys.model import Study


def known_rules(study: Study) -> ChatRules:
    """The rules of a study's thread; ProblemsFound when it declares none."""
    if study.chat is None:
        message = "cette étude ne déclare pas de fil à lire"
        remedy = "ajoutez « chat: » et sa fenêtre ; le guide « Étudier un fil de discussion » en donne un"
        raise ProblemsFound([Problem(f"surveys/{study.id}/study.yaml", None, message, remedy)])
    return study.chat
