"""``divan check`` reads the tree, the units, the coders and the consensus, and tells every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from surveys.check import check_studies
from tests.imported_thread import write_thread
from tests.surveys.chat.conftest import CLOSING, STUDY

CODING = {
    "study.yaml": STUDY, "closing.yaml": CLOSING,
    "codes.yaml": "codes:\n- {id: liens, label: Liens, grouping: true, codes: [{id: humour, label: Humour}]}\n"
                  "- {id: savoir, label: Savoir}\n",
    "coding/units.csv": "unit,first,last,start,end\n1,1,1,,\n2-0,2,2,,6\n2-6,2,2,6,\n",
    "coding/coder-A.csv": "unit,codes,memo,review\n1,humour,,\n2-0,savoir,,\n",
    "coding/coder-B.csv": "unit,codes,memo,review\n1,savoir,,yes\n",
    "coding/consensus.csv": "unit,codes,followed\n1,humour,A\n",
}  # fmt: skip


def said(tmp_path: Path, **changed: str) -> list[str]:
    texts = ("Bonjour", "Qui a des masques ?")
    posts = [f"{n},2020-03-17,08:0{n},Citron,text,,,,{text}" for n, text in enumerate(texts, 1)]
    files = CODING | {name.replace("__", "/").replace("_csv", ".csv").replace("_yaml", ".yaml").replace("_", "-"): text
                      for name, text in changed.items()}  # fmt: skip
    root = write_thread(tmp_path, files, posts, ["Citron,user,F,MG,,"])
    return [str(one).removeprefix("surveys/fil/") for one in check_studies(root)]


def test_a_coding_that_holds_says_nothing(tmp_path):
    assert said(tmp_path) == []


@pytest.mark.parametrize(("file", "text", "fault"), [
    ("codes_yaml", "codes: [{id: a, label: A}, {id: a, label: B}]\n", "codes.yaml:1: deux codes s'appellent « a »"),
    ("codes_yaml", "codes: []\n", "codes.yaml:1"),
    ("coding__units_csv", "unit,first,last,start,end\n1,1,9,,\n", "coding/units.csv:2"),
    ("coding__coder_A_csv", "unit,codes,memo,review\n1,colere,,\n", "coder-A.csv:2: « colere » n'est pas un code"),
    ("coding__coder_A_csv", "unit,codes,memo,review\n7,savoir,,\n", "coder-A.csv:2: le passage « 7 » n'est pas du fil"),
    ("coding__coder_A_csv", "unit,codes,memo,review\n1,liens,,\n", "coder-A.csv:2: « liens » ne fait que réunir"),
    ("coding__coder_A_csv", "unit,codes\n1,savoir\n", "coder-A.csv:1: les colonnes doivent être"),
    ("coding__consensus_csv", "unit,codes,followed\n1,humour,Z\n", "consensus.csv:2: « Z » n'est ni un codeur"),
    ("coding__consensus_csv", "unit,codes,followed\n9,rien,A\n", "consensus.csv:2: « rien » n'est pas un code"),
    ("coding__consensus_csv", "unit,codes,followed\n1,humour,A\n1,humour,B\n", "consensus.csv:3: une ligne a"),
    ("coding__anne_csv", "unit,codes,memo,review\n", "coding/anne.csv: ce fichier n'est d'aucun codeur"),
])  # fmt: skip
def test_a_fault_of_a_coding_is_told_on_its_line(file, text, fault, tmp_path):
    assert any(fault in one for one in said(tmp_path, **{file: text}))


def test_every_fault_is_told_at_once(tmp_path):
    found = said(
        tmp_path,
        coding__coder_A_csv="unit,codes,memo,review\n1,colere,,\n8,liens,,\n",
        coding__coder_B_csv="unit,codes,memo,review\n1,joie,,\n1,joie,,\n",
        coding__consensus_csv="unit,codes,followed\n9,rien,Z\n",
    )
    places = [one.split(": ")[0] for one in found]
    assert places == [
        "coding/coder-A.csv:2", "coding/coder-A.csv:3", "coding/coder-A.csv:3", "coding/coder-B.csv:3",
        "coding/consensus.csv:2", "coding/consensus.csv:2", "coding/consensus.csv:2",
    ]  # fmt: skip
