"""A coder codes a thread without a mouse: each key is kept, undone, found again, and no other coder sees it."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page, expect

from surveys.chat.store import read_posts
from surveys.coding.code_keys import code_keys
from surveys.coding.code_tree import CodeNode, CodeTree
from surveys.coding.coder_file import Coding, read_coder
from surveys.coding.coding_server import CodingServer
from surveys.coding.coding_session import CODED_BY_OTHERS, CodingSession
from surveys.coding.coding_view import tree_shown, unit_shown
from surveys.coding.consensus import Agreed, read_consensus
from surveys.coding.suggestions import Suggested, read_suggestions
from surveys.coding.text_units import read_units
from tests.imported_thread import write_thread
from tests.surveys.chat.conftest import CLOSING, STUDY

pytestmark = pytest.mark.browser

TREE = """
codes:
  - {id: humour, label: Humour}
  - id: liens
    label: Liens
    grouping: true
    codes: [{id: soutien, label: Soutien}, {id: craintes, label: Craintes}, {id: colere, label: Colère}]
"""
KEYS = {"humour": "h", "soutien": "ls", "craintes": "lc", "colere": "lo"}
UNITS = 110


@pytest.fixture
def root(tmp_path: Path) -> Path:
    posts = [f"{n},2020-03-17,08:00,Citron,text,,,,Message {n} dit ceci" for n in range(1, UNITS + 1)]
    files = {"study.yaml": STUDY, "closing.yaml": CLOSING, "codes.yaml": TREE}
    return write_thread(tmp_path, files, posts, ["Citron,user,F,MG,,"])


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


class Serving:
    """A session served while a test runs."""

    def __init__(self, root: Path, coder: str, *, consensus: bool = False) -> None:
        self.server = CodingServer(CodingSession(root, "fil", coder, consensus=consensus))

    def __enter__(self) -> CodingServer:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self.server

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def saved(root: Path, coder: str = "A") -> dict[str, Coding]:
    return read_coder(root / "surveys" / "fil", coder)


def test_a_hundred_units_are_coded_with_the_keyboard_alone(root, browser_page):
    faults: list[str] = []
    browser_page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    draw, expected = Random(14), {}
    with Serving(root, "A") as server:
        browser_page.goto(server.address)
        expect(browser_page.locator("#text")).to_have_text("Message 1 dit ceci")
        for n in range(1, 101):
            code = draw.choice([*KEYS])
            expected[str(n)] = Coding((code,))
            for key in (*KEYS[code], "Enter"):
                browser_page.keyboard.press(key)
        expect(browser_page.locator("#text")).to_have_text("Message 101 dit ceci")
        expect(browser_page.locator("#progress")).to_have_text("passage 101 sur 110, 100 codés")
    assert saved(root) == expected
    assert faults == []


def test_undo_memo_review_and_search_need_no_mouse(root, browser_page):
    with Serving(root, "A") as server:
        page = browser_page
        page.goto(server.address)
        expect(page.locator("#text")).to_have_text("Message 1 dit ceci")
        for key in ("h", "l", "s", "Backspace", ";"):  # two codes, one taken back, and to be looked at again
            page.keyboard.press(key)
        page.keyboard.press(",")
        page.keyboard.type("à lire, h")
        page.keyboard.press("Enter")
        expect(page.locator("#memo-said")).to_have_text("Mémo : à lire, h")
        expect(page.locator("#given")).to_have_text("Humour — à revoir")
        page.keyboard.press("/")
        page.keyboard.type("MESSAGE 77")
        expect(page.locator("#found li")).to_have_count(1)
        page.keyboard.press("Enter")
        expect(page.locator("#text")).to_have_text("Message 77 dit ceci")
        page.keyboard.press(":")
        page.keyboard.type(";")
        expect(page.locator("#found li")).to_have_text(["Message 1 dit ceci"])
        page.keyboard.press("Escape")
        expect(page.locator("#ask")).to_be_hidden()
    assert saved(root) == {"1": Coding(("humour",), "à lire, h", review=True)}


def test_two_coders_never_see_each_other_s_codes(root):
    for coder, code in (("A", "humour"), ("B", "craintes")):
        session = CodingSession(root, "fil", coder)
        session.decide(0, {"codes": [code], "memo": f"dit par {coder}"})
        told = json.dumps([tree_shown(session), *(unit_shown(session, n) for n in range(3))])
        assert unit_shown(session, 0)["codes"] == [code]
        assert unit_shown(session, 0)["others"] == {}
        assert "dit par A" not in told or coder == "A"


def test_a_consensus_shows_what_differs_and_keeps_who_was_followed(root):
    given = {"A": ("humour", "soutien", "colere"), "B": ("humour", "craintes", "soutien")}
    for coder, codes in given.items():
        session = CodingSession(root, "fil", coder)
        for place, code in enumerate(codes):
            session.decide(place, {"codes": [code]})
    meeting = CodingSession(root, "fil", "", consensus=True)
    assert [one.id for one in meeting.units] == ["2", "3"]
    assert unit_shown(meeting, 0)["others"] == {"A": ["soutien"], "B": ["craintes"]}
    meeting.decide(0, {"codes": ["craintes"]})
    meeting.decide(1, {"codes": ["humour"]})
    assert read_consensus(root / "surveys" / "fil") == {
        "2": Agreed(("craintes",), "B"),
        "3": Agreed(("humour",), "none"),
    }
    meeting.undo()
    assert [*read_consensus(root / "surveys" / "fil")] == ["2"]


def test_undo_goes_back_decision_by_decision_then_stops(root):
    session = CodingSession(root, "fil", "A")
    session.decide(0, {"codes": ["humour"]})
    session.decide(0, {"codes": ["humour", "soutien"]})
    assert (session.undo(), saved(root)) == (0, {"1": Coding(("humour",))})
    assert (session.undo(), saved(root)) == (0, {})
    assert session.undo() is None


@pytest.mark.parametrize(("headers", "body"), [
    ({"Host": "ailleurs.example"}, "{}"),
    ({"Origin": "http://ailleurs.example", "Content-Type": "application/json"}, '{"unit": "1", "codes": ["humour"]}'),
    ({"Content-Type": "text/plain"}, '{"unit": "1", "codes": ["humour"]}'),
    ({"Content-Type": "application/json"}, '{"unit": "9999", "codes": ["humour"]}'),
    ({"Content-Type": "application/json"}, "[1"),
])  # fmt: skip
def test_another_page_decides_nothing(headers, body, root):
    with Serving(root, "A") as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
        connection.request("POST", "/decide", body, headers)
        assert connection.getresponse().status in (400, 403)
        connection.close()
    assert saved(root) == {}


def units_of(root: Path) -> list[str]:
    folder = root / "surveys" / "fil"
    posts = [*read_posts(folder)]
    return [one.text({post.number: post.text for post in posts}) for one in read_units(folder, posts)]


def test_a_post_is_cut_in_parts_and_posts_are_joined_with_the_keyboard(root, browser_page):
    posts = root / "surveys" / "fil" / "chat" / "posts.csv"
    said = posts.read_text(encoding="utf-8")
    posts.write_text(said.replace("Message 1 dit ceci", "Merci 👩\u200d⚕️ pour tout. Des masques ?"), encoding="utf-8")
    with Serving(root, "A") as server:
        page = browser_page
        page.goto(server.address)
        expect(page.locator("#text")).to_have_text("Merci 👩\u200d⚕️ pour tout. Des masques ?")
        for key in ("-", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "Enter", "h"):
            page.keyboard.press(key)
        expect(page.locator("#given")).to_have_text("Humour")
        expect(page.locator("#text")).to_have_text("Merci 👩\u200d⚕️ pour tout. ", use_inner_text=False)
        expect(page.locator("#progress")).to_have_text("passage 1 sur 111, 1 codés")
        for key in ("ArrowRight", "+", "l", "s"):
            page.keyboard.press(key)
        expect(page.locator("#given")).to_have_text("Soutien")
        expect(page.locator("#text")).to_have_text("Des masques ?\nMessage 2 dit ceci")
        for key in ("ArrowRight", "-", "Escape", "=", "Backspace"):  # given up, then joined and taken back
            page.keyboard.press(key)
        expect(page.locator("#told")).to_have_text("annulé")
        expect(page.locator("#progress")).to_have_text("passage 3 sur 110, 2 codés")
    assert units_of(root)[:3] == [
        "Merci 👩\u200d⚕️ pour tout. ",
        "Des masques ?\nMessage 2 dit ceci",
        "Message 3 dit ceci",
    ]
    assert len(units_of(root)) == 110
    assert sorted(one.codes for one in saved(root).values()) == [("humour",), ("soutien",)]


def test_what_another_has_coded_is_neither_cut_nor_joined(root):
    other = CodingSession(root, "fil", "B")
    other.decide(1, {"codes": ["humour"]})
    session = CodingSession(root, "fil", "A")
    assert session.cut(1, 8) == session.join(0) == session.join(1) == CODED_BY_OTHERS
    assert session.cut(3, 8) == ""
    assert len(units_of(root)) == UNITS + 1
    other.refresh()
    assert [one.id for one in other.units[3:6]] == ["4", "4-8", "5"]
    assert session.undo() == 3
    assert units_of(root) == [f"Message {n} dit ceci" for n in range(1, UNITS + 1)]


def test_a_suggestion_comes_after_a_decision_from_the_coder_s_own_passages_and_is_counted(root):
    posts = root / "surveys" / "fil" / "chat" / "posts.csv"
    said = posts.read_text(encoding="utf-8")
    for n in range(1, 9):
        said = said.replace(
            f"Message {n} dit ceci", f"Les masques arrivent {n}" if n % 2 else f"On a peur du virus {n}"
        )
    posts.write_text(said, encoding="utf-8")
    session = CodingSession(root, "fil", "A")
    for place in range(8):
        session.decide(place, {"codes": ["soutien" if place % 2 == 0 else "craintes"]} if place < 7 else {"codes": []})
    assert session.suggest(7) is None
    session.decide(7, {"codes": ["humour"]})
    assert session.suggest(7) == ("craintes",)
    assert CodingSession(root, "fil", "B").suggest(7) is None
    folder = root / "surveys" / "fil"
    assert read_suggestions(folder, "A") == {"8": Suggested(("craintes",), ())}
    session.decide(7, {"codes": ["humour", "craintes"]})
    assert read_suggestions(folder, "A") == {"8": Suggested(("craintes",), ("craintes",))}
    session.undo()
    assert read_suggestions(folder, "A") == {"8": Suggested(("craintes",), ())}


def test_keys_are_letters_of_the_labels_and_never_shared():
    many = tuple(CodeNode(f"c{n}", "Aaa") for n in range(40))
    tree = CodeTree((CodeNode("humour", "Humour"), CodeNode("t", "Hasard", grouping=True, codes=many)))
    found = code_keys(tree)
    assert found["humour"] == "h"
    assert found["c0"] == "aa"
    assert len(set(found.values())) == len(found) == 41
