"""What each kind of proposal asks for, and the files that it makes: always ones that ``divan check`` accepts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from divan.forum.check import check_paths
from divan.forum.proposal import FaultsFound, Picture, Proposal, files_of, load_kinds, read_proposal
from divan.forum.vocabulary import load_vocabulary
from divan.sources.problem import ProblemsFound

CASE, TOPIC, REPLY = "2026-03-14-k7f2", "2026-03-15-abcd", "2026-03-16-c4tq"
NOW = datetime(2026, 11, 28, 9, 5)
FILES = {
    "content/forum.yaml": (
        'places: {"79": Deux-Sèvres}\nareas:\n  - {id: admin, label: Administratif, page: admin}\n'
        "  - {id: relation, label: Relation, page: relation}\n  - {id: local, label: Local, page: local}\n"
        "services:\n  - {id: etp, label: Éducation thérapeutique, page: etp}\n"
    ),
    "content/hashtags.yaml": (
        "- name: asthme\n  synonyms: [sifflements]\n  about: Respirer.\n- name: toux\n  synonyms: []\n"
    ),
    f"content/cases/2026/{CASE}.md": f"""---
title: Une toux
date: {CASE[:10]} 18:20
author: bergeronnette
hashtags: [toux]
specialty: pneumologie
status: open
visibility: members
---

## Question

Que faire ?

## Contexte

Une femme de trente ans.

## Constatations

Rien à l'auscultation.

## Note

À retenir.
""",
    f"content/topics/2026/{TOPIC}.md": f"""---
title: Un courrier
date: {TOPIC[:10]} 08:00
author: engoulevent
area: admin
status: open
---

