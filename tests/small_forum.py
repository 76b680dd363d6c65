"""A small forum that has one of everything, written in an empty folder, and the means to build and compare it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from PIL import Image

from divan.site.build import BuildReport, build
from tests.places import GROUP, HOUSE

TODAY = date(2026, 6, 1)
TAGS = {"toux": "tousser", "hta": "hypertension", "sommeil": "insomnie", "vaccin": "vaccination", "deuil": "perte"}
SETTINGS = '"""Réglages du petit forum."""\n\nfrom pelicanconf_of_the_house import *\n\nPAGE_SIZE = 3\nFEED_SIZE = 4\n'
SETTINGS += 'REPORT_URL = "guides/contribuer/?fil={id}"\n'

PARTS = ("Question", "Contexte", "Constatations", "Conduite tenue", "Résolution", "Note")

STUDY = """title: Le groupe vous aide-t-il ?
kind: study
about: Deux minutes.
notice: {who: Les modérateurs., why: Savoir., kept: Un an., rights: Répondre est libre., contact: a@b.example}
waves:
  - {id: hiver, label: Cet hiver, questionnaire: hiver.yaml, opens: 2026-05-01, closes: 2026-07-01}
"""
QUESTIONNAIRE = """title: Cet hiver
version: "1"
sections:
  - id: one
    title: Une question
    items:
      - id: helps
        type: single
        text: Cela vous aide-t-il ?
        choices: [{id: "yes", label: Oui}, {id: "no", label: Non}]
"""


def write(root: Path, path: str, text: str) -> None:
    """Write a source."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def make_forum(root: Path, *, git: bool = True, theme: bool = True) -> Path:
    """Write the small forum in ``root`` and commit it."""
    root.mkdir(parents=True, exist_ok=True)
    if theme:
        shutil.copytree(HOUSE / "theme", root / "theme", dirs_exist_ok=True)
    shutil.copy(HOUSE / "pelicanconf.py", root / "pelicanconf_of_the_house.py")
    write(root, "pelicanconf.py", SETTINGS)
    write_vocabulary(root, TAGS)
    write(root, "content/forum.yaml", (GROUP / "content/forum.yaml").read_text(encoding="utf-8"))
    tags, authors = list(TAGS), ["merle", "pinson", "grive"]
    for n in range(7):
        case(root, f"2026-02-0{n + 1}-aaaa", tags=[tags[n % 3], tags[3]][: 1 + n % 2], author=authors[n % 3])
    for n in range(4):
        topic(root, f"2026-03-0{n + 1}-bbbb", tags=[tags[n % 2]], author=authors[n % 2])
    for thread, day in (
        ("2026-02-01-aaaa", 11),
        ("2026-02-01-aaaa", 12),
        ("2026-02-05-aaaa", 13),
        ("2026-03-01-bbbb", 14),
    ):
        reply(
            root, thread, f"2026-04-{day}-cccc", author=authors[day % 3], text=f"Une réponse du {day}, #hypertension."
        )
    for n, name in enumerate(("Anne Aulne", "Basile Bouleau", "Claire Charme")):
        member(root, f"m{n}", name, expires=f"2026-{n + 5:02d}-20")
        service(root, f"s{n}", f"Service {n}", kind="etp" if n else "rehabilitation")
    for slug in ("charte", "a-propos", "accessibilite", "guides/lire", "guides/contribuer"):
        page(root, slug, "Un texte.")
    write(root, "surveys/aide/study.yaml", STUDY)
    write(root, "surveys/aide/hiver.yaml", QUESTIONNAIRE)
    result(root, "aide", "<p>Résultats</p>")
    if git:
        commit(root)
    return root


def git_in(root: Path) -> Callable[..., None]:
    """What runs git in ``root``."""
    return lambda *words: subprocess.run(["git", *words], cwd=root, check=True)


def commit(root: Path) -> None:
    """Commit everything."""
    if not (root / ".git").exists():
        write(root, ".gitignore", "output*\n.divan\n")
        subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    who = ["-c", "user.name=Essai", "-c", "user.email=essai@exemple.example"]
    subprocess.run(["git", *who, "commit", "-q", "--allow-empty", "-m", "essai"], cwd=root, check=True)


def write_vocabulary(root: Path, tags: dict[str, str], about: str = "Tout.") -> None:
    """Write the vocabulary: each hashtag with its synonym."""
    lines = (f"- name: {name}\n  synonyms: [{synonym}]\n  about: {about}\n" for name, synonym in tags.items())
    write(root, "content/hashtags.yaml", "".join(lines))


