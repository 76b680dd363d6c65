"""The rules, sentence by sentence: what is found, what is rightly left alone; the same in Python and in the browser."""

import json
import re
from pathlib import Path
from zlib import crc32

import pytest

from divan.privacy.detect import find_identifiers, mask
from divan.privacy.followers import FOLLOWERS_PATH, Followers
from divan.privacy.rules import RULES_PATH, Form, load_rules
from divan.privacy.training.what_follows import followers_of
from divan.privacy.words import split
from divan.privacy.written_pattern import Classes, WrittenPattern

SENTENCES = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))
FOUND = [(rule, sentence, passage) for rule, table in SENTENCES.items() for sentence, passage in table["found"].items()]
LIKES = [
    (rule["id"], form["like"])
    for rule in json.loads(RULES_PATH.read_text(encoding="utf-8"))["rules"]
    for form in rule.get("forms", ())
    if "like" in form
]
LEFT = [sentence for table in SENTENCES.values() for sentence in table["left"]]


def test_every_rule_has_its_sentences() -> None:
    assert set(SENTENCES) == {rule.id for rule in load_rules().all}


@pytest.mark.parametrize(("rule", "sentence", "passage"), FOUND)
def test_an_identifier_is_found(rule: str, sentence: str, passage: str) -> None:
    assert (rule, passage) in [(f.rule.id, sentence[f.start : f.end]) for f in find_identifiers(sentence)]


@pytest.mark.parametrize("sentence", LEFT)
def test_what_identifies_nobody_is_left_alone(sentence: str) -> None:
    assert [finding.masked for finding in find_identifiers(sentence)] == []


def test_lines_are_those_of_the_text() -> None:
    assert [f.line for f in find_identifiers("Bonjour,\n\nMme Dupont\nau 06 39 98 01 02")] == [3, 4]
    assert [f.line for f in find_identifiers("\n\n06 39 98 01 02\n")] == [3]


def test_what_a_person_has_reviewed_is_left_alone_and_nothing_else() -> None:
    text = "Le Dr Knockel et le Dr Martin."
    assert [f.rule.id for f in find_identifiers(text)] == ["titled_name", "titled_name"]
    assert [text[f.start : f.end] for f in find_identifiers(text, reviewed=["Dr Knockel"])] == ["Dr Martin"]


@pytest.mark.parametrize("number", ["06 39 98 01 02", "262058612345677", "12 rue des Lilas", "né le 14/03/1962"])
def test_numbers_contacts_birth_dates_and_addresses_are_never_excused(number: str) -> None:
    [finding] = find_identifiers(number, reviewed=[number])
    assert not finding.rule.excusable


def test_a_rule_can_be_set_aside() -> None:
    assert find_identifiers("05 49 00 00 00", without={"phone"}) == []


def test_accents_written_in_two_characters_hide_nothing() -> None:
    assert [f.rule.id for f in find_identifiers("ne\u0301e le 14/03/1962")] == ["birth_date"]


@pytest.mark.parametrize(
    ("rule", "passage", "shown"),
    [("phone", "06 39 98 01 02", "06 39 98 …"), ("titled_name", "Mme Dupont", "Mme D …"), ("email", "a@b.fr", "a@ …")],
)
def test_messages_quote_little(rule: str, passage: str, shown: str) -> None:
    assert mask(passage, next(r for r in load_rules().all if r.id == rule)) == shown


def test_a_form_is_tried_at_words_that_a_text_can_hold() -> None:
    words = {word for rule in load_rules().all for form in rule.forms for word in form.at} - {"A", "Aaa"}
    assert [word for word in words if split(word).low != [word]] == []


@pytest.mark.parametrize(("rule", "like"), LIKES)
def test_a_form_finds_what_it_is_for(rule: str, like: str) -> None:
    assert rule in [finding.rule.id for finding in find_identifiers(like)]


@pytest.mark.parametrize("text", ["IPPn°12345", "le tel:0639980102", "L-A. D. revient"])
def test_what_is_glued_to_its_neighbour_is_found(text: str) -> None:
    assert len(find_identifiers(text)) == 1


