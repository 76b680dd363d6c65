"""The list: a mail asks before anything is sent, an opened link changes nothing, who leaves is erased."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sql
from starlette.testclient import TestClient

from divan.collector.app import CollectorSettings, create_app
from divan.collector.identity import Key
from divan.collector.mail_server import MailServer
from divan.collector.store import AnswerStore
from divan.letter.configuring import LetterSettings, letter_settings
from divan.letter.subscribers import Subscribers, read_address
from divan.letter.subscribing import letter_desk, letter_routes
from divan.letter.tables import SUBSCRIBERS
from divan.sources.problem import ProblemsFound
from tests.desk.postbox import Postbox

READER = "lecteur@exemple.example"


class Door:
    """The collector's addresses of the letter, and the day it is."""

    def __init__(self, folder: Path, box: Postbox) -> None:
        self.today = date(2026, 11, 28)
        self.store = AnswerStore(f"sqlite:///{folder}/answers.sqlite")
        self.subscribers = Subscribers(self.store.engine, "secret")
        server = MailServer("127.0.0.1", box.port, "lettre@forum.example", starttls=False)
        settings = LetterSettings(server, "Le forum", "https://forum.example/", "https://forum.example/letter/")
        desk = letter_desk(self.subscribers, settings, lambda: self.today)
        collector = CollectorSettings({}, self.store, Key("secret"), today=lambda: self.today)
        self.client = TestClient(create_app(collector, letter_routes(desk)), client=("127.0.0.1", 1))

    def ask(self, address: str = READER, **more: str) -> tuple[int, str]:
        answer = self.client.post("/letter/", data={"address": address, **more})
        return answer.status_code, re.findall("<h1>(.*?)</h1>", answer.text)[0]

    def addresses(self) -> list[tuple[str, bool]]:
        with self.store.engine.connect() as connection:
            chosen = sql.select(SUBSCRIBERS.c.address, SUBSCRIBERS.c.confirmed)
            return [tuple(row) for row in connection.execute(chosen)]


@pytest.fixture
def door(tmp_path: Path, box: Postbox) -> Iterator[Door]:
    found = Door(tmp_path, box)
    with found.client:
        yield found


def link_in(box: Postbox) -> str:
    _, mail = box.received[-1]
    return re.search(r"https://forum\.example(/letter/confirm/\S+)", mail.get_content())[1]  # type: ignore[index]


def test_an_address_is_on_the_list_only_once_its_owner_pressed_the_button(door: Door, box: Postbox) -> None:
    assert door.ask() == (200, "Presque fini")
    ((to, mail),) = box.received
    assert (to, mail["Subject"]) == (READER, "La lettre de Le forum")
    link = link_in(box)
    assert "Recevoir la lettre" in door.client.get(link).text  # un programme qui suit les liens n'inscrit personne
    assert door.subscribers.confirmed() == []
    assert door.client.post(link).status_code == 200
    assert [one.address for one in door.subscribers.confirmed()] == [READER]


def test_the_page_never_tells_whether_an_address_is_known_and_mails_once(door: Door, box: Postbox) -> None:
    door.ask()
    door.client.post(link_in(box))
    assert door.ask() == (200, "Presque fini")
    assert door.ask("autre@exemple.example") == (200, "Presque fini")
    assert door.ask("autre@exemple.example") == (200, "Presque fini")  # pas deux courriels le même jour
    assert [to for to, _ in box.received] == [READER, "autre@exemple.example"]
    door.today += timedelta(days=1)
    door.ask("autre@exemple.example")
    assert len(box.received) == 3


def test_what_nobody_confirmed_in_a_week_is_forgotten(door: Door, box: Postbox) -> None:
    door.ask()
    link = link_in(box)
    door.today += timedelta(days=8)
    door.ask("autre@exemple.example")
    assert door.addresses() == [("autre@exemple.example", False)]
    assert door.client.post(link).status_code == 404


def test_leaving_erases_by_the_button_or_by_the_mail_program_s_own(door: Door, box: Postbox) -> None:
    for body in ({}, {"List-Unsubscribe": "One-Click"}):
        door.ask()
        door.client.post(link_in(box))
        (reader,) = door.subscribers.confirmed()
        leave = f"/letter/leave/{reader.token}"
        assert "Ne plus la recevoir" in door.client.get(leave).text
        assert door.addresses() == [(READER, True)]
        assert door.client.post(leave, data=body).status_code == 200
        assert door.addresses() == []
        assert door.client.post(leave, data=body).status_code == 200  # une seconde fois ne fait pas peur


def test_a_token_made_up_opens_nothing(door: Door, box: Postbox) -> None:
    door.ask()
    assert door.client.post("/letter/confirm/" + "0" * 40).status_code == 404
    assert door.client.post("/letter/leave/" + "0" * 40).status_code == 200
    assert door.addresses() == [(READER, False)]


def test_a_program_that_fills_every_field_gets_no_mail_sent(door: Door, box: Postbox) -> None:
    assert door.ask(website="https://spam.example") == (200, "Presque fini")
    assert box.received == []
    assert door.addresses() == []


@pytest.mark.parametrize(
    "typed", ["", "lecteur", "a@b", "a b@c.fr", "a@c.fr\r\nBcc: b@c.fr", "é@exemple.fr", "a@" + "b" * 260 + ".fr"]
)
def test_what_is_no_address_is_said_and_not_kept(typed: str, door: Door, box: Postbox) -> None:
    assert read_address(typed) is None
    assert door.ask(typed)[0] == 422
    assert (door.addresses(), box.received) == ([], [])


def test_a_host_s_capitals_are_no_other_address() -> None:
    assert read_address(" Anouk.B@Exemple.FR ") == "Anouk.B@exemple.fr"


def test_when_no_mail_can_leave_nothing_is_kept_and_one_may_try_again(tmp_path: Path, box: Postbox) -> None:
    box_port, box.port = box.port, 1
    with (door := Door(tmp_path, box)).client:
        assert door.ask()[0] == 503
        assert door.addresses() == []
    box.port = box_port


def test_an_address_that_its_server_refuses_is_not_kept_and_nobody_learns_it(door: Door, box: Postbox) -> None:
    box.refused[READER] = 550
    assert door.ask() == (200, "Presque fini")
    assert door.addresses() == []


def test_nobody_makes_the_forum_write_to_hundreds_of_strangers(door: Door) -> None:
    asked = ({"address": f"a{n}@exemple.example"} for n in range(14))
    sender = {"x-forwarded-for": "203.0.113.7"}
    statuses = [door.client.post("/letter/", data=one, headers=sender).status_code for one in asked]
    assert statuses[:10] == [200] * 10
    assert 429 in statuses[10:]


def test_a_letter_without_a_collector_is_a_fault_of_the_settings(root: Path) -> None:
    from divan.builder.settings import load_settings

    assert letter_settings(load_settings(root)).address == "https://forum.example/letter/"  # type: ignore[union-attr]
    for wrong in ({"PROPOSALS_URL": ""}, {"LETTER": {"host": "smtp.exemple.fr"}}):
        with pytest.raises(ProblemsFound):
            letter_settings(load_settings(root, wrong))
    assert letter_settings(load_settings(root, {"LETTER": {}})) is None