def case(root: Path, post_id: str, **head: Any) -> None:
    """Write a case."""
    tags = head.get("tags", [])
    body = "".join(
        f"## {part}\n\n{head.get('text', 'Texte')} de {part}, #{(tags or ['toux'])[0]}.\n\n" for part in PARTS
    )
    _post(root, "cases", post_id, head, "specialty: pneumologie\n", body)


def topic(root: Path, post_id: str, **head: Any) -> None:
    """Write a topic."""
    _post(root, "topics", post_id, head, f"area: {head.get('area', 'local')}\n", f"{head.get('text', 'Un sujet.')}\n")


def _post(root: Path, kind: str, post_id: str, head: dict[str, Any], more: str, body: str) -> None:
    text = (
        f"---\ntitle: {head.get('title', 'Titre de ' + post_id)}\ndate: {post_id[:10]} 10:00\n"
        f"author: {head.get('author', 'merle')}\nhashtags: [{', '.join(head.get('tags', []))}]\n{more}"
        f"status: {head.get('status', 'open')}\nvisibility: {head.get('visibility', 'public')}\n"
        f"{_told(head)}---\n\n{body}"
    )
    write(root, f"content/{kind}/{post_id[:4]}/{post_id}.md", text)


def _told(head: dict[str, Any]) -> str:
    """What only some posts say; JSON is YAML."""
    said = ("waited", "resolved", "modified", "choices")
    return "".join(f"{key}: {json.dumps(head[key], ensure_ascii=False)}\n" for key in said if key in head)


def reply(root: Path, thread: str, post_id: str, *, author: str = "grive", text: str = "Une réponse.") -> None:
    """Write a reply."""
    head = f"date: {post_id[:10]} 12:00\nauthor: {author}\n"
    write(root, f"content/replies/{thread}/{post_id}.md", f"---\n{head}---\n\n{text}\n")


def member(root: Path, name: str, full_name: str, *, expires: str = "2027-01-01", town: str = "Niort") -> None:
    """Write a member."""
    write(root, f"content/members/{name}.yaml",
          f"name: {full_name}\nspecialty: pneumologie\nskills: [allergies]\ntown: {town}\ndepartement: \"79\"\n"
          f"contact: messagerie\nabout: Disponible.\nconsent: 2025-01-01\nexpires: {expires}\n")  # fmt: skip


def service(root: Path, name: str, title: str, *, kind: str = "etp", verified_on: str = "2026-01-15") -> None:
    """Write a service."""
    write(root, f"content/services/{name}.yaml",
          f"name: {title}\nkind: {kind}\ntopics: [dos]\ntown: Niort\ndepartement: \"79\"\nphone: \"06 39 98 00 01\"\n"
          f"email: a@b.example\naudience: adultes\naccess: par courrier\nverified_on: {verified_on}\n")  # fmt: skip


def page(root: Path, slug: str, text: str) -> None:
    """Write a page."""
    head = f"Title: Page {slug}\nSlug: {slug}\nURL: {slug}/\nSave_as: {slug}/index.html\nSummary: Une page.\n"
    write(root, f"content/pages/{slug}.md", f"{head}\n{text}\n\n## Un titre\n\nSuite.\n")


def image(root: Path, name: str, *, width: int = 8, **more: Any) -> None:
    """Write an image, with what its format may carry beside its pixels."""
    file = root / "content/images" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (width, 4), "white").save(file, **more)


def result(root: Path, study: str, html: str) -> None:
    """Write a results page, as the analysis does."""
    write(
        root, f"content/results/{study}/index.md", f"---\ntitle: Résultats de {study}\nsummary: En bref.\n---\n{html}\n"
    )
    seal(root, study)


def seal(root: Path, study: str) -> None:
    """Write ``report.json``: the digest of each other file of a study's results."""
    folder = root / "content/results" / study
    files = {one.name: sha256(one.read_bytes()).hexdigest() for one in folder.iterdir() if one.name != "report.json"}
    write(root, f"content/results/{study}/report.json", json.dumps({"files": files}))


def settle(root: Path, today: date = TODAY, **settings: Any) -> BuildReport:
    """Build what changed."""
    return build(root, settings_overrides=settings, today=today)


def from_nothing(root: Path, today: date = TODAY, **settings: Any) -> dict[str, bytes]:
    """The site that a build makes without any memory of earlier ones."""
    shutil.rmtree(root / "output-clean", ignore_errors=True)
    (root / ".divan" / "output-clean" / "state").unlink(missing_ok=True)
    build(root, settings_overrides={**settings, "OUTPUT_PATH": "output-clean"}, today=today)
    return site_of(root, "output-clean")


def site_of(root: Path, output: str = "output") -> dict[str, bytes]:
    """Every file of a site, by path."""
    folder = root / output
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Paths that are not the same in two sites."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
