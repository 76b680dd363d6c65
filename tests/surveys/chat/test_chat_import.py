from __future__ import annotations

import re
import subprocess
import sys

import pytest

from divan.sources.problem import ProblemsFound
from divan.sources.reader_text import fold
from surveys.chat.chat_import import import_chat
from tests.places import HOUSE
from tests.surveys.chat.conftest import rows
from tests.surveys.chat.invented_thread import FAMILY, GIVEN, PLACES, invented_thread

WORD = re.compile(r"[^\W\d_]+")


def written(root):
    return {path: path.read_bytes().decode() for path in (root / "surveys").rglob("*") if path.is_file()}


@pytest.mark.parametrize("seed", [1, 2])
def test_no_name_number_or_place_is_left_in_any_file(seed, study_root, export):
    thread = invented_thread(seed)
    import_chat(study_root, "fil", export(thread.text))
    words = {fold(part) for name in (*GIVEN, *FAMILY, *PLACES) for part in WORD.findall(name)} - {"le", "n", "d"}
    words -= {"noble"}  # « Sin-le-Noble » is known by its first word
    numbers = {re.sub(r"\D", "", phone)[-9:] for phone in thread.phones}
    for path, text in written(study_root).items():
        if path.parent.name == "fil":
            continue  # what the study declares
        left = {fold(word).removesuffix("s") for word in WORD.findall(text)} & words
        assert not left, path.name
        assert not any(number in re.sub(r"\D", "", text) for number in numbers), path.name
        assert "Ab9Zq" not in text


def test_posts_keep_their_day_time_kind_and_everything_that_names_nobody(study_root, export):
    import_chat(
        study_root,
        "fil",
        export("""
        17/03/2020 à 06:55 - Ana Roux a ajouté Luc Vasseur
        17/03/2020 à 08:05 - Ana Roux: Réunion à 12:30
        Ordre du jour : les masques
        18/03/2020 à 23:59 - Luc Vasseur: CR.pdf (fichier joint)
        """),
    )
    first, second = rows(study_root / "surveys" / "fil" / "chat" / "posts.csv")
    assert first["text"] == "Réunion à 12:30\nOrdre du jour : les masques"
    assert (first["day"], first["time"], first["kind"]) == ("2020-03-17", "08:05", "text")
    assert (second["day"], second["time"], second["kind"], second["file"]) == ("2020-03-18", "23:59", "document", "pdf")
    assert first["member"] != second["member"]


def test_users_observers_and_leavers_are_told_apart(study_root, export):
    import_chat(
        study_root,
        "fil",
        export("""
        17/03/2020 à 06:55 - Ana Roux a ajouté Luc Vasseur, Zoé Blondel, Max Robin et Eve Simon
        17/03/2020 à 08:05 - Ana Roux: Bonjour
        18/03/2020 à 08:05 - Max Robin: Au revoir
        19/03/2020 à 08:05 - Max Robin est parti
        19/03/2020 à 08:06 - Zoé Blondel est partie
        20/03/2020 à 08:06 - Eve Simon est partie
        21/03/2020 à 08:06 - Ana Roux a ajouté Eve Simon
        30/05/2020 à 08:06 - Luc Vasseur est parti
        """),
    )
    members = rows(study_root / "surveys" / "fil" / "chat" / "members.csv")
    roles = sorted((one["role"], one["joined"], one["left"]) for one in members)
    assert roles == [
        ("leaver", "2020-03-17", "2020-03-19"),
        ("observer", "2020-03-17", ""),  # Luc left after the window
        ("observer", "2020-03-17", "2020-03-20"),  # Eve came back
        ("user", "", ""),
        ("user", "2020-03-17", "2020-03-19"),  # Max wrote first
    ]
    assert {one["member"] for one in members if one["role"] != "user"} == {"Obs1", "Obs2", "LEFT1"}


def test_only_the_window_and_what_the_study_counts_are_kept(study_root, export):
    report = import_chat(
        study_root,
        "fil",
        export("""
        16/03/2020 à 08:05 - Ana Roux: La veille
        17/03/2020 à 00:00 - Ana Roux: Le premier jour
        10/05/2020 à 23:59 - Ana Roux: Le dernier
        10/05/2020 à 23:59 - Ana Roux: Ce message a été supprimé
        11/05/2020 à 00:00 - Ana Roux: Le lendemain
        """),
    )
    assert [one["text"] for one in rows(study_root / "surveys" / "fil" / "chat" / "posts.csv")] == [
        "Le premier jour", "Le dernier",
    ]  # fmt: skip
    assert (report.counts["outside_window"], report.counts["left_out"]) == (2, {"deleted": 1})


