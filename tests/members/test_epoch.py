"""A wrapped file tells its step and nothing else, and opens under its own name with its own epoch's key only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from divan.members.epoch import NONCE, TAG, Epoch, NotOurs
from divan.members.padding import LEAST, is_step, rounded, step

EPOCH = Epoch(1, bytes(range(32)), bytes(16))
PATH = "cas/2026-02-01-aaaa/index.html"


@given(st.text(min_size=1, max_size=60), st.binary(max_size=20_000))
def test_what_is_wrapped_comes_back(path: str, content: bytes) -> None:
    file = EPOCH.wrap(path, content)
    assert EPOCH.unwrap(EPOCH.name(path), file) == (path, content)
    assert is_step(len(file))


def test_the_same_content_makes_the_same_file_and_another_one_another_nonce() -> None:
    one, again, other = (EPOCH.wrap(PATH, content) for content in (b"a", b"a", b"b"))
    assert one == again
    assert one[:NONCE] != other[:NONCE]
    assert one[:NONCE] != EPOCH.wrap("cas/autre/index.html", b"a")[:NONCE]


def test_each_byte_of_a_file_is_held() -> None:
    file, name = EPOCH.wrap(PATH, b"bonjour"), EPOCH.name(PATH)
    for place in (0, NONCE - 1, NONCE, 100, len(file) - TAG, len(file) - 1):
        altered = bytearray(file)
        altered[place] ^= 1
        with pytest.raises(NotOurs):
            EPOCH.unwrap(name, bytes(altered))
    for cut in (b"", file[:5], file[:NONCE], file[:-1], file + b"\0"):
        with pytest.raises(NotOurs):
            EPOCH.unwrap(name, cut)


def test_a_file_under_the_name_of_another_is_refused() -> None:
    with pytest.raises(NotOurs):
        EPOCH.unwrap(EPOCH.name("charte/index.html"), EPOCH.wrap(PATH, b"bonjour"))


@pytest.mark.parametrize(
    "other", [Epoch(2, EPOCH.root, EPOCH.salt), Epoch(1, bytes(32), EPOCH.salt), Epoch(1, EPOCH.root, b"1" * 16)]
)
def test_another_epoch_opens_nothing_and_names_nothing_alike(other: Epoch) -> None:
    with pytest.raises(NotOurs):
        other.unwrap(EPOCH.name(PATH), EPOCH.wrap(PATH, b"bonjour"))
    assert (other.root == EPOCH.root and other.salt == EPOCH.salt) or other.name(PATH) != EPOCH.name(PATH)


def test_sizes_go_by_powers_of_two_from_four_kio() -> None:
    assert [step(size) for size in (1, LEAST, LEAST + 1, 8192, 8193)] == [4096, 4096, 8192, 8192, 16384]
    assert [is_step(size) for size in (4096, 8192, 5000, 2048)] == [True, True, False, False]
    assert [rounded(count) for count in (0, 1, 64, 65, 128)] == [64, 64, 64, 128, 128]


def test_what_is_tightened_already_is_kept_as_it_is() -> None:
    content = bytes(range(256)) * 40
    assert EPOCH.unwrap(EPOCH.name("a.png"), EPOCH.wrap("a.png", content)) == ("a.png", content)
