"""What a build left is trusted whole, or not at all."""

import os
from pathlib import Path

import pytest

from divan.builder.memory import State, Store, load_state

SCHEMA = "CREATE TABLE words (word TEXT);"


@pytest.fixture
def left(tmp_path: Path) -> tuple[Path, Path]:
    """The state and the store that a build left."""
    store = Store(tmp_path, None, SCHEMA)
    store.base.execute("INSERT INTO words VALUES ('toux')")
    state = State(values={"threads": 7}, store=store.seal(), pages=12)
    state.save(tmp_path / "state")
    return tmp_path / "state", store.file


def flip_the_last_byte(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


def test_what_was_left_is_found_again(left: tuple[Path, Path]) -> None:
    state = load_state(left[0])
    assert state is not None
    assert (state.values, state.pages) == ({"threads": 7}, 12)


def test_a_store_that_was_only_touched_is_trusted(left: tuple[Path, Path]) -> None:
    os.utime(left[1], ns=(0, 0))
    assert load_state(left[0]) is not None


def test_a_store_altered_to_the_same_size_is_not(left: tuple[Path, Path]) -> None:
    flip_the_last_byte(left[1])
    os.utime(left[1], ns=(0, 0))
    assert load_state(left[0]) is None


def test_neither_is_one_that_grew(left: tuple[Path, Path]) -> None:
    about = left[1].stat()
    left[1].write_bytes(left[1].read_bytes() + b"\0")
    os.utime(left[1], ns=(about.st_atime_ns, about.st_mtime_ns))
    assert load_state(left[0]) is None


def test_nor_one_that_is_gone(left: tuple[Path, Path]) -> None:
    left[1].unlink()
    assert load_state(left[0]) is None


def test_an_altered_state_is_not_trusted(left: tuple[Path, Path]) -> None:
    flip_the_last_byte(left[0])
    assert load_state(left[0]) is None


def test_nor_is_one_that_was_cut(left: tuple[Path, Path]) -> None:
    left[0].write_bytes(left[0].read_bytes()[:-1])
    assert load_state(left[0]) is None
