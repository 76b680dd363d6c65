"""YAML as people write it: words stay words, faults have a line, nothing is lost in silence."""

import pytest

from divan.sources.problem import ProblemsFound
from divan.sources.yaml_source import read_yaml, split_front_matter


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("oui", "oui"),
        ("no", "no"),
        ("on", "on"),
        ("0042", "0042"),
        ("2026-03-14", "2026-03-14"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("42", 42),
        ("-3", -3),
        ("4.5", 4.5),
        ("true", True),
        ("", None),
        ("~", None),
        ('"86"', "86"),
    ],
)
def test_a_word_is_read_as_it_is_written(written: str, value: object) -> None:
    read = read_yaml("a.yaml", f"key: {written}\n").value["key"]
    assert read == value and type(read) is type(value)


def test_lines_are_those_of_the_file() -> None:
    source = read_yaml("a.yaml", "a: 1\nb:\n  - x\n  - c: 2\n", first_line=2)
    assert [source.line_of(path) for path in [(), ("a",), ("b", 0), ("b", 1, "c"), ("b", 7), ("z",)]] == [
        2,
        2,
        4,
        5,
        3,
        2,
    ]


def problems_of(text: str, **options: bool) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        read_yaml("a.yaml", text, first_line=10, **options)
    return [str(problem) for problem in found.value.problems]


def test_keys_given_twice_are_said_wherever_they_are() -> None:
    assert problems_of("a: 1\nb: {c: 1, c: 2}\na: 2\n") == [
        "a.yaml:11: la clé « c » est donnée deux fois (déjà ligne 11) ; gardez une seule des deux",
        "a.yaml:12: la clé « a » est donnée deux fois (déjà ligne 10) ; gardez une seule des deux",
    ]


@pytest.mark.parametrize("escape", [r"\u202e", r"\U0000202E", r"\u200b", r"\0", r"\x07", r"\a", r"\e"])
def test_a_sign_that_nobody_sees_is_not_let_in_by_an_escape(escape: str) -> None:
    (problem,) = problems_of(f'a: 1\nb: [x, "a{escape}b"]\n')
    assert problem.startswith("a.yaml:11: un signe invisible")


def test_other_escapes_are_read() -> None:
    assert read_yaml("a.yaml", r'''{a: "\xe9\n\t\\\"", b: 'C:\u200b', c: \0}''').value == {
        "a": 'é\n\t\\"', "b": r"C:\u200b", "c": r"\0",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["a: [1\n", "a: b: c\n", "\ta: 1\n", "a: !!python/object:os.system x\n", "? [a]\n: 1\n"]
)
def test_broken_syntax_is_said_in_french(text: str) -> None:
    (problem,) = problems_of(text)
    assert "cette ligne n'est pas du YAML lisible" in problem


@pytest.mark.parametrize(
    "nested", ["a: " + "[" * 200_000, "- " * 200_000 + "a\n", "{a: " * 100_000, "? " * 100_000 + "a\n"]
)
def test_endless_nesting_stops_before_it_can_harm(nested: str) -> None:
    (problem,) = problems_of(nested)
    assert "des listes s'emboîtent sans fin" in problem


def test_aliases_are_for_those_we_trust() -> None:
    text = "a: &x [1, 2]\nb: *x\n"
    assert read_yaml("a.yaml", text).value == {"a": [1, 2], "b": [1, 2]}
    (problem,) = problems_of(text, aliases=False)
    assert problem.startswith("a.yaml:11: un renvoi")


def test_front_matter_is_split_from_the_body() -> None:
    assert split_front_matter("a.md", "---\na: 1\nb: 2\n---\nTexte\n---\nsuite\n") == (
        "a: 1\nb: 2\n",
        "Texte\n---\nsuite\n",
        5,
    )
    assert split_front_matter("a.md", "---\na: 1\n---") == ("a: 1\n", "", 4)


@pytest.mark.parametrize("text", ["a: 1\n", "--\na: 1\n--\n", "---\na: 1\n"])
def test_a_front_matter_that_is_missing_or_left_open_is_said(text: str) -> None:
    with pytest.raises(ProblemsFound):
        split_front_matter("a.md", text)
