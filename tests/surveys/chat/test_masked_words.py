"""What is masked inside a message, what is left, and what somebody is asked to look at."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from divan.sources.problem import ProblemsFound
from surveys.chat import masking_apart
from surveys.chat.chat_import import import_chat
from surveys.chat.known_names import known_names
from surveys.chat.learning import Learned
from surveys.chat.masked_words import Masker
from surveys.chat.masking_apart import masked_posts
from surveys.chat.message import MessageKind
from surveys.chat.pseudonyms import Pseudonyms
from surveys.chat.store import Post
from surveys.chat.unsure import Doubts
from tests.surveys.chat.conftest import rows

GROUP = "17/03/2020 à 06:00 - Ana Roux a ajouté {}\n"
PEOPLE = "Pierre Lambert, Dr Nathalie Leclercq, Claire Petit, Jean-Luc Le Goff, +33 6 39 98 10 10"


def masked(root, export, *texts: str, people: str = PEOPLE) -> list[str]:
    lines = "".join(f"17/03/2020 à 08:05 - Ana Roux: {text}\n" for text in texts)
    import_chat(root, "fil", export(GROUP.format(people) + lines))
    return [one["text"] for one in rows(root / "surveys" / "fil" / "chat" / "posts.csv")]


@pytest.mark.parametrize(("text", "expected"), [
    ("Merci Pierre Lambert !", "Merci XXX !"),
    ("chez lambert à 14 h", "chez XXX à 14 h"),
    ("Les Lamberts et LECLERCQ", "Les XXX et XXX"),
    ("PierreLambert ou pierrelambert", "XXX ou XXX"),
    ("Nath et Pierrot viennent", "XXX et XXX viennent"),
    ("On attend Leclerc, enfin Leclerq", "On attend XXX, enfin XXX"),
    ("Jean Luc et jean-luc", "XXX et XXX"),
    ("Merci @33639981010 et @\u2068Pierre Lambert\u2069", "Merci XXX et XXX"),
    ("Appelle le 06.39.98.10.10 ou le +32 470 12 34 56", "Appelle le XXX ou le XXX"),
    ("Le 0 6 3 9 9 8 1 0 1 0", "Le XXX"),
    ("Voir https://exemple.fr/doc/petit?jeton=Ab9 vite", "Voir https://exemple.fr/XXX vite"),
    ("plambert et LeclercqN ont dit oui, #merciPierre #lambert2020", "XXX et XXX ont dit oui, #XXX #XXX2020"),
    ("Drlambert, P. Lambert, P.L. et JLLG arrivent", "XXX, XXX, XXX et XXX arrivent"),
    ("legoff ou Le  Goff, lec lercq, L a m b e r t", "XXX ou Le  XXX, lec lercq, XXX"),
    ("Écris à n.leclercq59", "Écris à n.XXX59"),
    ("Rappelle le 39 98 10 10, ou 06.39.98", "Rappelle le XXX, ou XXX"),
    ("TA 12/8, CR fait, PL demain, IRM le 18/04/2020", "TA 12/8, CR fait, PL demain, IRM le 18/04/2020"),
    ("Patient de Mme Dupuis-Moreau", "Patient de Mme XXX"),
    ("Écris à p.lambert@exemple.fr", "Écris à XXX"),
    ("18 masques le 17/03/2020 à 12:30, 50 ans, 38,5", "18 masques le 17/03/2020 à 12:30, 50 ans, 38,5"),
    ("Doliprane 1 g, scanner typique, COVID probable", "Doliprane 1 g, scanner typique, COVID probable"),
    ("Enchanté de mettre un visage sur vos courriers", "Enchanté de mettre un visage sur vos courriers"),
])  # fmt: skip
def test_what_identifies_is_masked_and_the_rest_is_left(text, expected, study_root, export):
    assert masked(study_root, export, text) == [expected]


def test_what_one_message_teaches_holds_for_all(study_root, export):
    before, after, small = masked(study_root, export, "Qui peut ajouter Wallart ?", "Vu Mme Wallart à Cambrai",
                                  "wallart est à cambrai")  # fmt: skip
    assert (before, after, small) == ("Qui peut ajouter XXX ?", "Vu Mme XXX à XXX", "XXX est à XXX")


def test_a_word_that_french_has_is_no_glued_name_and_no_initials(study_root, export):
    said = masked(study_root, export, "Pour ma part, JE reste", people="Paul Art, Jean Etienne")
    assert said == ["Pour ma part, JE reste"]


def test_a_town_is_known_in_what_is_made_of_it(study_root, export):
    said = masked(study_root, export, "Le centre de Douai ouvre", "tout le douaisis et les Douaisiennes", "un lillois")
    assert said == ["Le centre de XXX ouvre", "tout le XXX et les XXX", "un lillois"]  # nobody spoke of Lille


def test_a_name_of_one_word_is_known_when_it_is_cut(study_root, export):
    said = masked(study_root, export, "Van den Broucke vient", "VAN DEN BROUCKE aussi", people="Benoît Vandenbroucke")
    assert said == ["XXX vient", "XXX aussi"]


def test_a_common_word_that_is_a_members_name_is_masked_until_somebody_decides(study_root, export):
    assert masked(study_root, export, "un petit mot") == ["un XXX mot"]
    sheet = study_root / "surveys" / "fil" / "review" / "chat.csv"
    [doubt] = rows(sheet)
    assert "petit" not in sheet.read_text(encoding="utf-8")
    assert doubt["context"] == "un XXX mot"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, list(doubt))
        lines.writeheader()
        lines.writerow({**doubt, "decision": "garder"})
    assert masked(study_root, export, "un petit mot", "Claire Petit") == ["un petit mot", "XXX Petit"]
    assert masked(study_root, export, "un petit mot", "Claire Petit") == ["un petit mot", "XXX Petit"]


def test_an_unknown_word_with_a_capital_is_left_and_shown(study_root, export):
    assert masked(study_root, export, "avec le Tromblax en panne") == ["avec le Tromblax en panne"]
    sheet = study_root / "surveys" / "fil" / "review" / "chat.csv"
    [doubt] = rows(sheet)
    assert "Tromblax" in doubt["context"]
    sheet.write_text(sheet.read_text(encoding="utf-8").rstrip("\n") + "masquer\n", encoding="utf-8")
    assert masked(study_root, export, "avec le Tromblax en panne") == ["avec le XXX en panne"]


def test_a_decision_that_says_something_else_is_refused(study_root, export):
    masked(study_root, export, "avec le Tromblax en panne")
    sheet = study_root / "surveys" / "fil" / "review" / "chat.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").rstrip("\n") + "peut-être\n", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="masquer"):
        masked(study_root, export, "avec le Tromblax en panne")


def test_a_study_adds_words_to_mask_and_words_to_keep(study_root, export):
    study = study_root / "surveys" / "fil" / "study.yaml"
    study.write_text(study.read_text(encoding="utf-8") + "  mask: [la Fosse 9]\n  keep: [Petit]\n", encoding="utf-8")
    assert masked(study_root, export, "rdv à la fosse, un petit mot") == ["rdv à la XXX, un petit mot"]


def test_nobody_is_given_a_name_that_is_already_somebodys(study_root, export):
    masked(study_root, export, "Bonjour", people="Vulcain Robert, Apollon Machaon")
    names = {one["member"] for one in rows(study_root / "surveys" / "fil" / "chat" / "members.csv")}
    assert not names & {"Vulcain", "Apollon", "Machaon"}


@pytest.mark.parametrize("renewed", [1_000_000, 2_500])  # the second: one pool of processes after another
def test_several_processes_mask_as_one_does_and_doubt_as_one_does(renewed, monkeypatch):
    monkeypatch.setattr(masking_apart, "_RENEWED", renewed)
    names = known_names(["Pierre Lambert", "Claire Petit"])
    nothing = Learned(frozenset(), frozenset())
    texts = ["Merci Lambert", "un petit mot", "avec le Tromblax en panne", "rien à dire"] * 1_100  # three chunks
    posts = [
        Post(n, date(2020, 3, 17), 0, "Citron", MessageKind.TEXT, "", False, False, text)
        for n, text in enumerate(texts)
    ]
    found = []
    for apart in (False, True):
        doubts = Doubts(Pseudonyms("00" * 32))
        masker = Masker(names, frozenset(), nothing, frozenset(), {}, doubts)
        masked = [post.text for post in masked_posts(posts, masker, apart=apart)]
        found.append((masked, doubts.sheet({})))
    assert found[0] == found[1]
    assert found[0][0][:4] == ["Merci XXX", "un XXX mot", "avec le Tromblax en panne", "rien à dire"]
    assert ",1100," in found[0][1]
