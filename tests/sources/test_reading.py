"""Text in another encoding is a fault on its line."""

from pathlib import Path

import pytest

from divan.sources.problem import ProblemsFound
from divan.sources.utf8_text import read_text


def test_a_byte_order_mark_is_forgiven_and_latin_1_is_told(tmp_path: Path) -> None:
    path = tmp_path / "before.yaml"
    path.write_bytes("\ufefftitle: Été\n".encode())
    assert read_text(path, "surveys/essai/before.yaml") == "title: Été\n"
    path.write_bytes("version: 1\ntitle: Été\n".encode("latin-1"))
    with pytest.raises(ProblemsFound, match=r"surveys/essai/before\.yaml:2: le fichier doit être en UTF-8"):
        read_text(path, "surveys/essai/before.yaml")
