"""A tiny repository to write in, and the vocabulary of the tests."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from divan.forum.group import read_group
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

GROUP = """\
places: {"16": Charente, "17": Charente-Maritime, "79": Deux-Sèvres, "86": Vienne}
areas:
  - {id: admin, label: Questions administratives, page: administratif}
  - {id: moral, label: Soutien moral, page: soutien-moral, members_only: true}
services:
  - {id: etp, label: Éducation thérapeutique, page: education-therapeutique}
  - {id: rehabilitation, label: Réadaptation, page: readaptation}
"""

CASE_PATH = "content/cases/2026/2026-03-14-k7f2.md"
TOPIC_PATH = "content/topics/2026/2026-03-20-abcd.md"
REPLY_PATH = "content/replies/2026-03-14-k7f2/2026-03-15-c4tq.md"


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return replace(read_vocabulary("content/hashtags.yaml", HASHTAGS), group=read_group("content/forum.yaml", GROUP))


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
        ("content/forum.yaml", GROUP),
        (CASE_PATH, CASE),
        (TOPIC_PATH, TOPIC),
        (REPLY_PATH, REPLY),
    ):
        write_one(path, text)
    return write_one
