"""Every bad input has its message: where, what must hold, what was found, and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from divan.forum.check import check_paths

Write = Callable[[str, str | bytes], Path]
CASE = "content/cases/2026/2026-03-14-k7f2.md"
TOPIC = "content/topics/2026/2026-03-20-abcd.md"
REPLY = "content/replies/2026-03-14-k7f2/2026-03-15-c4tq.md"
HEAD = """\
---
title: Toux sèche
date: 2026-03-14 18:20
author: martin-pêcheur
hashtags: [toux]
specialty: pneumologie
status: open
---
"""
BODY = "## Question\nq ?\n## Contexte\nc\n## Constatations\nd\n"
REPLY_HEAD = "---\ndate: 2026-03-15 08:05\nauthor: mésange\n---\n"


def head(old: str, new: str) -> str:
    assert old in HEAD
    return HEAD.replace(old, new) + BODY


BAD_CASES = {
    "an empty file": (b"", ["le fichier est vide ; écrivez-le ou supprimez-le"]),
    "no front matter": (
        BODY,
        ["1: le fichier doit commencer par un en-tête entre deux lignes « --- » ; "
         "ajoutez-le ; « divan new » écrit un fichier complet"],
    ),
    "a front matter left open": (
        "---\ntitle: x\n\n## Question\n",
        ["1: l'en-tête n'est pas fermé ; ajoutez une ligne « --- » après lui"],
    ),
    "broken YAML": (
        head("title: Toux sèche", "title: Toux : sèche"),
        ["2: cette ligne n'est pas du YAML lisible ; vérifiez les deux-points, les guillemets et les retraits ; un "
         "texte qui contient « : » ou commence par un signe se met entre guillemets"],
    ),
    "a key given twice": (
        head("status: open", "status: open\nstatus: answered"),
        ["8: la clé « status » est donnée deux fois (déjà ligne 7) ; gardez une seule des deux"],
    ),
    "an alias that could unfold without end": (
        head("status: open", "status: open\nsources: &a [*a]"),
        ["8: un renvoi (« * ») n'a pas sa place dans un message ; recopiez la valeur, ou mettez-la entre guillemets"],
    ),
    "a missing key": (
        head("specialty: pneumologie\n", ""),
        ["2: il manque la clé « specialty » ; ajoutez une ligne « specialty: … »"],
    ),
    "an unknown key": (
        head("status: open", "status: open\nstatut: ouvert"),
        ["8: la clé « statut » n'existe pas ici ; corrigez son nom ou retirez-la"],
    ),
    "a status that does not exist": (
        head("status: open", "status: opened"),
        ["7: « status » doit valoir open ou answered ou no_agreement ou withdrawn, pas « opened » ; "
         "vouliez-vous « open » ?"],
    ),
    "a département without quotes": (
        head("status: open", "status: open\ndepartement: 86"),
        ['8: « departement » doit valoir 16 ou 17 ou 79 ou 86, pas « 86 » ; écrivez-la entre guillemets : "86"'],
    ),
    "a date that does not exist": (
        head("2026-03-14 18:20", "2026-03-14 25:20"),
        ["3: la date doit exister dans le calendrier ; écrivez-la ainsi : 2026-03-14 18:20"],
    ),
    "a date of another day": (
        head("2026-03-14 18:20", "2026-03-15 18:20"),
        ["3: le jour de la date doit être celui du nom du fichier (2026-03-14) ; corrigez l'un ou l'autre"],
    ),
    "an unknown hashtag in the head": (
        head("[toux]", "[toux, tous]"),
        ["5: un hashtag vient de la liste commune, et « #tous » n'y est pas ; vouliez-vous « #toux » ? Sinon, "
         "ajoutez-le à content/hashtags.yaml, ou mettez-le entre accents graves si ce n'en est pas un"],
    ),
    "an unknown hashtag in the text": (
        HEAD + BODY + "Voir #zona.\n",
        ["15: un hashtag vient de la liste commune, et « #zona » n'y est pas ; "
         "ajoutez-le à content/hashtags.yaml, ou mettez-le entre accents graves si ce n'en est pas un"],
    ),
    "a missing part": (
        HEAD + "## Question\nq ?\n## Constatations\nd\n",
        ["9: il manque la partie « Contexte » ; ajoutez une ligne « ## Contexte » et son texte"],
    ),
    "parts out of order": (
        HEAD + "## Contexte\nc\n## Question\nq ?\n## Constatations\nd\n",
        ["11: « Question » vient avant « Contexte » ; remettez les parties dans l'ordre : "
         "Question, Contexte, Constatations, Conduite tenue, Résolution, Note"],
    ),
    "a part of another name": (
        HEAD + BODY + "## Diagnostic\nx\n",
        ["15: les titres d'un cas sont Question, Contexte, Constatations, Conduite tenue, Résolution, Note, et "
         "« Diagnostic » n'en est pas un ; changez-le, ou faites-en un sous-titre avec ###"],
    ),
    "a part written twice": (
        HEAD + BODY + "## Contexte\nx\n",
        ["15: la partie « Contexte » est écrite deux fois ; réunissez-les"],
    ),
    "an empty part": (
        HEAD + BODY + "## Note\n\n",
        ["15: la partie « Note » est vide ; écrivez-la ou retirez son titre"],
    ),
    "text before the first part": (
        HEAD + "Bonjour.\n" + BODY,
        ["9: le texte d'un cas commence par « ## Question » ; mettez ce qui précède sous un des titres"],
    ),
    "a link to a thread that is not there": (
        HEAD + BODY + "Voir [ce cas](2026-01-01-aaaa.md).\n",
        ["15: un lien mène au fil 2026-01-01-aaaa, qui n'existe pas ; corrigez-le ou retirez-le"],
    ),
    "an image from elsewhere": (
        HEAD + BODY + "![x](https://example.org/a.png)\n",
        ["15: une image vient du site lui-même, jamais d'ailleurs ; déposez-la dans content/images/ et écrivez "
         "« ![ce qu'elle montre](../../images/…) »"],
    ),
    "an image that is not there": (
        HEAD + BODY + "![x](../../images/a.png)\n",
        ["15: l'image content/images/a.png n'existe pas ; déposez-la, ou corrigez son nom"],
    ),
    "a source in two paragraphs": (
        head("status: open", 'status: open\nsources: ["# Titre"]'),
        ["8: une source est un texte d'un seul tenant ; retirez-en titres et listes"],
    ),
    "bytes that are not UTF-8": (
        (HEAD + BODY).encode("latin-1"),
        ["2: le fichier doit être en UTF-8, et cette ligne ne l'est pas ; "
         "enregistrez-le de nouveau en UTF-8"],
    ),
    "a NUL": (
        HEAD + BODY + "a\0b\n",
        ["15: un caractère nul s'est glissé dans cette ligne ; retirez-le"],
    ),
    "a file too long to have been written by hand": (
        HEAD + BODY + ">" * 60_000,
        [f"un fichier tient en 60000 caractères, pas {len(HEAD + BODY) + 60_000} ; coupez-le en plusieurs"],
    ),
    "a phone number": (
        HEAD + BODY + "Appelez le 06 39 98 01 02.\n",
        ["15: un numéro de téléphone identifie une personne : « 06 39 98 … » ; retirez-le"],
    ),
    "a name in the title": (
        head("title: Toux sèche", "title: Toux de Mme Dupont"),
        ["2: un titre suivi d'un nom identifie une personne : « Mme D … » ; "
         "écrivez par exemple « de la patiente » ou « d'une patiente »"],
    ),
    "a hospital in a case": (
        HEAD + BODY + "Vu au CHU de Poitiers.\n",
        ["15: le nom d'un établissement situe une personne : « CHU … » ; "
         "écrivez par exemple « CHU de la région »"],
    ),
}  # fmt: skip
BAD_REPLIES = {
    "a reply to itself": (
        "---\ndate: 2026-03-15\nauthor: mésange\nin_reply_to: 2026-03-15-c4tq\n---\nOui.\n",
        ["4: une réponse ne se répond pas à elle-même ; corrigez « in_reply_to »"],
    ),
    "an answer to a reply that is not there": (
        "---\ndate: 2026-03-15\nauthor: mésange\nin_reply_to: 2026-03-16-zzzz\n---\nOui.\n",
        ["4: « in_reply_to » désigne une réponse du même fil, et 2026-03-16-zzzz n'y est pas ; "
         "corrigez l'identifiant, ou retirez la ligne"],
    ),
    "a reply with nothing in it": (REPLY_HEAD, ["5: la réponse est vide ; écrivez-la sous l'en-tête"]),
    "a reply with a title": (
        REPLY_HEAD.replace("author", "title: Oui\nauthor") + "Oui.\n",
        ["3: la clé « title » n'existe pas ici ; corrigez son nom ou retirez-la"],
    ),
}  # fmt: skip
STRAY = "ce fichier n'a pas sa place ici ; renommez-le, déplacez-le ou supprimez-le"
MISPLACED = {
    "content/cases/2026/toux.md": (
        "le nom d'un message est sa date et quatre lettres ou chiffres, comme content/cases/2026/2026-03-14-k7f2.md ; "
        "renommez-le ; « divan new » donne un nom libre"
    ),
    "content/cases/2026/2026-03-14-k7f2.txt": STRAY,
    "content/notes.md": STRAY,
    "content/cases/2025/2026-03-14-zzzz.md": "un fil de 2026 se range dans le dossier 2026, pas 2025 ; déplacez-le",
    "content/topics/2026/2026-03-14-k7f2.md": (
        "un identifiant désigne un seul fil, et content/cases/2026/2026-03-14-k7f2.md a le même ; "
        "renommez le plus récent des deux, et le dossier de ses réponses"
    ),
    "content/replies/2026-01-01-aaaa/2026-03-15-c4tq.md": (
        "le dossier d'une réponse dit son fil, et 2026-01-01-aaaa n'existe pas ; "
        "vérifiez le nom du dossier, ou supprimez la réponse avec son fil"
    ),
    "content/replies/2026-03-14-k7f2/2026-03-13-aaaa.md": (
        "une réponse ne peut pas dater d'avant son fil ; corrigez le nom et la date"
    ),
}


def said(root: Path, path: str) -> list[str]:
    """The problems of one file, without its name."""
    problems = map(str, check_paths(root, [root / path]))
    return [problem.removeprefix(f"{path}:").strip() for problem in problems if problem.startswith(path)]


def test_a_sound_repository_has_no_problem(write: Write, tmp_path: Path) -> None:
    assert check_paths(tmp_path) == []


@pytest.mark.parametrize(("text", "expected"), BAD_CASES.values(), ids=BAD_CASES)
def test_a_bad_case_is_said(text: str | bytes, expected: list[str], write: Write, tmp_path: Path) -> None:
    write(CASE, text)
    assert said(tmp_path, CASE) == expected


@pytest.mark.parametrize(("text", "expected"), BAD_REPLIES.values(), ids=BAD_REPLIES)
def test_a_bad_reply_is_said(text: str, expected: list[str], write: Write, tmp_path: Path) -> None:
    write(REPLY, text)
    assert said(tmp_path, REPLY) == expected


@pytest.mark.parametrize(("path", "expected"), MISPLACED.items(), ids=MISPLACED)
def test_a_file_out_of_place_is_said(path: str, expected: str, write: Write, tmp_path: Path) -> None:
    write(path, HEAD + BODY)
    assert expected in said(tmp_path, path)


def test_everything_is_said_at_once(write: Write, tmp_path: Path) -> None:
    write(
        CASE,
        head("[toux]", "[zona]").replace("open", "opened").replace("## Contexte", "## Histoire") + "06 39 98 01 02\n",
    )
    write(REPLY, REPLY_HEAD)
    assert [(problem.path, problem.line) for problem in check_paths(tmp_path)] == [
        (CASE, 7), (CASE, 9), (CASE, 11), (CASE, 15), (REPLY, 5),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["\ufeff" + HEAD + BODY, (HEAD + BODY).replace("\n", "\r\n")])
def test_a_byte_order_mark_and_windows_line_ends_are_forgiven(text: str, write: Write, tmp_path: Path) -> None:
    write(CASE, text)
    assert said(tmp_path, CASE) == []


def test_a_passage_that_a_person_reviewed_is_left_alone(write: Write, tmp_path: Path) -> None:
    write(
        CASE,
        head("status: open", 'status: open\nreviewed: ["Dr Knockel : public"]')
        + "Comme le Dr Knockel, pas le Dr Martin.\n",
    )
    assert [problem.split(" ; ")[0] for problem in said(tmp_path, CASE)] == [
        "16: un titre suivi d'un nom identifie une personne : « Dr Ma … »"
    ]


@pytest.mark.parametrize("excuse", ["Dr Knockel", "Dr Knockel : peut-être", " : public"])
def test_a_passage_is_left_alone_with_a_known_reason_only(excuse: str, write: Write, tmp_path: Path) -> None:
    write(CASE, head("status: open", f'status: open\nreviewed: ["{excuse}"]') + "Comme le Dr Knockel.\n")
    assert [problem.split(" ; ")[0] for problem in said(tmp_path, CASE)] == [
        "8: un passage laissé en place dit pourquoi il n'identifie personne",
        "16: un titre suivi d'un nom identifie une personne : « Dr Kn … »",
    ]


def test_sources_may_name_their_authors_and_topics_a_hospital(write: Write, tmp_path: Path) -> None:
    write(CASE, head("status: open", 'status: open\nsources: ["Pr Martin. Le livre, 2021."]'))
    topic = (tmp_path / TOPIC).read_text(encoding="utf-8")
    write(TOPIC, topic + "Le CHU de Poitiers ouvre une consultation.\n")
    assert check_paths(tmp_path) == []


def test_what_no_source_needs_is_found_in_the_rest_of_the_head(write: Write, tmp_path: Path) -> None:
    write(CASE, head("status: open", 'status: open\n# vu au 06 39 98 01 02\nsources: ["Pr Martin, m@cabinet.example"]'))
    assert [(problem.line, problem.message[:20]) for problem in check_paths(tmp_path)] == [
        (8, "un numéro de télépho"),
        (9, "une adresse électron"),
    ]


def test_a_pseudonym_that_is_a_name_is_found(write: Write, tmp_path: Path) -> None:
    write(CASE, head("author: martin-pêcheur", "author: Dr Jean Dupont"))
    write(REPLY, REPLY_HEAD.replace("mésange", "Marie Durand") + "Bonjour.\n")
    assert [(problem.path, problem.line) for problem in check_paths(tmp_path)] == [(CASE, 4), (REPLY, 3)]


def test_a_broken_vocabulary_is_said_without_drowning_the_rest(write: Write, tmp_path: Path) -> None:
    write("content/hashtags.yaml", "- nom: toux\n")
    write(REPLY, REPLY_HEAD)
    assert {problem.path for problem in check_paths(tmp_path)} == {"content/hashtags.yaml", REPLY}


def test_members_and_services_are_checked_too(write: Write, tmp_path: Path) -> None:
    write(
        "content/members/a.yaml",
        "name: A\nspecialty: x\ntown: Niort\ndepartement: '79'\nconsent: 2026-02-31\nexpires: 2027-01-01\n",
    )
    service = "name: B\nkind: etp\ntown: Niort\ndepartement: '79'\nphone: 06 39 98 01 02\nverified_on: 2026-01-01\n"
    write("content/services/b.yaml", service + "access: Mme Dupont\n")
    assert [(problem.path, problem.line) for problem in check_paths(tmp_path)] == [
        ("content/members/a.yaml", 5),
        ("content/services/b.yaml", 7),
    ]


def test_a_file_that_is_not_there_is_said(write: Write, tmp_path: Path) -> None:
    assert [problem.message for problem in check_paths(tmp_path, [tmp_path / "content/cases/x.md"])] == [
        "ce fichier n'existe pas"
    ]


def test_a_file_that_is_never_read_again_is_not_said_to_be_sound(write: Write, tmp_path: Path) -> None:
    write("README.md", "Dr Dupont")
    assert [problem.message for problem in check_paths(tmp_path, [tmp_path / "README.md"])] == [
        "rien n'est relu hors de content/ et de surveys/"
    ]
    write("surveys/a/study.yaml", "")
    assert check_paths(tmp_path, [tmp_path / "surveys/a/study.yaml"]) == []


def test_what_cannot_be_opened_is_said_beside_the_rest(write: Write, tmp_path: Path) -> None:
    write("content/members/empty.yaml", "")
    (tmp_path / "content/cases/2026/2026-03-15-aaaa.md").symlink_to(tmp_path / "nowhere")
    assert [(problem.path, problem.message) for problem in check_paths(tmp_path)] == [
        ("content/cases/2026/2026-03-15-aaaa.md", "un lien symbolique n'a pas sa place dans content/"),
        ("content/members/empty.yaml", "le fichier est vide"),
    ]


def test_one_file_alone_knows_which_threads_exist(write: Write, tmp_path: Path) -> None:
    write(CASE, "cassé")
    assert said(tmp_path, REPLY) == []


def test_several_processes_say_what_one_says(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(10, 30):
        write(
            f"content/replies/2026-03-14-k7f2/2026-04-{day}-aaaa.md",
            f"---\ndate: 2026-04-{day}\nauthor: a1\n---\n#zona\n",
        )
    alone = check_paths(tmp_path)
    monkeypatch.setattr("divan.workers.WORTH_A_WORKER", 7)
    monkeypatch.setattr("divan.workers.cores", lambda: 3)
    assert check_paths(tmp_path) == alone
    assert len(alone) == 20


def test_one_changed_file_is_checked_alone(write: Write, tmp_path: Path) -> None:
    write("content/replies/2026-03-14-k7f2/2026-04-10-aaaa.md", "sans en-tête")
    assert check_paths(tmp_path)
    assert check_paths(tmp_path, [tmp_path / CASE]) == []
