"""Static files: each under a name that changes with its content, so that a browser may keep it for ever."""

import re
from pathlib import Path

from tests.plugins.conftest import Built


def test_the_stylesheet_of_every_page_is_there_under_a_name_that_tells_its_content(built: Built, source: Path) -> None:
    (address,) = set(re.findall(r'href="(?:\.\./)*(theme/style\.[0-9a-f]{10}\.css)"', built.text("cas/index.html")))
    assert built.files[address] == (source / "theme/static/style.css").read_bytes()
