"""A small forum with a built site, and a real mail server on this machine."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests import small_forum as forum
from tests.desk.postbox import Postbox, postbox

WEEK = "2026-W09"  # du 23 février au 1er mars 2026
SITEURL = "https://forum.example"


def settings_for(port: int) -> str:
    return (
        f'SITEURL = "{SITEURL}"\nPROPOSALS_URL = "/proposals/"\nSITENAME = "Le forum"\n'
        f'LETTER = {{"host": "127.0.0.1", "port": {port}, "from": "Le forum <lettre@forum.example>"}}\n'
    )


@pytest.fixture
def box() -> Iterator[Postbox]:
    with postbox() as running:
        yield running


@pytest.fixture
def root(tmp_path: Path, box: Postbox) -> Path:
    """The small forum in which, in that week, came a topic, a case, one for members and a resolution; built."""
    root = forum.make_forum(tmp_path / "forum", git=False)
    file = root / "pelicanconf.py"
    file.write_text(file.read_text("utf-8") + settings_for(box.port), encoding="utf-8")
    forum.case(root, "2026-02-24-cccc", title="Une toux <vive> & sèche", tags=["toux"], text="Un adulte")
    forum.case(root, "2026-02-25-cccc", title="Entre nous", tags=["deuil"], visibility="members")
    ended = root / "content/cases/2026/2026-02-02-aaaa.md"
    told = ended.read_text("utf-8").replace("status: open", "status: answered\nresolved: 2026-02-26")
    ended.write_text(told.replace("Texte de Résolution", "Zygomorphe, en un mot"), encoding="utf-8")
    forum.settle(root, date(2026, 3, 9))
    return root
