"""Moderators and authors are told by mail counts, kinds and states, once, never a word of a text; by a real server."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from divan.collector.mail_server import PASSWORD as VARIABLE
from divan.collector.mail_server import MailServer
from divan.desk.mail import Mail, mail_of
from divan.desk.news import News
from divan.proposals.model import ProposalState
from divan.sources.problem import ProblemsFound
from tests.desk.moderating import sign_in
from tests.desk.postbox import PASSWORD, USER, Postbox, certificate, postbox
from tests.proposals.sending import TODAY, Opened

WRITTEN = "Un mot jamais vu : zygomorphe."


@pytest.fixture
def box() -> Iterator[Postbox]:
    with postbox() as running:
        yield running


def mail_to(box: Postbox, *to: str, **more: object) -> Mail:
    said = {"host": "127.0.0.1", "port": box.port, "from": "forum@forum.example", "to": to or ("anouk@forum.example",)}
    made = mail_of(said | more, "https://forum.example")
    assert made
    return made


def news(forum: Opened, mail: Mail) -> News:
    return News(forum.desk.queue, mail, lambda: 0, lambda: TODAY)


def test_what_waits_is_told_once_a_day_without_a_word_of_it(forum: Opened, box: Postbox) -> None:
    receipt = forum.send({"text": WRITTEN})
    forum.send({"text": WRITTEN, "submission": "s-2"})
    news(forum, mail_to(box)).tell()
    news(forum, mail_to(box)).tell()  # another process, or the same after a restart
    ((to, mail),) = box.received
    assert (to, mail["Subject"], mail["From"]) == (
        "anouk@forum.example",
        "Au bureau aujourd'hui",
        "forum@forum.example",
    )
    assert mail.get_content().splitlines()[0] == "Réponse : 2"
    assert "https://forum.example/desk/" in mail.get_content()
    assert not any(word in mail.as_string() for word in ("zygomorphe", "hirondelle", receipt, os.uname().nodename))


def test_answers_in_quarantine_are_told_in_the_mail_of_the_day_too(forum: Opened, box: Postbox) -> None:
    replace(news(forum, mail_to(box)), apart=lambda: 3).tell()
    ((_, mail),) = box.received
    assert mail.get_content().splitlines()[0] == "Réponses en quarantaine et demandes d'entrée : 3"


def test_who_recognises_themself_is_announced_at_once_and_once(forum: Opened, box: Postbox) -> None:
    telling = news(forum, mail_to(box))
    telling.tell()  # today's news is told: nothing waited
    assert box.received == []
    forum.send({"kind": "report", "reason": "recognised", "submission": "r"})
    telling.tell()
    telling.tell()
    ((_, mail),) = box.received
    assert mail["Subject"] == "À voir tout de suite au bureau"


def test_a_server_that_is_away_is_asked_again(forum: Opened, box: Postbox) -> None:
    away = Mail(MailServer("127.0.0.1", 1, "forum@forum.example", starttls=False), ("anouk@forum.example",))
    forum.send({"kind": "report", "reason": "recognised", "submission": "r"})
    news(forum, away).tell()
    news(forum, mail_to(box)).tell()
    subjects = sorted(str(mail["Subject"]) for _, mail in box.received)
    assert subjects == ["Au bureau aujourd'hui", "À voir tout de suite au bureau"]


def test_one_wrong_address_neither_stops_the_others_nor_repeats_them(
    forum: Opened, box: Postbox, capsys: pytest.CaptureFixture[str]
) -> None:
    box.refused["faux@forum.example"] = 550
    forum.send({"kind": "report", "reason": "recognised", "submission": "r"})
    telling = news(forum, mail_to(box, "faux@forum.example", "anouk@forum.example"))
    for _ in range(3):
        telling.tell()
    assert [to for to, _ in box.received] == ["anouk@forum.example"] * 2  # at once, and the day's
    said = capsys.readouterr().err
    assert "l'adresse n° 1" in said and "forum.example" not in said


def test_an_address_refused_for_now_is_tried_again(forum: Opened, box: Postbox) -> None:
    box.refused["anouk@forum.example"] = 450
    forum.send()
    telling = news(forum, mail_to(box))
    telling.tell()
    box.refused.clear()
    telling.tell()
    assert len(box.received) == 1


def test_an_author_is_told_what_became_of_it_and_the_address_is_erased(forum: Opened, box: Postbox) -> None:
    forum.send({"email": "moi@exemple.example"})
    telling = news(forum, mail_to(box))
    (kept,) = forum.desk.queue.waiting()
    assert forum.desk.queue.settle(kept, ProposalState.REFUSED, "Déjà dit, zygomorphe.", TODAY)
    telling.tell()
    telling.tell()
    told = [mail for to, mail in box.received if to == "moi@exemple.example"]
    assert [mail["Subject"] for mail in told] == ["Votre proposition"]
    assert "zygomorphe" not in told[0].as_string() and "/desk/" not in told[0].as_string()
    with forum.store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM proposal_correspondents").scalar() == 0


def test_by_starttls_with_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pair[0]))
    monkeypatch.setenv(VARIABLE, PASSWORD)
    with postbox(pair) as box:
        mail = mail_to(box, host="localhost", starttls=True, user=USER)
        assert mail.send(["anouk@forum.example"], "Au bureau", "Réponse : 2")
        assert box.encrypted == [True]
        monkeypatch.setenv(VARIABLE, "un autre")
        assert not mail.send(["anouk@forum.example"], "Au bureau", "Réponse : 2")
        monkeypatch.setenv(VARIABLE, PASSWORD)
        monkeypatch.delenv("SSL_CERT_FILE")
        assert not mail.send(
            ["anouk@forum.example"], "Au bureau", "Réponse : 2"
        )  # a certificate that nobody vouches for
    assert len(box.received) == 1


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"host": "smtp.exemple.example", "from": "a@b.example"}, "« to »"),
        ({"host": "smtp.exemple.example", "from": "a@b.example", "to": ["c@d.example"], "starttls": False}, "STARTTLS"),
    ],
)
def test_a_setting_that_lacks_something_says_so(said: dict[str, object], found: str) -> None:
    with pytest.raises(ProblemsFound, match=found):
        mail_of(said, "")


def test_the_desk_s_news_for_cron_are_the_same(forum: Opened, database: str) -> None:
    from divan.desk.declaring import news as printed

    forum.send({"text": WRITTEN})
    sign_in(forum)
    said = printed(forum.root, database)
    assert said.startswith("Réponse : 1") and "zygomorphe" not in said
