"""Who asks to enter is held against the public directory, and then forgotten but for a code and a keyed hash."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from divan.admission.register import Register, Registered, index_register
from divan.admission.verifying import verify
from divan.commands.runs import main
from divan.members.keyring import load_keyring
from divan.members.member_key import key_of_words
from divan.members.where import keyring_file
from divan.sources.problem import ProblemsFound
from surveys.codes import valid_rpps
from surveys.responses import Responses, read_responses, write_responses
from surveys.roster import read_roster
from surveys.study import load_study
from tests.places import GROUP

HEADER = (
    "Type d'identifiant PP|Identifiant PP|Nom d'exercice|Code profession|"
    "Code postal (coord. structure)|Code Département (structure)"
)
ROWS = """
8|10001234565|ALBERTINI|10|86000|86
8|10001234565|ALBERTINI|10|79000|79
8|10001234565|ALBERTINI|10|86000|86
8|10001234573|BRUNEAU|60|86000|86
8|10001234581|CORMERAIS|10|97410|
x|pas un numéro|…|10|86000|86
"""


@pytest.fixture
def index(tmp_path: Path) -> Path:
    extract = tmp_path / "extract.txt"
    extract.write_text(HEADER + ROWS, encoding="utf-8")
    assert index_register(extract, tmp_path / "register.sqlite") == 6
    return tmp_path / "register.sqlite"


@pytest.mark.parametrize(
    ("rpps", "entries"),
    [
        ("10001234565", (Registered("10", ("79", "86")),)),
        ("10001234573", (Registered("60", ("86",)),)),
        ("10001234581", (Registered("10", ("974",)),)),  # from its postcode
        ("10001234599", ()),
    ],
)
def test_a_number_gives_its_profession_and_places(index: Path, rpps: str, entries: tuple[Registered, ...]) -> None:
    register = Register(index)
    assert register.find(rpps) == entries
    register.close()


def test_an_extract_with_other_columns_is_refused_and_the_former_index_kept(index: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("nom|prénom\n", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="identifiant pp"):
        index_register(other, index)
    assert Register(index).find("10001234573")


@pytest.mark.parametrize(
    ("number", "valid"), [("10001234565", True), ("10001234566", False), ("1000123456", False), ("1000123456５", False)]
)
def test_an_rpps_number_has_eleven_digits_and_its_check_digit(number: str, valid: bool) -> None:
    assert valid_rpps(number) is valid


@pytest.fixture
def asking_in(tmp_path: Path) -> Callable[..., Path]:
    """A repository whose entry form received one request, changed as said."""
    for name in ("entree", "accueil"):
        copytree(GROUP / "surveys" / name, tmp_path / "surveys" / name)
    study = load_study(tmp_path / "surveys" / "entree")
    wave = study.wave("demande")
    (tmp_path / "surveys/accueil/roster.csv").write_text("code\nzzzz2222\n", encoding="utf-8")

    def receive(**changes: str) -> Path:
        row = {
            "response": "demande-0001", "date": "2026-11-20", "rpps": "10001234565", "departement": "d86",
            "pseudonym": "pic-vert", "contact": "pic@vert.example", "riddle": "un IEC", "charter": "2026-01",
            "survey_done": "yes", "code": "abcdefgh",
        }  # fmt: skip
        write_responses(study, Responses(wave, ({**row, **changes},)))
        return tmp_path

    return receive


def test_a_physician_enters_and_only_a_code_and_a_hash_remain(asking_in: Callable[..., Path], index: Path) -> None:
    root = asking_in()
    (verdict,) = verify(root, index, root / "key")
    assert str(verdict) == "demande-0001 : admis ; écrire à pic@vert.example (pic-vert)"
    assert read_responses(load_study(root / "surveys/entree"), "demande").rows == ()
    assert read_roster(load_study(root / "surveys/accueil")) == ("abcdefgh", "zzzz2222")
    left = "".join(
        path.read_text(encoding="utf-8")
        for path in (root / "surveys/entree").rglob("*.*")
        if path.suffix in (".csv", ".txt")
    )
    assert "10001234565" not in left
    assert "pic" not in left


def test_who_enters_a_group_that_gives_keys_leaves_with_a_card(
    asking_in: Callable[..., Path], index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = asking_in(response="demande-c0001")
    (root / ".divan").mkdir()
    index.rename(root / ".divan/annuaire.sqlite")
    (root / "pelicanconf.py").write_text('SITENAME = "Forum"\nSITEURL = "https://forum.example"\nEDITION = "closed"\n')
    monkeypatch.chdir(root)
    assert main(["members", "verify", "--dry-run"]) == 0
    assert not keyring_file(root).exists()
    assert main(["members", "verify"]) == 0
    said = capsys.readouterr().out
    assert "Carte de pic-vert" in said
    ring = load_keyring(keyring_file(root))
    assert ring
    key = key_of_words(said.partition("#cle=")[2].split()[0])
    assert [(one.name, one.root) for one in ring.holders] == [("pic-vert", key.root(ring.site))]


def test_who_enters_a_group_without_keys_has_none(
    asking_in: Callable[..., Path], index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = asking_in(response="demande-c0001")
    (root / ".divan").mkdir()
    index.rename(root / ".divan/annuaire.sqlite")
    (root / "pelicanconf.py").write_text('SITENAME = "Forum"\n')
    monkeypatch.chdir(root)
    assert main(["members", "verify"]) == 0
    assert "Carte" not in capsys.readouterr().out
    assert not keyring_file(root).exists()


def test_a_member_does_not_enter_twice(asking_in: Callable[..., Path], index: Path) -> None:
    root = asking_in()
    verify(root, index, root / "key")
    asking_in(code="bbbb2222")
    assert [verdict.already for verdict in verify(root, index, root / "key")] == [True]
    assert read_roster(load_study(root / "surveys/accueil")) == ("abcdefgh", "zzzz2222")  # one code a member


def test_moderators_decide_of_what_is_in_doubt_and_it_is_forgotten(asking_in: Callable[..., Path], index: Path) -> None:
    root = asking_in(survey_done="no")
    verify(root, index, root / "key", refuse=["demande-0001"])
    assert read_roster(load_study(root / "surveys/accueil")) == ("zzzz2222",)
    assert read_responses(load_study(root / "surveys/entree"), "demande").rows == ()
    asking_in(survey_done="no")
    (verdict,) = verify(root, index, root / "key", admit=["demande-0001"])
    assert verdict.admitted
    assert read_roster(load_study(root / "surveys/accueil")) == ("abcdefgh", "zzzz2222")
    with pytest.raises(ProblemsFound, match="demande-0009: aucune demande ne porte ce nom"):
        verify(root, index, root / "key", admit=["demande-0009"])


def test_two_requests_with_one_number_are_both_left_to_the_moderators(
    asking_in: Callable[..., Path], index: Path
) -> None:
    root = asking_in()
    study = load_study(root / "surveys/entree")
    (row,) = read_responses(study, "demande").rows
    other = {**row, "response": "demande-0002", "code": "bbbb2222"}
    write_responses(study, Responses(study.wave("demande"), (row, other)))
    verdicts = verify(root, index, root / "key")
    assert [verdict.reasons for verdict in verdicts] == [("plusieurs demandes donnent ce numéro",)] * 2
    assert len(read_responses(study, "demande").rows) == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"rpps": "10001234573"}, "un autre métier"),
        ({"rpps": "10001234599"}, "inconnu de l'annuaire"),
        ({"rpps": "10001234566"}, "mal formé"),
        ({"departement": "d17"}, "l'annuaire le situe ailleurs (79, 86)"),
        ({"charter": ""}, "charte"),
        ({"survey_done": "no"}, "questionnaire d'arrivée"),
        ({"riddle": "le tabac"}, "énigme"),
    ],
)
def test_a_doubt_is_left_to_the_moderators(
    asking_in: Callable[..., Path], index: Path, changes: dict[str, str], reason: str
) -> None:
    root = asking_in(**changes)
    accepted = root / "surveys/entree/received/enigme.txt"
    accepted.parent.mkdir()
    accepted.write_text("IEC\ninhibiteur de l'enzyme\n", encoding="utf-8")
    (verdict,) = verify(root, index, root / "key")
    assert reason in str(verdict)
    assert len(read_responses(load_study(root / "surveys/entree"), "demande").rows) == 1
