"""A number or an address kept for fiction is nobody's, however it is written; any other may be somebody's."""

import pytest

from divan.privacy.fictional import is_fictional


@pytest.mark.parametrize(
    ("passage", "nobody"),
    [
        ("06 39 98 01 02", True),
        ("+33 6 39 98 01 02", True),
        ("0033 6 39 98 01 02", True),
        ("+33 (0)6 39 98 01 02", True),
        ("05.36.49.00.01", True),
        ("06 39 97 01 02", False),
        ("+33 6 39 97 01 02", False),
        ("06 39 9", False),
        ("anouk@cabinet.example", True),
        ("anouk@mail.example.org", True),
        ("Anouk@CABINET.TEST ", True),
        ("anouk@example.fr", False),
        ("anouk@example.com.fr", False),
        ("anouk@notexample.org", False),
    ],
)
def test_only_what_is_kept_for_fiction_is_nobodys(passage: str, nobody: bool) -> None:
    assert is_fictional(passage) is nobody
