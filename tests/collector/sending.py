"""What the collector's tests send: the first study's before wave, one whole answer, a client."""

from datetime import date

from starlette.testclient import TestClient

from divan.collector.app import CollectorSettings, create_app
from divan.collector.identity import Key
from divan.collector.store import AnswerStore
from surveys.study import load_study
from tests.places import GROUP

STUDY = load_study(GROUP / "surveys/pilote")
DURING, AFTERWARDS = date(2023, 4, 1), date(2023, 7, 1)
ADDRESS = "/enquetes/pilote/before/"
ANSWER = {
    "code": "0042", "sex": "woman", "age": "40_60", "family": ["couple", "children"], "situation": "gp",
    "practice": ["established"], "uses": "no", "why_not": "Le temps",
    "cases": "4", "moral": "2", "referral": "4",
    "submission": "s-1",
}  # fmt: skip


def client_for(store: AnswerStore, today: date = DURING, **settings: object) -> TestClient:
    kept = CollectorSettings({STUDY.id: STUDY}, store, Key("secret"), today=lambda: today, **settings)  # type: ignore[arg-type]
    return TestClient(create_app(kept), client=("127.0.0.1", 50000))


def kept(store: AnswerStore, quarantined: bool = False) -> list[dict[str, str]]:
    return [dict(answer.answers) for answer in store.kept(STUDY.id, "before", quarantined=quarantined)]
