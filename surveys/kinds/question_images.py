"""Images that questions show: files of ``surveys/STUDY/images/``, light, told in words, without anything but pixels."""

from __future__ import annotations

from collections.abc import Iterator

from divan.images.check import look_at
from divan.sources.problem import FaultKind, Problem
from surveys.model import Study
from surveys.questionnaire import QuestionImage

_FAULT = FaultKind("M02")

HEAVIEST = 200_000  # a form is opened on a phone, where coverage is poor


def images_of(study: Study) -> Iterator[QuestionImage]:
    """Each image that a question of the study shows, once."""
    items = (item for wave in study.waves for item in wave.questionnaire.items)
    yield from dict.fromkeys(item.image for item in items if item.image)


def image_problems(study: Study) -> Iterator[Problem]:
    """What keeps the images of a study from being published."""
    for name in dict.fromkeys(image.file for image in images_of(study)):
        shown = f"surveys/{study.id}/images/{name}"
        file = study.folder / "images" / name
        if file.is_symlink() or not file.is_file():
            yield _FAULT(shown, None, "une question montre cette image, et le fichier n'y est pas", "ajoutez-le")
            continue
        content = file.read_bytes()
        yield from look_at(shown, content)[1]
        if len(content) > HEAVIEST:
            message = f"l'image d'une question pèse au plus 200 ko, et celle-ci {round(len(content) / 1000)}"
            yield _FAULT(shown, None, message, "réduisez-la : elle s'ouvre sur un téléphone")
