"""The flow of participants: how many answers each step has, and why the others left."""

from __future__ import annotations

from dataclasses import dataclass

#: What each step and each reason means, for pages and messages.
STEPS = {
    "before_received": "réponses reçues avant",
    "before_usable": "réponses avant dont le code peut servir",
    "before_members": "réponses avant de personnes qui ont rejoint le groupe",
    "after_received": "réponses reçues après",
    "after_usable": "réponses après dont le code peut servir",
    "after_members": "réponses après de membres du groupe",
    "paired": "personnes dont les deux réponses sont appariées",
    "included": "personnes analysées",
}
REASONS = {
    "missing_code": "code absent",
    "malformed_code": "code mal formé",
    "sent_twice": "même réponse envoyée deux fois (la première est gardée)",
    "shared_code": "code donné par plusieurs personnes",
    "never_joined": "pas d'entrée dans le groupe",
    "lost_to_follow_up": "pas de réponse après",
    "not_on_roster": "code absent de la liste des membres",
    "no_before_answer": "pas de réponse avant",
    "incomplete_before": "questionnaire avant incomplet",
    "incomplete_after": "questionnaire après incomplet",
    "incomplete_both": "les deux questionnaires incomplets",
}


@dataclass(frozen=True, slots=True)
class Loss:
    """``n`` answers that leave the flow at a step; ``reason`` is a key of REASONS."""

    reason: str
    n: int


@dataclass(frozen=True, slots=True)
class Step:
    """``n`` answers at a step (a key of STEPS), and those that go no further."""

    id: str
    n: int
    excluded: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Steps in order: those of the before wave, of the after wave, then of the pairs."""

    steps: tuple[Step, ...]

    def n(self, step: str) -> int:
        """Answers at this step; KeyError when there is none of that name."""
        return {one.id: one.n for one in self.steps}[step]

    def lost(self, step: str, reason: str) -> int:
        """Answers that leave at this step for this reason; KeyError when the step does not know the reason."""
        return {(one.id, loss.reason): loss.n for one in self.steps for loss in one.excluded}[step, reason]
