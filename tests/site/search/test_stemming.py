"""Words are folded and cut to stems: plurals, feminines, accents, ligatures, apostrophes, kinds of hyphens are one."""

import pytest

from divan.site.search.stemming import TOO_COMMON, compounds, stem, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rénal", "rénale"), ("rénal", "rénaux"), ("rénal", "rénales"), ("niveau", "niveaux"), ("veineux", "veineuse"),
        ("auditif", "auditives"), ("ancien", "anciennes"), ("patient", "patientes"), ("rein", "reins"),
        ("œdème", "oedemes"), ("nævus", "naevus"), ("FŒTUS", "foetus"), ("l’hypertension", "hypertension"),
        ("post‑partum", "post-partum"), ("éosinophile", "eosinophiles"), ("e\u0301panchement", "epanchement"),
        ("hémor\u00adragie", "hemorragie"), ("première", "premier"), ("AVC", "avc"),
        ("hospitaliser", "hospitalisée"), ("dermatologue", "dermatologie"), ("échographique", "échographier"),
        ("kinésithérapeutes", "kinésithérapie"), ("pédiatre", "pédiatrie"),
        ("inhalation", "inhalateurs"), ("vaccination", "vacciner"),
    ],
)  # fmt: skip
def test_one_word_however_it_is_written(one: str, other: str) -> None:
    assert [*stems(one)] == [*stems(other)] != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rein", "rénal"),
        ("toux", "tous"),
        ("mal", "mail"),
        ("foie", "fois"),
        ("cancer", "cancan"),
        ("station", "stent"),
    ],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert [*stems(one)] != [*stems(other)]


def test_a_word_of_three_letters_is_its_own_stem() -> None:
    assert [stem(word) for word in ("ecg", "pas", "ans", "vie")] == ["ecg", "pas", "ans", "vie"]


def test_what_is_too_common_or_one_letter_long_leads_nowhere() -> None:
    assert [*stems("Que faire devant l'une de ces toux ?")] == ["tou"]
    assert all(word == word.lower() and word.isascii() for word in TOO_COMMON)


def test_what_is_written_with_a_hyphen_is_one_word_too() -> None:
    assert [*compounds("Des anti-coagulants, un burn\u2011out ; post-partum ?")] == [
        "anticoagulant",
        "burnout",
        "postpartum",
    ]
    assert [*compounds("Est-ce à dire, a-t-on vu ?")] == []
