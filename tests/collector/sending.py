"""What the collector's tests send: the first study's before wave, one whole answer, a client."""

from datetime import date
from pathlib import Path

from starlette.testclient import TestClient

from divan.collector.app import Settings, create_app
from divan.collector.identity import Key
from divan.collector.store import Store
from surveys.study import load_study

STUDY = load_study(Path(__file__).parents[2] / "surveys/poitou-charentes-2023")
DURING, AFTERWARDS = date(2023, 4, 1), date(2023, 7, 1)
ADDRESS = "/enquetes/poitou-charentes-2023/before/"
ANSWER = {
    "code": "0042", "sex": "woman", "age": "30_40", "family": ["couple", "children"], "situation": "gp",
    "practice": ["established"], "place": ["rural"], "years": "0_3", "uses": "no", "why_not": "Le temps",
    "cases": "4", "relation": "3", "local": "5", "admin": "4", "sanitary": "4", "moral": "2", "referral": "4",
    "submission": "s-1",
}  # fmt: skip


def client_for(store: Store, today: date = DURING, **settings: object) -> TestClient:
    kept = Settings({STUDY.id: STUDY}, store, Key("secret"), today=lambda: today, **settings)  # type: ignore[arg-type]
    return TestClient(create_app(kept), client=("127.0.0.1", 50000))


def kept(store: Store, quarantined: bool = False) -> list[dict[str, str]]:
    return [dict(answer.answers) for answer in store.kept(STUDY.id, "before", quarantined=quarantined)]
