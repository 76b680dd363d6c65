"""What a form may be: urlencoded or multipart, 128 Ko and a thousand fields at most, whole, and text."""

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request

from divan.collector.posted_fields import LARGEST_BODY, Fields, UnreadableError, read_form

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
FILE = b'--x\r\nContent-Disposition: form-data; name="a"; filename="a.txt"\r\n\r\n1\r\n'


def posted(body: bytes, kind: str = URLENCODED, chunks: Iterable[bytes] | None = None, length: str = "") -> Fields:
    """What is read of a body that comes in ``chunks`` under the length that it announces."""
    waiting = [*(chunks or [body])]

    async def receive() -> dict[str, object]:
        chunk = waiting.pop(0)
        return {"type": "http.request", "body": chunk, "more_body": bool(waiting)}

    headers = [(b"content-type", kind.encode()), (b"content-length", (length or str(len(body))).encode())]
    request = Request({"type": "http", "method": "POST", "headers": headers}, receive)  # type: ignore[arg-type]
    with ThreadPoolExecutor(1) as apart:  # the browser's tests leave a loop running in their thread
        return apart.submit(lambda: asyncio.run(read_form(request))).result()


@pytest.mark.parametrize(
    ("body", "kind", "fields"),
    [
        (b"a=1&a=2&b=", URLENCODED, {"a": ["1", "2"], "b": [""]}),
        (b"", URLENCODED, {}),
        (b"a=%C3%A9", f"{URLENCODED}; charset=utf-8", {"a": ["é"]}),
        (PART + PART + b"--x--", MULTIPART, {"a": ["1", "1"]}),
        (b"&".join(b"f%d=" % n for n in range(1000)), URLENCODED, {f"f{n}": [""] for n in range(1000)}),
    ],
)
def test_a_form_is_read_field_by_field(body: bytes, kind: str, fields: Fields) -> None:
    assert posted(body, kind) == fields


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"a=1", "text/plain", 415),
        (b"a=%E9", URLENCODED, 400),
        (b"a=1&b", URLENCODED, 400),
        ("a=é".encode(), URLENCODED, 400),
        (b"&".join(b"f%d=" % n for n in range(1001)), URLENCODED, 400),
        (b"a=%00", URLENCODED, 400),
        (b"%00=a", URLENCODED, 400),
        (PART + b"--x--", "multipart/form-data", 400),
        (PART, MULTIPART, 400),
        (FILE + b"--x--", MULTIPART, 400),
    ],
)
def test_what_is_no_whole_form_is_refused(body: bytes, kind: str, status: int) -> None:
    with pytest.raises(UnreadableError) as refused:
        posted(body, kind)
    assert refused.value.status == status


@pytest.mark.parametrize(("more", "refused"), [(0, False), (1, True)])
def test_128_ko_are_read_and_not_a_byte_more_whatever_was_announced(more: int, refused: bool) -> None:
    assert LARGEST_BODY == 131_072  # the page says « 128 Ko »
    body = b"a=" + b"x" * (LARGEST_BODY - 2 + more)
    for length in (str(len(body)), "3"):
        if refused:
            with pytest.raises(UnreadableError) as found:
                posted(body, chunks=[body[:9], body[9:]], length=length)
            assert found.value.status == 413
        else:
            assert len(posted(body, chunks=[body[:9], body[9:]], length=length)["a"][0]) == LARGEST_BODY - 2


@pytest.mark.parametrize(("length", "status"), [("x", 400), ("-1", 400), ("9" * 13, 413)])
def test_a_length_is_a_number_of_bytes(length: str, status: int) -> None:
    with pytest.raises(UnreadableError) as refused:
        posted(b"a=1", length=length)
    assert refused.value.status == status