def test_the_same_people_keep_their_names_from_one_import_to_the_next(study_root, export):
    chat = study_root / "surveys" / "fil" / "chat"
    short = "17/03/2020 à 08:05 - Ana Roux: Bonjour\n17/03/2020 à 08:06 - Luc Vasseur: Bonjour\n"
    import_chat(study_root, "fil", export(short))
    first = [one["member"] for one in rows(chat / "posts.csv")]
    import_chat(study_root, "fil", export("17/03/2020 à 08:00 - Zoé Blondel: Enfin\n" + short))
    assert [one["member"] for one in rows(chat / "posts.csv")][1:] == first
    before = (chat / "posts.csv").read_bytes()
    import_chat(study_root, "fil", export("17/03/2020 à 08:00 - Zoé Blondel: Enfin\n" + short))
    assert (chat / "posts.csv").read_bytes() == before


def test_the_key_stays_out_of_git_and_tells_nobody_who_is_who(study_root, export):
    subprocess.run(["git", "init", "-q", str(study_root)], check=True)
    import_chat(study_root, "fil", export("17/03/2020 à 08:05 - Ana Roux: Bonjour\n"))
    seen = subprocess.run(["git", "-C", str(study_root), "status", "--porcelain", "-uall"], check=True,
                          capture_output=True, text=True).stdout  # fmt: skip
    assert "chat/posts.csv" in seen
    assert "secret" not in seen
    key = study_root / "surveys" / "fil" / "secret" / "pseudonyms.json"
    assert "roux" not in key.read_text(encoding="utf-8").lower()
    assert key.stat().st_mode & 0o077 == 0


def test_the_list_of_members_says_who_bears_several_names(study_root, export, tmp_path):
    members = tmp_path / "members.csv"
    members.write_text("name,gender,specialty,aliases\nAna Roux,F,MG,+33 6 39 98 10 10;Nanou\nLuc Vasseur,H,S,\n",
                       encoding="utf-8")  # fmt: skip
    import_chat(study_root, "fil", export("""
        17/03/2020 à 08:05 - Ana Roux: Bonjour
        17/03/2020 à 08:06 - +33 6 39 98 10 10: Bonjour encore, signé nanou
        """), members=members)  # fmt: skip
    first, second = rows(study_root / "surveys" / "fil" / "chat" / "posts.csv")
    assert first["member"] == second["member"]
    assert second["text"] == "Bonjour encore, signé XXX"
    told = {(one["role"], one["gender"]) for one in rows(study_root / "surveys" / "fil" / "chat" / "members.csv")}
    assert told == {("user", "F"), ("observer", "H")}


def test_every_fault_of_the_list_is_said_and_nobody_is_named(study_root, export, tmp_path):
    study = study_root / "surveys" / "fil" / "study.yaml"
    study.write_text(study.read_text(encoding="utf-8") + "  genders: {F: Femmes, H: Hommes}\n", encoding="utf-8")
    members = tmp_path / "members.csv"
    members.write_text("name,gender,specialty\nAna Roux,F,MG\n,F,MG\nana roux,H,S\nLuc Vasseur,X,S\n", encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        import_chat(study_root, "fil", export("17/03/2020 à 08:05 - Ana Roux: Bonjour\n"), members=members)
    assert [one.line for one in found.value.problems] == [3, 4, 5]
    assert not re.search("roux|vasseur", str(found.value), re.IGNORECASE)
    assert not (study_root / "surveys" / "fil" / "chat").exists()


def test_nothing_is_written_when_no_message_is_in_the_window(study_root, export):
    with pytest.raises(ProblemsFound, match="fenêtre"):
        import_chat(study_root, "fil", export("17/03/2019 à 08:05 - Ana Roux: Bonjour\n"))
    assert not (study_root / "surveys" / "fil" / "chat").exists()
    assert not (study_root / "surveys" / "fil" / "secret").exists()


def test_a_text_of_others_is_counted_as_relayed_the_second_time(study_root, export):
    bulletin = "Point de situation de l'agence : " + "les consignes restent les mêmes, " * 8
    report = import_chat(
        study_root,
        "fil",
        export(f"""
        17/03/2020 à 08:05 - Ana Roux: {bulletin}
        17/03/2020 à 08:06 - Luc Vasseur: {bulletin}
        17/03/2020 à 08:07 - Luc Vasseur: Merci
        17/03/2020 à 08:08 - Ana Roux: Merci
        """),
    )
    assert report.counts["relayed"] == 1


def test_the_command_asks_for_the_order_of_the_dates_without_a_trace(study_root, export):
    path = export("03/04/2020, 08:05 - Ana Roux: Bonjour\n")
    call = [sys.executable, "-m", "divan", "--root", str(study_root), "chat", "import", "fil", str(path)]
    asked = subprocess.run(call, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert asked.returncode == 1
    assert "--dates day-first" in asked.stderr
    assert "Traceback" not in asked.stderr
    told = subprocess.run([*call, "--dates", "day-first"], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "1 message" in told.stdout.replace("\u00a0", " ")
