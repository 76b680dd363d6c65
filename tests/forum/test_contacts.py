"""How a colleague is reached: a telephone to call, a mail to write, a secure address that no ordinary mail reaches."""

import pytest

from divan.forum.contacts import Way, lacks_address, ways_of


@pytest.mark.parametrize(
    ("written", "ways"),
    [
        ("06 39 98 12 34", [Way("06 39 98 12 34", "tel:+33639981234")]),
        ("secrétariat : 06.39.98.12.34, le matin", [Way("secrétariat : ", ""),
            Way("06.39.98.12.34", "tel:+33639981234"), Way(", le matin", "")]),
        ("+33 6 39 98 12 34", [Way("+33 6 39 98 12 34", "tel:+33639981234")]),
        ("cabinet@exemple.example", [Way("cabinet@exemple.example", "mailto:cabinet@exemple.example")]),
        ("jean@medecin.mssante.fr", [Way("jean@medecin.mssante.fr", "", True)]),
        ("jean@medical.apicrypt.org", [Way("jean@medical.apicrypt.org", "", True)]),
        ("messagerie sécurisée", [Way("messagerie sécurisée", "")]),
        ("", []),
        ("2024 0639981234567", [Way("2024 0639981234567", "")]),
    ],
)  # fmt: skip
def test_ways_stand_in_what_was_written(written: str, ways: list[Way]) -> None:
    assert list(ways_of(written)) == ways


@pytest.mark.parametrize(
    ("written", "lacks"),
    [("messagerie sécurisée", True), ("MSSanté", True), ("Apicrypt, ou le secrétariat", True),
     ("06 39 98 12 34", False),
     ("messagerie sécurisée : jean@medecin.mssante.fr", False), ("", False)],
)  # fmt: skip
def test_a_secure_messaging_without_address_is_told(written: str, lacks: bool) -> None:
    assert lacks_address(written) is lacks
