"""A doubt sets an answer apart; it never refuses it."""

import base64
import json
import re
import time

import pytest
from altcha.v1 import ChallengeOptions, create_challenge, solve_challenge

from divan.collector.doubts import Examined, examine, new_challenge

KEY = "clé d'essai"


def proof(key: str = KEY, **changed: object) -> str:
    challenge = create_challenge(ChallengeOptions(hmac_key=key, max_number=50))
    solution = solve_challenge(challenge.challenge, challenge.salt, challenge.algorithm, challenge.max_number)
    payload = {
        "algorithm": challenge.algorithm, "challenge": challenge.challenge, "salt": challenge.salt,
        "signature": challenge.signature, "number": solution.number,
    }  # fmt: skip
    return base64.b64encode(json.dumps(payload | changed).encode()).decode()


@pytest.mark.parametrize(
    ("fields", "doubts"),
    [
        ({}, ()),  # no script ran: nothing to say against it
        ({"website": [""], "elapsed": ["3000"]}, ()),
        ({"website": ["http://exemple.example"]}, ("honeypot",)),
        ({"elapsed": ["2999"]}, ("too_fast",)),
        ({"elapsed": ["-1"]}, ("elapsed_invalid",)),
        ({"elapsed": ["٣"]}, ("elapsed_invalid",)),
        ({"elapsed": ["9" * 5000]}, ()),
        ({"altcha": [proof()]}, ()),
        ({"altcha": [proof(key="une autre")]}, ("proof_invalid",)),
        ({"altcha": [proof(number=-1)]}, ("proof_invalid",)),
        ({"altcha": [proof(salt=7)]}, ("proof_invalid",)),
        ({"altcha": ["%%%"]}, ("proof_invalid",)),
        ({"altcha": [base64.b64encode(b"[]").decode()]}, ("proof_invalid",)),
        ({"website": ["x"], "elapsed": ["1"], "altcha": ["x"]}, ("honeypot", "too_fast", "proof_invalid")),
    ],
)
def test_each_doubt(fields: dict[str, list[str]], doubts: tuple[str, ...]) -> None:
    assert examine(fields, KEY).doubts == doubts


@pytest.mark.parametrize(("asked", "elapsed", "doubted"), [
    (1, 2000, False), (1, 500, False), (1, 499, True), (4, 2000, False), (4, 1999, True), (6, 2999, True),
    (40, 2999, True), (40, 3000, False),
])  # fmt: skip
def test_a_poll_is_answered_faster_than_a_questionnaire(asked: int, elapsed: int, doubted: bool) -> None:
    assert bool(examine({"elapsed": [str(elapsed)]}, KEY, asked=asked).doubts) is doubted


def test_a_proof_may_be_required() -> None:
    assert examine({}, KEY) == Examined((), "", 0)
    assert examine({}, KEY, proof_required=True) == Examined(("proof_missing",), "", 0)
    assert examine({"altcha": ["x"]}, KEY) == Examined(("proof_invalid",), "", 0)
    assert examine({"altcha": [proof()]}, KEY, proof_required=True).doubts == ()


def test_the_same_proof_written_otherwise_is_the_same_proof() -> None:
    first = proof()
    payload = json.loads(base64.b64decode(first))
    again = base64.b64encode(json.dumps(dict(reversed(payload.items())), indent=1).encode()).decode()
    assert again != first
    assert examine({"altcha": [again]}, KEY).proof == examine({"altcha": [first]}, KEY).proof != ""


def test_a_challenge_holds_what_the_script_needs() -> None:
    assert set(new_challenge(KEY)) == {"algorithm", "challenge", "maxnumber", "salt", "signature"}


def test_a_challenge_is_good_for_two_hours_and_its_proof_is_remembered_as_long() -> None:
    made = new_challenge(KEY)
    (expires,) = re.findall(r"expires=(\d+)", made["salt"])
    begun = time.time()
    assert begun < int(expires) <= begun + 2 * 3600 + 60
    examined = examine({"altcha": [proof()]}, KEY)
    assert begun + 3600 < examined.proof_expires <= time.time() + 2 * 3600
