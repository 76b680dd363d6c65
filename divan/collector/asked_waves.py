"""Which study, wave and version of a questionnaire a request is about, as the files are now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from divan.collector.shown_versions import StudiesOnDisk
from surveys.model import Study, Wave
from surveys.questionnaire import Questionnaire


@dataclass(frozen=True)
class AskedWaves:
    """``studies`` by id, or those of ``on_disk``; ``today`` is None where the dates of the waves do not count."""

    studies: Mapping[str, Study]
    on_disk: StudiesOnDisk | None
    today: Callable[[], date] | None

    async def named(self, path: Mapping[str, str]) -> tuple[Study | None, Wave | None]:
        """The study and the wave that an address names."""
        study = (await self._now()).get(path["study"])
        return study, next((wave for wave in study.waves if wave.id == path["wave"]), None) if study else None

    async def _now(self) -> Mapping[str, Study]:
        if self.on_disk is None:
            return self.studies
        if self.on_disk.changed():
            await asyncio.to_thread(self.on_disk.read_again)
        return self.on_disk.studies

    async def version(self, study: Study, wave: Wave, shown: str) -> Questionnaire | None:
        """The questionnaire that the form showed; None when it is none that was ever here."""
        if not shown or self.on_disk is None or shown == wave.questionnaire.digest:
            return wave.questionnaire
        return await asyncio.to_thread(self.on_disk.versions.version, study.id, wave.id, shown)

    def closed(self, wave: Wave) -> str:
        """Why this wave takes no answer today; empty when it does."""
        return {
            "before": "Cette enquête n'est pas encore ouverte.",
            "closed": "Cette enquête est close ; merci d'avoir voulu y répondre.",
        }.get(wave.state(self.today()) if self.today else "open", "")