def test_patterns_keep_to_what_python_and_javascript_read_alike() -> None:
    written = json.loads(RULES_PATH.read_text(encoding="utf-8"))
    patterns = [
        text for value in written["classes"].values() for text in ([value] if isinstance(value, str) else value)
    ]
    for rule in written["rules"]:
        for place in (rule, *rule.get("forms", ())):
            patterns += [
                place[key] for key in ("pattern", "led_by", "except", "except_before", "except_after") if key in place
            ]
    for pattern in patterns:
        assert not re.search(r"\\[bBwWdDsSAZpP]|\(\?[Pimsx]|\(\?<(?![!=])|[*+?}]\+", pattern), pattern
        assert not re.search(r"\\[^\^$\\.*+?()\[\]{}|/\-0-9nu]", pattern), (
            pattern
        )  # JavaScript refuses an escape for nothing


@pytest.mark.parametrize(
    "vanishes", ["<!-- -->", "<!-- a\nb -->", '<a href="x">', "&#8203;", "&NoBreak;", "[](x)", "\\\n"]
)
def test_what_vanishes_when_it_is_shown_hides_nothing(vanishes: str) -> None:
    for text in (f"tél 06 39 98 {vanishes}12 34", f"tél 06 39 98{vanishes} 12 34"):
        assert [text[one.start : one.end] for one in find_identifiers(text)] == [text[4:]]
    assert find_identifiers(f"vue par Mme Du{vanishes.strip(chr(92))}pont")


@pytest.mark.parametrize(
    "text", ["deux\n<!-- 06 39 98 12 34 -->", 'deux\n<a href="tel:06 39 98 12 34">x</a>', "deux\n[](tel:0639981234)"]
)
def test_what_is_published_without_being_seen_is_looked_at_too(text: str) -> None:
    (found,) = find_identifiers(text)
    assert (found.rule.id, found.line) == ("phone", 2)
    assert text[found.start : found.end].replace(" ", "") == "0639981234"


def test_a_passage_goes_around_what_stands_aside_in_it() -> None:
    text = "06 39 98 <!-- 06 39 98 56 78 -->12 34 <!-- 06 39 98 99 99 -->"
    assert [one.start for one in find_identifiers(text)] == [0, text.rindex("06")]


def test_what_may_follow_was_read_off_these_rules() -> None:
    written = json.loads(FOLLOWERS_PATH.read_text(encoding="ascii"))
    assert written["rules"] == crc32(RULES_PATH.read_bytes()), "python -m divan.privacy.training.what_follows"


@pytest.mark.parametrize(
    ("pattern", "at", "left", "kept"),
    [
        ("[0-9]{1,2} ?(?:bis)?,? rue", ["12"], ["ans", "", "/", "9", "rude"], ["rue", "bis", "RUE", "rues"]),
        ("(?<![0-9])[0-9]{1,2}/[0-9]", ["12"], ["h", " ", "-", ""], ["/"]),
        ("le [A-Z][a-z]+", ["le"], ["petit", "7"], ["Petit", "PETIT"]),
        ("ne(?:e|\\(e\\))?(?![a-z]) le", ["ne", "nee"], ["a", "["], ["(", "le"]),
        ("[0-9]+$", ["9"], ["ans", "."], [""]),
        ("l[^a-z0-9]x", ["l"], ["y", "0"], ["x", "'", "\n", "°"]),
    ],
)
def test_a_form_is_left_out_only_where_what_follows_cannot_match(pattern, at, left, kept) -> None:
    form = Form(tuple(at), WrittenPattern(pattern, Classes({}), False), None, "")
    after = Followers(" ".join(followers_of(form, ["99" if one == "12" else one for one in at]) or ()))
    assert [one for one in left if after.allow(one)] == []
    assert [one for one in kept if not after.allow(one)] == []


def test_a_pattern_that_may_end_before_what_follows_is_always_tried() -> None:
    form = Form(("999",), WrittenPattern("[0-9]{3}(?: ?kg)?", Classes({}), True), None, "")
    assert followers_of(form, form.at) is None
