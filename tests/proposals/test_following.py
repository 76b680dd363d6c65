"""A receipt opens where the proposal stands; with it, and nothing else, its author corrects or withdraws."""

from pathlib import Path

import pytest

from divan.proposals.model import ProposalState
from tests.proposals.sending import JSON, REPLY, TODAY, Opened, photograph


def test_a_receipt_says_where_it_stands(forum: Opened) -> None:
    answer = forum.follow(forum.send())
    assert (answer["state"], answer["since"], answer["kind"]) == ("received", "2026-11-28", "reply")
    assert answer["fields"]["text"] == ["Pensez à l'enzyme de conversion."]  # type: ignore[index]
    assert answer["actions"] == ["amend", "withdraw"]


@pytest.mark.parametrize("typed", ["", "ABCD-EFGH-IJKL", "ABCD", "x" * 5000, "../../etc"])
def test_another_s_receipt_opens_nothing(small: Opened, typed: str) -> None:
    small.send()
    page = small.client.post("/proposals/receipt", data={"receipt": typed, "action": "withdraw"})
    assert page.status_code == 404
    assert "enzyme" not in page.text
    assert small.desk.queue.waiting()[0].state == ProposalState.RECEIVED


def test_receipts_cannot_be_tried_in_series(stopped: Opened) -> None:
    sender = {"x-forwarded-for": "203.0.113.9"}
    statuses = [
        stopped.client.post("/proposals/receipt", data={"receipt": "ABCD-EFGH-IJKL"}, headers=sender).status_code
        for _ in range(40)
    ]
    assert set(statuses[:30]) == {404}
    assert statuses[-1] == 429


def test_its_author_takes_it_up_again_with_the_moderators_words(forum: Opened) -> None:
    receipt = forum.send({"image_alt": "Une plaie"}, files=[("image", ("a.jpg", photograph(), "image/jpeg"))])
    (kept,) = forum.desk.queue.waiting()
    assert forum.desk.queue.settle(kept, ProposalState.RETURNED, "Dites l'âge par tranche.", TODAY)
    answer = forum.follow(receipt)
    assert (answer["state"], answer["words"]) == ("returned", "Dites l'âge par tranche.")
    amended = {
        **REPLY,
        "receipt": receipt,
        "action": "amend",
        "text": "Chez un quinquagénaire.",
        "image_alt": "Une plaie",
    }
    assert forum.client.post("/proposals/receipt", data=amended, headers=JSON).json()["state"] == "received"
    (again,) = forum.desk.queue.waiting()
    assert again.fields["text"] == ["Chez un quinquagénaire."]
    assert len(forum.desk.queue.store.pictures(again.id)) == 1  # none was chosen again: those sent stay


def test_what_is_withdrawn_is_in_no_file_any_more(small: Opened, tmp_path: Path) -> None:
    receipt = small.send({"text": "Un secret de cabinet."})
    holds = lambda: any(b"secret de cabinet" in file.read_bytes() for file in tmp_path.glob("answers*"))  # noqa: E731
    assert holds()
    assert small.follow(receipt, action="withdraw")["state"] == "withdrawn"
    assert not holds()
    assert small.follow(receipt, action="amend", text="Encore")["status"] == 409
    assert small.desk.queue.waiting() == []


def test_a_correction_that_comes_after_the_decision_is_refused(forum: Opened) -> None:
    receipt = forum.send()
    (kept,) = forum.desk.queue.waiting()
    assert forum.desk.queue.settle(kept, ProposalState.REFUSED, "Déjà dit.", TODAY)
    assert forum.follow(receipt, **{**REPLY, "action": "amend"})["status"] == 409
    assert forum.follow(receipt)["words"] == "Déjà dit."


def test_neither_pages_nor_addresses_hold_a_receipt_of_another(small: Opened) -> None:
    receipt = small.send()
    page = small.client.get("/proposals/receipt", params={"receipt": receipt})
    assert "enzyme" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "set-cookie" not in page.headers
