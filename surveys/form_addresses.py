"""Where a form is sent, and where the collector shows it to whoever has no script."""

from __future__ import annotations

from surveys.model import Sending, Study, Wave


def form_action(study: Study, wave: Wave, sending: Sending, here: str) -> str:
    """Where answers go; ``here`` is the page of the form, which takes them where the collector has its address."""
    if sending.way == "collector":
        root = f"{sending.url.rstrip('/')}/enquetes/{study.id}/{wave.id}/" if sending.url else here
        return f"{root}{_search(wave)}"
    return sending.url if sending.way == "endpoint" else ""


def form_without_script(wave: Wave, sending: Sending, action: str) -> str:
    """The numbered form, beside where answers go; '' when there is no collector to show it."""
    return f"{action.partition('?')[0]}formulaire{_search(wave)}" if sending.way == "collector" else ""


def _search(wave: Wave) -> str:
    """The language in which the collector answers; it speaks French unless told otherwise."""
    language = wave.questionnaire.language
    return "" if language == "fr" else f"?lang={language}"
