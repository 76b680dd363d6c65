"""``divan try``: a study's forms served apart, at any date; then what was learnt, and nothing left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory

from divan.builder.settings import Settings, load_settings
from divan.collector.app import CollectorSettings, create_app
from divan.collector.export import tidy_rows
from divan.collector.identity import Key
from divan.collector.serving import listening_on, serve_until_stopped
from divan.collector.store import AnswerStore
from divan.pilot.marking import TrialMark
from divan.pilot.trial_account import report_account, wave_account
from divan.pilot.trial_report import report_on
from divan.pilot.tried_pages import tried_routes
from divan.pilot.visits import Visits
from divan.sources.french import enumeration
from divan.sources.problem import stop_if
from surveys.kinds.question_images import image_problems
from surveys.model import Study, Wave
from surveys.study import known_wave, load_study


@dataclass(frozen=True)
class Trial:
    """A study and its ``waves`` on trial, on the day ``today``; ``folder`` goes when the trial ends."""

    study: Study
    waves: tuple[Wave, ...]
    today: date
    folder: Path
    visits: Visits = field(default_factory=Visits)

    def application(self, settings: Settings, store: AnswerStore) -> TrialMark:
        """The forms, and the collector that takes their answers whatever the date, every page marked."""
        collecting = CollectorSettings(
            {self.study.id: self.study}, store, Key(token_urlsafe(32)), ignore_window=True, today=lambda: self.today
        )
        return TrialMark(create_app(collecting, beside=tried_routes(settings, self.study, self.waves, self.visits)))

    def told(self, store: AnswerStore) -> Iterator[str]:
        """What the trial told, wave after wave, then what a report of its answers makes."""
        rows = {}
        for wave in self.waves:
            kept = [*store.kept(self.study.id, wave.id), *store.kept(self.study.id, wave.id, quarantined=True)]
            yield from wave_account(wave, kept, self.visits.of(self.study.id, wave.id))
            rows[wave.id] = [*tidy_rows(wave, ((one, one.answers) for one in kept))]
        if not (self.study.folder / "plan.yaml").is_file():
            yield "Pas de plan.yaml : pas de rapport."
        elif any(rows.values()):
            yield from report_account(*report_on(self.study, rows, self.folder))


def try_study(root: Path, study_id: str, wave_id: str | None, today: date, *, host: str, port: int) -> Iterator[str]:
    """Serve a wave, or all of a study, until interrupted; what it told, once all that was sent is thrown away."""
    asked = load_study(root / "surveys" / study_id)
    study = open_to_all(asked)
    stop_if(image_problems(study))
    waves = (known_wave(study, wave_id),) if wave_id else study.waves
    with listening_on(host, port) as listening, TemporaryDirectory(prefix="divan-essai-") as made:
        folder = Path(made)
        settings = load_settings(root, {"CACHE_PATH": f"{folder}/cache", "SITEURL": "", "PROPOSALS_URL": ""}, today)
        with AnswerStore(f"sqlite:///{folder}/answers.sqlite") as store:
            trial = Trial(study, waves, today, folder / "report")
            application = trial.application(settings, store)
            where = f"http://{host}:{listening.getsockname()[1]}/enquetes/{study.id}/"
            print("À l'essai, rien n'est gardé :", enumeration([f"{where}{wave.id}/" for wave in waves]), flush=True)
            if study != asked:
                print("Aucune invitation n'y est demandée : un code ne sert qu'une fois.", flush=True)
            print("Ctrl+C pour finir et lire ce que l'essai a montré.", flush=True)
            with suppress(KeyboardInterrupt):
                serve_until_stopped(application, listening)
            told = [*trial.told(store)]
    yield from told
    yield "Tout ce qui a été envoyé est jeté."


def open_to_all(study: Study) -> Study:
    """The study as whoever tries it answers: no code is asked for, which only the real collector would take."""
    return replace(study, waves=tuple(replace(wave, by_token=False) for wave in study.waves))
