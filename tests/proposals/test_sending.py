"""A proposal is kept before it is acknowledged, once, with its images made again; or refused with all its faults."""

import io

import pytest
from PIL import Image

from divan.proposals.model import ProposalState
from tests.proposals.sending import JSON, REPLY, THREAD, Opened, photograph


def test_a_reply_is_kept_then_acknowledged(forum: Opened) -> None:
    forum.send()
    (kept,) = forum.desk.queue.waiting()
    assert (kept.kind, kept.target, kept.state) == ("reply", THREAD, ProposalState.RECEIVED)
    assert kept.fields["text"] == ["Pensez à l'enzyme de conversion."]
    assert kept.arrived == "2026-11-28"


def test_sent_twice_it_counts_once_with_the_same_receipt(forum: Opened) -> None:
    assert forum.send() == forum.send()
    assert len(forum.desk.queue.waiting()) == 1


def test_another_text_under_the_same_retry_key_takes_the_place_of_the_first(forum: Opened) -> None:
    forum.send()
    forum.send({"text": "Ou un reflux."})
    (kept,) = forum.desk.queue.waiting()
    assert kept.fields["text"] == ["Ou un reflux."]


def test_without_a_retry_key_each_sending_is_another(forum: Opened) -> None:
    assert forum.send({"submission": ""}) != forum.send({"submission": ""})
    assert len(forum.desk.queue.waiting()) == 2


def test_every_fault_is_said_at_once_and_nothing_is_kept(small: Opened) -> None:
    answer = small.client.post("/proposals/", data=REPLY | {"text": "", "author": "", "email": "moi"}, headers=JSON)
    assert answer.status_code == 422
    assert {fault["field"] for fault in answer.json()["faults"]} == {"text", "author", "email"}
    assert small.desk.queue.waiting() == []


def test_without_script_the_faulty_form_is_shown_again_as_it_was_typed(small: Opened) -> None:
    page = small.client.post("/proposals/", data=REPLY | {"text": "Rappelez le 06 39 98 12 34, <b>vite</b>"})
    assert page.status_code == 422
    assert "Rappelez le 06 39 98 12 34, &lt;b&gt;vite&lt;/b&gt;</textarea>" in page.text.replace("\n", "") or (
        'value="Rappelez le 06 39 98 12 34, &lt;b&gt;vite&lt;/b&gt;"' in page.text
    )
    assert f'name="target" value="{THREAD}"' in page.text


def test_without_script_a_choice_is_still_a_choice_and_a_tick_a_tick(small: Opened) -> None:
    sent = {"kind": "member", "change": "new", "consent": "yes", "target": "", "name": "Zoé Martin", "town": "Niort"}
    page = small.client.post("/proposals/", data=sent).text
    assert '<option value="new" selected>' in page
    assert 'type="checkbox" name="consent" value="yes" checked' in page
    assert page.index('value="Zoé Martin"') < page.index('value="Niort"') < page.index('name="consent"')


def test_an_image_keeps_its_pixels_and_nothing_else(forum: Opened) -> None:
    forum.send({"image_alt": "Une radiographie"}, files=[("image", ("a.jpg", photograph(3000, 2000), "image/jpeg"))])
    (kept,) = forum.desk.queue.waiting()
    (picture,) = forum.desk.queue.store.pictures(kept.id)
    again = Image.open(io.BytesIO(picture.content))
    assert (again.size, picture.alt, picture.suffix) == ((1600, 1067), "Une radiographie", ".webp")
    assert not again.getexif()
    assert b"Fabricant" not in picture.content


def bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("image", "status", "said"),
    [
        (lambda: photograph() + b"\0" * 26 * 1024 * 1024, 422, "dépasse 25 Mo"),
        (lambda: b"\0" * 41 * 1024 * 1024, 413, "dépasse 40 Mo"),
        (bomb, 422, "trop grande"),
        (lambda: b"GIF89a" + b"\xff" * 50, 422, "est abîmée"),
        (lambda: photograph()[:400], 422, "est abîmée"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", 422, "un dessin SVG"),
    ],
    ids=["26 MB", "41 MB", "pixel bomb", "garbage", "truncated", "svg"],
)
def test_an_image_that_cannot_be_kept_is_refused_in_words(
    small: Opened, image: "object", status: int, said: str
) -> None:
    files = [("image", ("a.jpg", image(), "image/jpeg"))]  # type: ignore[operator]
    answer = small.client.post("/proposals/", data=REPLY | {"image_alt": "Une plaie"}, files=files, headers=JSON)
    assert answer.status_code == status
    assert said in answer.text and "divan image" not in answer.text
    assert small.desk.queue.waiting() == []


def test_the_description_of_an_image_names_nobody(small: Opened) -> None:
    files = [("image", ("a.jpg", photograph(), "image/jpeg"))]
    answer = small.client.post("/proposals/", data=REPLY | {"image_alt": "Mme Moreau"}, files=files, headers=JSON)
    assert answer.status_code == 422 and "image 1" in answer.text and "Moreau" not in answer.text
    assert small.desk.queue.waiting() == []


def test_a_twenty_megabyte_photograph_is_made_small(small: Opened) -> None:
    heavy = photograph(4000, 3000) + b"\0" * 20 * 1024 * 1024
    small.send({"image_alt": "Une plaie"}, files=[("image", ("a.jpg", heavy, "image/jpeg"))])
    (kept,) = small.desk.queue.waiting()
    assert len(small.desk.queue.store.pictures(kept.id)[0].content) < 200_000


def test_a_form_cut_short_is_not_kept(small: Opened) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nreport\r\n--x\r\nContent-Disp'
    answer = small.client.post("/proposals/", content=body, headers={"content-type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 400
    assert small.desk.queue.waiting() == []


def test_a_report_sent_in_two_seconds_is_first_in_the_queue(small: Opened) -> None:
    small.send()
    small.send({"kind": "report", "reason": "recognised", "submission": "r", "elapsed": "2000", "homepage": "x"})
    assert [one.kind for one in small.desk.queue.waiting()] == ["report", "reply"]


def test_two_hundred_at_once_from_one_address_are_all_kept(small: Opened) -> None:
    hospital = {"x-forwarded-for": "203.0.113.7", **JSON}
    statuses = [
        small.client.post("/proposals/", data=REPLY | {"submission": str(n)}, headers=hospital).status_code
        for n in range(200)
    ]
    assert statuses == [201] * 200
    assert len(small.desk.queue.waiting()) == 200


def test_beyond_three_hundred_it_must_wait_and_is_told(stopped: Opened) -> None:
    many = {"x-forwarded-for": "203.0.113.8", **JSON}
    answers = [stopped.client.post("/proposals/", data={"kind": "?"}, headers=many) for _ in range(301)]
    assert answers[-2].status_code == 422
    assert answers[-1].status_code == 429
    assert "une minute" in answers[-1].json()["message"]
    assert answers[-1].headers["retry-after"] == "60"
