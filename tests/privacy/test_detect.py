"""The rules, sentence by sentence: what is found, what is rightly left alone; the same in Python and in the browser."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from divan.privacy.detect import RULES_PATH, find_identifiers, load_rules, mask, matches, words_of

SENTENCES = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))
FOUND = [(rule, sentence, passage) for rule, table in SENTENCES.items() for sentence, passage in table["found"].items()]
LEFT = [sentence for table in SENTENCES.values() for sentence in table["left"]]
DETECT_JS = RULES_PATH.with_name("detect.js")


def test_every_rule_has_its_sentences() -> None:
    assert set(SENTENCES) == {rule.id for rule in load_rules()}


@pytest.mark.parametrize(("rule", "sentence", "passage"), FOUND)
def test_an_identifier_is_found(rule: str, sentence: str, passage: str) -> None:
    assert [(f.rule.id, sentence[f.start : f.end]) for f in find_identifiers(sentence)] == [(rule, passage)]


@pytest.mark.parametrize("sentence", LEFT)
def test_what_identifies_nobody_is_left_alone(sentence: str) -> None:
    assert [finding.masked for finding in find_identifiers(sentence)] == []


def test_lines_are_those_of_the_text() -> None:
    assert [f.line for f in find_identifiers("Bonjour,\n\nMme Dupont\nau 06 39 98 01 02")] == [3, 4]


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
    assert mask(passage, next(r for r in load_rules() if r.id == rule)) == shown


@given(st.lists(st.sampled_from([sentence for _, sentence, _ in FOUND] + LEFT), max_size=4).map(" ; ".join))
def test_hints_only_save_time(text: str) -> None:
    """Where a rule finds something, one of its words and its digits are there."""
    for rule in load_rules():
        if any(matches(rule, text)):
            assert not rule.hints or rule.hints & words_of(text)
            assert sum(map(str.isdigit, text)) >= rule.digits


def test_patterns_keep_to_what_python_and_javascript_read_alike() -> None:
    written = json.loads(RULES_PATH.read_text(encoding="utf-8"))
    patterns = [*written["classes"].values()]
    patterns += [
        rule[key]
        for rule in written["rules"]
        for key in ("pattern", "except", "except_before", "only_after")
        if key in rule
    ]
    for pattern in patterns:
        assert not re.search(r"\\[bBwWdDsSAZpP]|\(\?[Pimsx]|\(\?<(?![!=])|[*+?}]\+", pattern), pattern


@pytest.mark.skipif(not shutil.which("node"), reason="node n'est pas installé")
def test_the_browser_finds_the_same() -> None:
    sentences = [sentence for _, sentence, _ in FOUND] + LEFT
    script = f"""
        import {{ readFileSync }} from "node:fs";
        const source = readFileSync({json.dumps(str(DETECT_JS))}, "utf8");
        const {{ compileRules, findIdentifiers }} = await import("data:text/javascript," + encodeURIComponent(source));
        const rules = compileRules(JSON.parse(readFileSync({json.dumps(str(RULES_PATH))}, "utf8")));
        const sentences = JSON.parse(readFileSync(0, "utf8"));
        console.log(JSON.stringify(sentences.map((text) =>
            findIdentifiers(text, rules).map((f) => [f.rule.id, f.start, f.end, f.line]))));
    """
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script],
        input=json.dumps(sentences), capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    for sentence, found in zip(sentences, json.loads(done.stdout), strict=True):
        assert found == [[f.rule.id, f.start, f.end, f.line] for f in find_identifiers(sentence)], sentence
