"""The form as the collector shows it: numbered for whoever has no script, filled for whoever has to correct."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from divan.collector import pages
from divan.collector.filled_form import filled
from divan.collector.store import AnswerStore
from surveys.validation import AnswerFault
from surveys.wording import told
from tests.collector.sending import ADDRESS, AFTERWARDS, ANSWER, client_for, kept

NUMBERED = f"{ADDRESS}formulaire"


class Form(HTMLParser):
    """What a browser would send of a page, and the faults that stand beside its questions."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sends: dict[str, list[str]] = {}
        self.faulty: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        if "invalid" in (own.get("class") or "").split():
            self.faulty.append(str(own["data-item"]))
        ticks = own.get("type") in ("radio", "checkbox")
        if tag == "input" and own.get("name") and ("checked" in own if ticks else own.get("value")):
            self.sends.setdefault(str(own["name"]), []).append(str(own["value"]))


def test_each_showing_of_the_form_has_a_number_and_its_answer_counts_once(store: AnswerStore) -> None:
    with client_for(store) as client:
        shown = client.get(NUMBERED)
        number = Form(shown.text).sends["submission"][0]
        assert str(shown.url).endswith(f"/formulaire/{number}")
        sent = [client.post(ADDRESS, data=ANSWER | {"submission": number}) for _ in range(2)]
        assert len({re.findall(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}", page.text)[0] for page in sent}) == 1
        assert len(kept(store)) == 1
        again = client.get(f"{NUMBERED}/{number}")
        assert "Déjà envoyé" in again.text
        assert "Une autre personne répond sur cet appareil" in again.text
        assert ANSWER["why_not"] not in again.text
        another = client.get(NUMBERED)
        assert Form(another.text).sends["submission"] != [number]


def test_a_form_without_script_ends_on_an_address_that_loads_again_without_sending(store: AnswerStore) -> None:
    without_number = {name: value for name, value in ANSWER.items() if name != "submission"}
    with client_for(store) as client:
        sent = client.post(ADDRESS, data=without_number, follow_redirects=False)
        assert sent.status_code == 303
        for _ in range(2):
            assert "Votre reçu" in client.get(f"{ADDRESS}{sent.headers['location']}").text
    assert len(kept(store)) == 1


def test_what_is_to_correct_is_the_form_as_it_was_filled(store: AnswerStore) -> None:
    typed = 'Le "temps" <b>\n& rien'
    with client_for(store) as client:
        page = client.post(
            ADDRESS, data=ANSWER | {"code": "12", "why_not": typed, "cases": "9", "submission": "a" * 32}
        )
        assert page.status_code == 422
        form = Form(page.text)
        assert form.faulty == ["code", "cases"]
        assert {name: form.sends[name] for name in ("code", "family", "sex", "submission")} == {
            "code": ["12"], "family": ["couple", "children"], "sex": ["woman"], "submission": ["a" * 32],
        }  # fmt: skip
        assert "&lt;b&gt;" in page.text
        assert "<b>" not in page.text
        assert client.post(ADDRESS, data=form.sends | {"code": "0042", "cases": "4"}).status_code == 200
    assert kept(store)[0]["sex"] == "woman"


def test_a_form_is_not_shown_outside_its_dates_but_what_was_sent_is_told(store: AnswerStore) -> None:
    with client_for(store) as client:
        client.post(ADDRESS, data=ANSWER | {"submission": "b" * 32})
    with client_for(store, AFTERWARDS) as client:
        assert "Déjà envoyé" in client.get(f"{NUMBERED}/{'b' * 32}").text
        assert client.get(f"{NUMBERED}/{'c' * 32}").status_code == 403
        assert client.get("/enquetes/inconnue/before/formulaire").status_code == 404


def test_a_filled_form_keeps_the_markup_that_it_does_not_fill() -> None:
    form = '<p>&lt;i&gt; &eacute; &#233;</p><select name="a"><option value="1">un<option value="2">deux</select>'
    said = filled(form, {"a": ["2"]})
    assert said.startswith("<p>&lt;i&gt; &eacute; &#233;</p>")
    assert '<option value="2" selected>' in said
    assert said.count("selected") == 1


def test_a_ranking_keeps_the_rank_of_each_of_its_lists() -> None:
    lists = '<select name="a"><option value=""><option value="x"><option value="y"></select>' * 2
    said = filled(lists, {"a": ["y", "x"]})
    assert re.findall(r'value="(\w+)" selected', said) == ["y", "x"]


PAGES = [
    pages.thanks("AAAA-BBBB-CCCC", ""), pages.already_sent("AAAA-BBBB-CCCC"), pages.not_known(), pages.not_saved(),
    pages.to_correct([AnswerFault("a", "A", "Choisissez une réponse.")]),
    pages.to_correct([AnswerFault("a", "A", "Donnez un nombre entier de 0 à 120 ans.")] * 2),
    pages.not_open("Cette enquête n'est pas encore ouverte."),
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.title)
def test_an_english_form_is_answered_in_english(page: pages.SenderPage) -> None:
    said = [page.title, *page.sentences, *(fault.sentence for fault in page.faults)]
    english = [told(sentence, "en") for sentence in said]
    assert not [french for french, other in zip(said, english, strict=True) if french == other]
    assert not re.search(r"\b(votre|une|est|nombre|le)\b", " ".join(english))
