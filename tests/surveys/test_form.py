"""The form page is whole without script, and says each question to those who do not see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from divan.sources.problem import ProblemsFound
from surveys.form import form_scripts, render_form, render_notice
from surveys.model import Sending, Study
from surveys.questionnaire import Questionnaire
from surveys.study import load_study, study_folders
from surveys.translation import languages, translated
from surveys.wording import typeset, wording
from tests.places import GROUP

COLLECTOR = Sending("collector", "https://collecte.example/")


class Page(HTMLParser):
    """Every element of a page with its attributes, and the text of those with an id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attributes}
        self.elements.append((tag, named))
        if tag not in ("input", "br", "meta"):
            self.open.append(named.get("id", ""))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, text: str) -> None:
        for name in filter(None, self.open):
            self.texts[name] = self.texts.get(name, "") + text

    def every(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        wanted = attributes.items()
        return [found for name, found in self.elements if name == tag and wanted <= found.items()]


@pytest.fixture(scope="module")
def living() -> Study:
    return load_study(GROUP / "surveys" / "accueil")


@pytest.fixture(scope="module")
def page(living: Study) -> Page:
    return Page(render_form(living, living.wave("before"), sending=COLLECTOR))


def test_every_question_has_its_fields_named_by_its_id(living: Study, page: Page) -> None:
    names = {found["name"] for tag, found in page.elements if tag in ("input", "textarea") and "name" in found}
    assert names == {*living.wave("before").questionnaire.columns, "submission", "elapsed", "digest", "website"}


def test_every_radio_and_box_is_named_by_its_question_and_its_label(living: Study, page: Page) -> None:
    asked = living.wave("before").questionnaire
    for radio in page.every("input", type="radio"):
        item = asked.item(radio["name"])
        label = item.choice(radio["value"]).label if item.choices else radio["value"]
        said = " ".join(page.texts[name] for name in radio["aria-labelledby"].split())
        assert said == f"{typeset(item.text, 'fr')} {typeset(label, 'fr')}"


def test_every_question_is_one_fieldset_with_its_legend_or_one_label(living: Study, page: Page) -> None:
    questions = [found for tag, found in page.elements if "data-item" in found]
    assert [found["data-item"] for found in questions] == [
        item.id for item in living.wave("before").questionnaire.items
    ]
    lines = len(page.every("div", **{"class": "question"}))
    assert len(page.every("legend")) == len(page.every("fieldset")) == len(questions) - lines


def test_ids_are_given_once_and_all_that_is_pointed_at_exists(page: Page) -> None:
    ids = [found["id"] for _, found in page.elements if "id" in found]
    assert len(ids) == len(set(ids))
    pointed = [
        found.get(name, "") for _, found in page.elements for name in ("for", "aria-describedby", "aria-labelledby")
    ]
    assert {name for names in pointed for name in names.split()} <= set(ids)


def test_without_script_a_condition_is_said_in_words(living: Study) -> None:
    html = render_form(living, living.wave("before"), sending=COLLECTOR)
    assert "Si oui, combien de temps y passez-vous\u00a0?" in html
    assert "Si non, pour quelle raison\u00a0?" in html


def test_no_conditional_question_is_compulsory_for_a_browser_without_script(living: Study, page: Page) -> None:
    conditional = {item.id for item in living.wave("before").questionnaire.items if item.shown_if}
    compulsory = {found.get("name") for tag, found in page.elements if "required" in found}
    assert not conditional & compulsory


def test_nothing_inline_that_the_security_policy_forbids() -> None:
    for folder in study_folders(GROUP):
        study = load_study(folder)
        for wave in study.waves:
            for way in ("collector", "endpoint", "file", "link"):
                html = render_form(
                    study, wave, sending=Sending(way, "" if way == "file" else "https://ailleurs.example/f")
                )
                assert not re.search(r"\sstyle=|<script|<style|\son\w+=", html)


@pytest.mark.parametrize(
    ("way", "url", "action"),
    [
        ("collector", "https://collecte.example/", "https://collecte.example/enquetes/accueil/before/"),
        ("collector", "", "./"),  # the same address as the page
        ("endpoint", "https://formulaires.example/f/abc", "https://formulaires.example/f/abc"),
        ("file", "", None),
    ],
)
def test_answers_go_where_the_settings_say(living: Study, way: str, url: str, action: str | None) -> None:
    form = Page(render_form(living, living.wave("before"), sending=Sending(way, url))).every("form")[0]
    assert form.get("action") == action


def test_an_outside_service_is_a_link_and_no_form(living: Study) -> None:
    page = Page(render_form(living, living.wave("before"), sending=Sending("link", "https://ailleurs.example/f")))
    assert [found["href"] for found in page.every("a")] == ["https://ailleurs.example/f"]
    assert not page.every("form")
    assert form_scripts(living.wave("before").questionnaire, Sending("link", "https://ailleurs.example/f")) == ()


def test_only_a_form_with_a_free_answer_carries_the_script_that_looks_at_it(
    living: Study, asking: Callable[[str], Questionnaire]
) -> None:
    assert "form-hint.js" in form_scripts(living.wave("before").questionnaire, Sending("file", ""))
    closed = asking("- {id: mood, type: scale, text: Votre humeur}")
    assert "form-hint.js" not in form_scripts(closed, Sending("file", ""))


def test_the_phrase_has_no_name_so_that_no_browser_can_send_it(page: Page) -> None:
    (phrase,) = [found for _, found in page.elements if "data-phrase" in found]
    assert "name" not in phrase


def test_the_notice_says_who_why_how_long_and_which_rights(living: Study) -> None:
    html = render_notice(living)
    for text in ("Qui vous interroge", "Pourquoi", "Ce qui est gardé", "Vos droits", living.notice.contact):
        assert text in html


def test_a_translation_asks_the_same_in_other_words(living: Study) -> None:
    wave = living.wave("before")
    assert languages(living, wave) == ("fr", "en")
    told, english = translated(living, wave, "en")
    assert english.questionnaire.columns == wave.questionnaire.columns
    html = render_form(told, english, sending=COLLECTOR) + render_notice(told, "en")
    for text in (told.title, *(getattr(told.notice, part) for part in ("who", "why", "kept", "rights"))):
        assert text not in (
            living.title,
            living.notice.who,
            living.notice.why,
            living.notice.kept,
            living.notice.rights,
        )
    assert "Do you feel supported?" in html
    assert "Send my answers" in html
    untranslated = {
        item.id
        for item, other in zip(wave.questionnaire.items, english.questionnaire.items, strict=True)
        if item.text == other.text
    }
    assert untranslated == set()


def test_a_translation_without_the_notice_that_is_agreed_to_is_refused(site: Path) -> None:
    folder = site / "surveys" / "essai"
    (folder / "before.en.yaml").write_text("items: {mood: {text: Your mood}}\n", encoding="utf-8")
    study = load_study(folder)
    with pytest.raises(ProblemsFound, match="il manque la clé « notice »"):
        translated(study, study.wave("before"), "en")


def test_every_language_has_the_same_words() -> None:
    french, english = wording("fr"), wording("en")
    assert french.keys() == english.keys()
    assert french["script"].keys() == english["script"].keys()


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-09-30", "before"), ("2026-10-01", "open"), ("2027-03-31", "open"), ("2027-04-01", "closed")],
)
def test_a_window_has_both_its_days(living: Study, day: str, state: str) -> None:
    assert living.wave("before").state(date.fromisoformat(day)) == state
