"""A tiny repository to write in, and the vocabulary of the tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from divan.forum.vocabulary import Vocabulary, read_vocabulary

HASHTAGS = """\
- name: toux
- name: hypertension-artérielle
  synonyms: [hta, tension]
  about: "Mesurer, traiter, suivre."
- name: iec
  synonyms: [inhibiteur de l'enzyme de conversion]
"""

CASE = """\
---
title: Toux sèche
date: 2026-03-14 18:20
author: martin-pêcheur
hashtags: [toux]
specialty: pneumologie
status: open
---

## Question
Que faire ?

## Contexte
La quarantaine.

## Constatations
Examen normal.
"""

TOPIC = """\
---
title: Changer de logiciel
date: 2026-03-20 09:00
author: mésange
area: admin
status: open
---

Lequel avez-vous choisi ?
"""

REPLY = """\
---
date: 2026-03-15 08:05
author: mésange
---

Arrêter l'IEC, puis attendre.
"""

CASE_PATH = "content/cases/2026/2026-03-14-k7f2.md"
TOPIC_PATH = "content/topics/2026/2026-03-20-abcd.md"
REPLY_PATH = "content/replies/2026-03-14-k7f2/2026-03-15-c4tq.md"


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return read_vocabulary("content/hashtags.yaml", HASHTAGS)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file of the repository ``tmp_path``, which already has a vocabulary, a case, a topic and a reply."""

    def write_one(path: str, text: str | bytes) -> Path:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return file

    for path, text in (
        ("content/hashtags.yaml", HASHTAGS),
        (CASE_PATH, CASE),
        (TOPIC_PATH, TOPIC),
        (REPLY_PATH, REPLY),
    ):
        write_one(path, text)
    return write_one
