"""A desk to be killed: it decides and publishes whatever waits, until someone ends it (see test_kills.py)."""

import sys
from pathlib import Path

from divan.builder.settings import make_settings
from divan.collector.app import Settings
from divan.collector.identity import Key
from divan.collector.store import Store
from divan.desk.serving import desk_of
from tests.proposals.sending import HOUSE, ORIGIN, TODAY


def main(root: str, database: str) -> None:
    """Publish whatever waits, again and again."""
    raw = {"SITEURL": ORIGIN, "THEME": str(HOUSE / "theme"), "PLUGINS": [], "CACHE_PATH": ".divan",
           "PUBLISHING": {"rebuild": False}}  # fmt: skip
    with Store(database) as store:
        desk = desk_of(make_settings(Path(root), raw, TODAY), Settings({}, store, Key("secret"), today=lambda: TODAY))
        print("prêt", flush=True)
        while True:
            for proposal in desk.queue.waiting():
                if not proposal.publishing:
                    desk.deciding.publish(proposal, 1)
            desk.publisher.run()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