Comment répondre ?
""",
    f"content/replies/{CASE}/{REPLY}.md": (
        f"---\ndate: {REPLY[:10]} 10:00\nauthor: pinson\n---\n\nUne réponse avec *un mot*.\n"
    ),
    f"content/replies/{CASE}/2026-03-17-dddd.md": (
        f"---\ndate: 2026-03-17 10:00\nauthor: geai\nin_reply_to: {REPLY}\n---\n\nD'accord.\n"
    ),
    "content/members/ada-lambertine.yaml": (
        'name: Ada Lambertine\nspecialty: pédiatrie\ntown: Melle\ndepartement: "79"\n'
        "consent: 2025-01-01\nexpires: 2026-01-01\n"
    ),
    "content/services/souffle.yaml": (
        'name: Souffle\nkind: etp\ntown: Niort\ndepartement: "79"\nphone: "06 39 98 20 03"\nverified_on: 2025-01-01\n'
    ),
}
POST = {"author": ["martin-pêcheur"]}
ENTRY = {
    "name": ["Ada Lambertine"],
    "specialty": ["pédiatrie"],
    "town": ["Melle"],
    "departement": ["79"],
    "consent": ["yes"],
}
SERVICE = {"name": ["Souffle"], "service_kind": ["etp"], "town": ["Niort"], "departement": ["79"]}
WHOLE_CASE = {
    **POST, "title": ["Une toux"], "question": ["Que faire ?"], "context": ["Elle tousse."], "findings": ["Rien."],
    "hashtags": ["toux, asthme"], "specialty": ["pneumologie"],
}  # fmt: skip
VALID: list[tuple[str, dict[str, list[str]]]] = [
    ("case", WHOLE_CASE),
    ("case", {**WHOLE_CASE, "resolution": ["<3 jours\n---\n## Note"], "sources": ["2021. Une source\n- Une autre"]}),
    ("topic", {**POST, "title": ["Un courrier"], "area": ["admin"], "text": ["Une page : <b>\n# titre"]}),
    ("reply", {**POST, "target": [CASE], "text": ["Je la reverrais à 8 jours, ASAT <N."]}),
    ("reply", {**POST, "target": [f"{CASE}#r-{REPLY}"], "text": ["> « Une réponse »\nOui."]}),
    ("resolution", {**POST, "target": [CASE], "text": ["Elle ne tousse plus."]}),
    ("resolution", {**POST, "target": [TOPIC], "text": ["Ils ont répondu."], "status": ["no_agreement"]}),
    (
        "correction",
        {"target": [CASE], "passage": ["Une  femme de\ntrente ans"], "replacement": ["Une patiente"]},
    ),
    ("correction", {"target": [f"{CASE}#r-{REPLY}"], "text": ["Une autre réponse."]}),
    ("correction", {"target": [CASE], "title": ["Une toux : la suite"], "management": ["Attendre."]}),
    ("member", ENTRY),
    ("member", {**ENTRY, "change": ["renewed"], "target": ["ada-lambertine"], "contact": ["06 39 98 10 11"]}),
    ("member", {"change": ["withdrawn"], "target": ["ada-lambertine"]}),
    ("service", {**SERVICE, "topics": ["asthme\nBPCO : marche"], "service_email": ["souffle@example.org"]}),
    ("service", {**SERVICE, "target": ["souffle"], "phone": ["0639982004"]}),
    ("service", {"target": ["souffle"], "closed": ["yes"]}),
    ("hashtag", {"word": ["bronchite"], "about": ["Aiguë : ou non."]}),
    ("hashtag", {"word": ["tousser"], "synonym_of": ["toux"]}),
    ("withdrawal", {"target": [CASE], "who": ["patient"], "reason": ["Je suis Paul Durand, 06 39 98 10 10"]}),
    ("withdrawal", {"target": [f"{CASE}#r-{REPLY}"], "who": ["author"]}),
    ("report", {"target": [CASE], "reason": ["recognised"]}),
]


@pytest.fixture
def forum(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def publish(
    forum: Path, kind: str, fields: Mapping[str, Sequence[str]], images: Sequence[Picture] = ()
) -> dict[str, str]:
    """The text of each file that the proposal changed; '' for one that is gone."""
    changed = files_of(read_proposal(kind, fields, load_vocabulary(forum)), forum, NOW, images)
    for path, content in changed.items():
        file = forum / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink() if content is None else file.write_bytes(content)
    return {path: "" if content is None else content.decode(errors="replace") for path, content in changed.items()}


def pixels(shape: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (8, 8), "grey").save(written, shape)
    return written.getvalue()


@pytest.mark.parametrize(("kind", "fields"), VALID, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(VALID)])
def test_what_is_published_passes_the_check(forum: Path, kind: str, fields: dict[str, list[str]]) -> None:
    publish(forum, kind, fields)
    assert check_paths(forum) == []


def test_every_kind_is_tried_above() -> None:
    assert {kind for kind, _ in VALID} == load_kinds().keys()


def test_a_post_starts_among_members(forum: Path) -> None:
    (written,) = publish(forum, "case", WHOLE_CASE).values()
    assert "visibility: members\n" in written
    assert "date: 2026-11-28 09:05\n" in written
    assert "hashtags: [toux, asthme]\n" in written


def test_a_picture_is_shown_where_things_were_found_with_its_words(forum: Path) -> None:
    pictures = [Picture(pixels("JPEG"), ".jpg", "Une [radio]"), Picture(pixels("PNG"), ".png", "De profil")]
    written = publish(forum, "case", WHOLE_CASE, pictures)
    post, first, second = written
    stem = Path(post).stem
    assert (first, second) == (f"content/images/{stem}-1.jpg", f"content/images/{stem}-2.png")
    assert f"Rien.\n\n![Une \\[radio\\]](../../images/{stem}-1.jpg)\n\n![De profil]" in written[post]
    assert check_paths(forum) == []


def test_a_reply_to_a_reply_says_so(forum: Path) -> None:
    (written,) = publish(forum, "reply", {**POST, "target": [f"{CASE}#r-{REPLY}"], "text": ["Oui."]}).values()
    assert f"in_reply_to: {REPLY}\n" in written


def test_a_resolution_takes_its_place_and_a_second_one_is_dated(forum: Path) -> None:
    publish(forum, "resolution", {**POST, "target": [CASE], "text": ["Elle ne tousse plus."]})
    (written,) = publish(forum, "resolution", {**POST, "target": [CASE], "text": ["Elle retousse."]}).values()
    assert re.findall("^## (.*)$", written, re.MULTILINE) == [
        "Question",
        "Contexte",
        "Constatations",
        "Résolution",
        "Note",
    ]
    assert "Elle ne tousse plus.\n\n**28/11/2026.** Elle retousse.\n" in written
    assert "status: answered\n" in written
    assert "resolved: 2026-11-28\n" in written


def test_a_correction_leaves_the_rest_as_it_was(forum: Path) -> None:
    before = FILES[f"content/cases/2026/{CASE}.md"]
    fields = {"target": [CASE], "passage": ["trente ans"], "replacement": ["quarante ans"]}
    (written,) = publish(forum, "correction", fields).values()
    dated = before.replace("\n---\n\n", "\nmodified: 2026-11-28\n---\n\n", 1)
    assert written == dated.replace("trente ans", "quarante ans")


@pytest.mark.parametrize("passage", ["un passage absent", "e"])
def test_a_passage_that_is_not_there_once_is_left_to_a_moderator(forum: Path, passage: str) -> None:
    with pytest.raises(ProblemsFound, match="une fois, et une seule"):
        publish(forum, "correction", {"target": [CASE], "passage": [passage], "replacement": ["x"]})


@pytest.mark.parametrize("target", [CASE, f"{CASE}#r-{REPLY}"])
def test_a_withdrawn_post_keeps_none_of_its_words(forum: Path, target: str) -> None:
    written = publish(forum, "withdrawal", {"target": [target], "who": ["author"]})
    said = "".join(written.values())
    assert "status: withdrawn\nreason: author\n" in said
    assert not [word for word in ("toux", "pinson", "bergeronnette", "réponse") if word in said]


@pytest.mark.parametrize("kind", ["reply", "resolution", "correction"])
def test_nothing_is_added_to_a_post_that_was_withdrawn(forum: Path, kind: str) -> None:
    publish(forum, "withdrawal", {"target": [CASE], "who": ["author"]})
    fields = {**POST, "target": [CASE], "text": ["Oui."], "question": ["Pourquoi ?"], "passage": ["date"]}
    with pytest.raises(ProblemsFound, match="a été retiré"):
        publish(forum, kind, fields)


@pytest.mark.parametrize("address", ["https://divan.example/cas/{}/#r-{}", "cas/{}/?x=1#r-{}", "{}#r-{}"])
def test_an_address_copied_from_the_bar_says_the_post(address: str) -> None:
    sent = {"target": [address.format(CASE, REPLY)], "reason": ["danger"]}
    assert read_proposal("report", sent).target == f"{CASE}#r-{REPLY}"


def test_a_member_agrees_for_a_year(forum: Path) -> None:
    (written,) = publish(forum, "member", {**ENTRY, "change": ["renewed"], "target": ["ada-lambertine"]}).values()
    assert written.endswith("consent: 2026-11-28\nexpires: 2027-11-28\n")


def test_a_word_takes_its_place_in_the_alphabet_and_a_synonym_its_line(forum: Path) -> None:
    (with_word,) = publish(forum, "hashtag", {"word": ["bronchite"]}).values()
    assert re.findall("name: (.*)", with_word) == ["asthme", "bronchite", "toux"]
    (with_synonym,) = publish(forum, "hashtag", {"word": ["tousser"], "synonym_of": ["TOUX"]}).values()
    assert "- name: toux\n  synonyms: [tousser]\n" in with_synonym


def test_what_a_target_no_longer_is_stops_the_publication(forum: Path) -> None:
    (forum / f"content/cases/2026/{CASE}.md").unlink()
    for kind in ("reply", "resolution", "withdrawal"):
        fields = {**POST, "target": [CASE], "text": ["Oui."], "who": ["author"]}
        with pytest.raises(ProblemsFound, match=r"n'existe plus|rien ne porte ce nom"):
            files_of(read_proposal(kind, fields), forum, date(2026, 11, 28))


@pytest.mark.parametrize(
    ("kind", "fields", "faulty"),
    [
        ("letter", {}, {"kind"}),
        ("case", {}, {"title", "question", "context", "findings", "hashtags", "specialty", "author"}),
        ("case", {**WHOLE_CASE, "hashtags": ["rougeole"], "context": ["une #grippe ?"]}, {"hashtags", "context"}),
        ("case", {**WHOLE_CASE, "visibility": ["everyone"]}, {"visibility"}),
        ("reply", {**POST, "text": ["Appelez le 06 39 98 10 11."], "target": [CASE]}, {"text"}),
        ("reply", {**POST, "text": ["Vu par le Dr Lambertine."], "target": [CASE]}, {"text"}),
        ("reply", {"author": ["D. A !"], "text": ["x" * 20_001], "target": ["../x"]}, {"author", "text", "target"}),
        ("correction", {"target": [CASE]}, {"passage"}),
        ("member", {**ENTRY, "consent": [""]}, {"consent"}),
        ("member", {"change": ["withdrawn"]}, {"target"}),
        ("service", {**SERVICE, "phone": ["peut-être"], "target": ["a/b"]}, {"phone", "target"}),
        ("case", {**WHOLE_CASE, "sources": ["HAS, 2022\nvu avec m@cabinet.example"]}, {"sources"}),
        ("member", {**ENTRY, "about": ["Ada Lambertine suit Mme Moreau."]}, {"about"}),
        ("service", {**SERVICE, "access": ["demander le Dr Moreau"]}, {"access"}),
        ("hashtag", {"word": ["zona"], "about": ["demander à m@cabinet.example"]}, {"about"}),
        ("reply", {**POST, "text": ["Oui."], "target": [CASE], "reviewed": ["Dr House"]}, {"reviewed"}),
        ("withdrawal", {"target": [CASE], "who": ["nobody"]}, {"who"}),
        ("report", {"reason": ["other"], "target": ["une page"]}, {"target"}),
    ],
)  # fmt: skip
def test_all_that_is_wrong_is_said_at_once(
    forum: Path, kind: str, fields: dict[str, list[str]], faulty: set[str]
) -> None:
    with pytest.raises(FaultsFound) as found:
        read_proposal(kind, fields, load_vocabulary(forum))
    assert {fault.field for fault in found.value.faults} == faulty


def test_a_name_reread_is_kept_and_a_number_never_is() -> None:
    reply = {
        **POST,
        "target": [CASE],
        "text": ["Le Dr House, 06 39 98 10 11."],
        "reviewed": ["Dr House : public\n06 39 98 10 11 : accord"],
    }
    with pytest.raises(FaultsFound) as found:
        read_proposal("reply", reply)
    assert [fault.field for fault in found.value.faults] == ["text"]
    assert "06 39 98 10 11" not in str(found.value)


def test_a_report_changes_no_file(forum: Path) -> None:
    assert files_of(Proposal("report", CASE, {"reason": "danger"}, {}), forum, NOW) == {}


def test_a_line_is_one_line_and_a_text_keeps_its_own() -> None:
    sent = {**POST, "title": ["Un  courrier\nlong"], "area": ["admin"], "text": ["Un.\n\nDeux  mots."]}
    found = read_proposal("topic", sent)
    assert (found.texts["title"], found.texts["text"]) == ("Un courrier long", "Un.\n\nDeux  mots.")
