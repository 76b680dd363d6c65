"""``divan check`` and the build give one verdict of the same tree, whatever is wrong with it; never a traceback.

``bad_trees.json`` says at which lines of the harmed file each fault stands; null is the whole file.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from divan.builder.settings import load_settings
from divan.forum.check import check_paths
from divan.site.build import _build
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum

CASE = "content/cases/2026/2026-02-02-aaaa.md"
TOPIC = "content/topics/2026/2026-03-01-bbbb.md"
REPLY = "content/replies/2026-02-01-aaaa/2026-04-11-cccc.md"
NEW = "content/replies/2026-02-02-aaaa/2026-04-26-bbbb.md"
HEAD = "---\ndate: 2026-04-26 08:00\nauthor: grive\n---\n\n"
PAGE = "Title: Lire\nSlug: lire\nURL: lire/\nSave_as: lire/index.html\n\n"
TOPIC_HEAD = "---\ntitle: Un sujet\ndate: 2026-05-02 08:00\nauthor: grive\narea: admin\nstatus: open\n---\n\n"
NEW_TOPIC = "content/topics/2026/2026-05-02-bbbb.md"

CONSENT = "specialty: x\nconsent: 2062-01-01\n"
ENTRY = 'name: Anne Aulne\ntown: Niort\ndepartement: "79"\n'

WRITTEN = {
    # un message : son nom, sa place, son en-tête
    "suffix in capitals": ("content/topics/2026/2026-05-02-bbbb.MD", f"{TOPIC_HEAD}Texte."),
    "name without a day": ("content/topics/2026/bonjour.md", f"{TOPIC_HEAD}Texte."),
    "folder of another year": ("content/topics/2025/2026-05-02-bbbb.md", f"{TOPIC_HEAD}Texte."),
    "post at the root": ("content/topics/2026-05-02-bbbb.md", f"{TOPIC_HEAD}Texte."),
    "reply at the root": ("content/replies/2026-04-26-bbbb.md", f"{HEAD}Texte."),
    "twin of a case": ("content/topics/2026/2026-02-02-aaaa.md", TOPIC_HEAD.replace("05-02", "02-02") + "Texte."),
    "reply to no thread": ("content/replies/2026-04-20-zzzz/2026-04-26-bbbb.md", f"{HEAD}Texte."),
    "reply older than its thread": (
        "content/replies/2026-03-01-bbbb/2026-02-01-bbbb.md", HEAD.replace("04-26", "02-01") + "a"),
    "reply that answers itself": (NEW, HEAD.replace("---\n\n", "in_reply_to: 2026-04-26-bbbb\n---\n\n") + "Texte."),
    "reply to what came later": (NEW, HEAD.replace("---\n\n", "in_reply_to: 2026-05-26-bbbb\n---\n\n") + "Texte."),
    "no head": (NEW, "Texte."),
    "head left open": (NEW, "---\ndate: 2026-04-26\n"),
    "head that is no YAML": (NEW, "---\ntitle: [\n---\nTexte."),
    "head of another kind": (NEW, f"{TOPIC_HEAD}Texte."),
    "key given twice": (NEW, HEAD.replace("author", "author: merle\nauthor", 1) + "Texte."),
    "unknown key": (NEW, HEAD.replace("---\n\n", "couleur: bleu\n---\n\n") + "Texte."),
    "day that is not": (NEW_TOPIC, TOPIC_HEAD.replace("2026-05-02", "2026-02-31") + "Texte."),
    "day after tomorrow": ("content/topics/9999/9999-05-02-bbbb.md", TOPIC_HEAD.replace("2026", "9999") + "Texte."),
    "day unlike the name's": (NEW_TOPIC, TOPIC_HEAD.replace("05-02", "05-03") + "Texte."),
    "title cut": (NEW_TOPIC, TOPIC_HEAD.replace("Un sujet", "Retour #2 du cas") + "Texte."),
    "hashtag cut": (NEW_TOPIC, TOPIC_HEAD.replace("area", "hashtags: [#toux]\narea") + "Texte."),
    "empty title": (NEW_TOPIC, TOPIC_HEAD.replace("Un sujet", '""') + "Texte."),
    "title of blanks": (NEW_TOPIC, TOPIC_HEAD.replace("Un sujet", '"\u00a0 "') + "Texte."),
    "unknown area": (NEW_TOPIC, TOPIC_HEAD.replace("admin", "jardin") + "Texte."),
    # son texte
    "empty": (NEW, HEAD),
    "nothing at all": (NEW, ""),
    "unknown hashtag": (NEW, f"{HEAD}Une #inconnue."),
    "link to no thread": (NEW, f"{HEAD}[là](../../cases/2026/2026-09-09-zzzz.md)"),
    "link to a file": (NEW, f"{HEAD}[là](../../forum.yaml)"),
    "image that is not": (NEW, f"{HEAD}![un tracé](../../images/rien.png)"),
    "image from elsewhere": (NEW, f"{HEAD}![un tracé](https://exemple.example/a.png)"),
    "image without words": (NEW, f"{HEAD}![](../../images/rien.png)"),
    "case without parts": (
        "content/cases/2026/2026-05-02-bbbb.md", TOPIC_HEAD.replace("area: admin", "hashtags: [toux]") + "a"),
    "table that loses a cell": (NEW, f"{HEAD}| a |\n|---|\n| 1 | 2 |"),
    "note nobody calls": (NEW, f"{HEAD}Texte.\n\n[^1]: Une note."),
    "reading order forced": (NEW, f"{HEAD}Dose \u202e01 mg"),
    "zero width": (NEW, f"{HEAD}Un mo\u200bt."),
    "reading order forced by a reference": (NEW, f"{HEAD}Dose &#x202e;01 mg"),
    "sign that no feed may hold": (NEW, f"{HEAD}Un mot\x0bcollé."),
    "zero width by its name": (NEW, f"{HEAD}Un mo&ZeroWidthSpace;t."),
    "phone cut by a reference": (NEW, f"{HEAD}Appelez le 06&#8203; 39 98 12 34."),
    "title read backwards by an escape": (NEW_TOPIC, TOPIC_HEAD.replace("Un sujet", r'"Dose \u202e01 mg"') + "Texte."),
    "title of nothing seen": (NEW_TOPIC, TOPIC_HEAD.replace("Un sujet", r'"\u200b"') + "Texte."),
    "title with a null sign": (NEW_TOPIC, TOPIC_HEAD.replace("Un sujet", r'"Un\0 sujet"') + "Texte."),
    "phone": (NEW, f"{HEAD}Appelez le 06 39 98 12 34."),
    "e-mail": (NEW, f"{HEAD}Écrivez à jeanne@exemple.example."),
    "birth date": (NEW, f"{HEAD}Née le 12/03/1951."),
    "phone in a title": (NEW_TOPIC, TOPIC_HEAD.replace("Un sujet", "Le 06 39 98 12 34") + "Texte."),
    "phone said to be reviewed": (
        NEW, HEAD.replace("---\n\n", 'reviewed: ["06 39 98 12 34 : accord"]\n---\n\n') + "Appelez le 06 39 98 12 34."),
    # le reste
    "hashtags that are no YAML": ("content/hashtags.yaml", "- [\n"),
    "hashtags twice": ("content/hashtags.yaml", "- name: toux\n- name: toux\n"),
    "member without consent": ("content/members/m9.yaml", "name: Claire Charme\n"),
    "member in capitals": ("content/members/m9.YAML", "name: Claire Charme\n"),
    "member as yml": ("content/members/m9.yml", "name: Claire Charme\n"),
    "service without a place": ("content/services/s9.yaml", "name: Service\n"),
    "page without a title": ("content/pages/lire.md", "Slug: lire\n\nTexte."),
    "two pages, one address": ("content/pages/lire.md", PAGE.replace("lire/", "charte/") + "Texte."),
    "address outside": ("content/pages/lire.md", PAGE.replace("lire/index", "../lire/index") + "Texte."),
    "address from the root": ("content/pages/lire.md", PAGE.replace("Save_as: ", "Save_as: /tmp/") + "Texte."),
    "page with a template": ("content/pages/lire.md", PAGE.replace("\n\n", "\nTemplate: rien\n\n") + "Texte."),
    "page of no standing": ("content/pages/lire.md", PAGE.replace("\n\n", "\nStatus: bof\n\n") + "Texte."),
    "page in the home's place": ("content/pages/lire.md", PAGE.replace("lire/index", "index") + "Texte."),
    "page in a case's place": ("content/pages/lire.md", PAGE.replace("lire/index", "cas/2026-02-02-aaaa/index")),
    "page in another's folder": ("content/pages/lire.md", PAGE.replace("lire/index.html", "charte") + "Texte."),
    "page of an endless name": ("content/pages/lire.md", PAGE.replace("lire/index", "a" * 300) + "Texte."),
    "page of no day": ("content/pages/lire.md", PAGE.replace("\n\n", "\nDate: hier\n\n") + "Texte."),
    "page of a day that is not": ("content/pages/lire.md", PAGE.replace("\n\n", "\nDate: 2026-02-31\n\n") + "a"),
    "page in a hidden folder": ("content/pages/lire.md", PAGE.replace("lire/index", ".git/index") + "Texte."),
    "hidden page": ("content/pages/.lire.md", "Texte."),
    "script in a page": ("content/pages/lire.md", f"{PAGE}<script>alert(1)</script>"),
    "refresh in a page": ("content/pages/lire.md", f"{PAGE}<meta http-equiv=refresh content=0>"),
    "frame in a page": ("content/pages/lire.md", f"{PAGE}<iframe src=//exemple.example></iframe>"),
    "handler in a page": ("content/pages/lire.md", f"{PAGE}<p onclick=alert(1)>x</p>"),
    "handler by a list of attributes": ("content/pages/lire.md", f"{PAGE}Texte\n{{: onclick=\"alert(1)\" }}"),
    "javascript in a page": ("content/pages/lire.md", f"{PAGE}[x](javascript:alert(1))"),
    "phone in a page": ("content/pages/lire.md", f"{PAGE}Appelez le 06 39 98 12 34."),
    "zero width in a page": ("content/pages/lire.md", f"{PAGE}Un mo\u200bt."),
    "zero width by a reference in a page": ("content/pages/lire.md", f"{PAGE}Un mo&#8203;t."),
    "service with an escaped sign": ("content/services/s9.yaml", 'name: "Serv\\u200bice"\n'),
    "page as html": ("content/pages/lire.html", "<p>x</p>"),
    "name with an invisible sign": ("content/pages/lire\u200b.md", PAGE + "Texte."),
    "page of a year to come": ("content/pages/demain.md", PAGE.replace("\n\n", "\nDate: 2062-01-01\n\n") + "Texte."),
    "service verified in a year to come": ("content/services/s0.yaml", ENTRY + "kind: etp\nverified_on: 2062-01-01\n"),
    "consent of a year to come": ("content/members/m0.yaml", ENTRY + CONSENT + "expires: 2063-01-01\n"),
    "group with an invisible sign": ("content/forum.yaml", 'places: {"79": Deux\u200b-Sèvres}\n'),
    "vocabulary read backwards": ("content/hashtags.yaml", "- name: toux\n  about: a\u202eb\n"),
    "result that was altered": ("content/results/aide/index.md", "---\ntitle: Aide\n---\n<p>Autre chose</p>"),
    "result that no report names": ("content/results/aide/t9.csv", "a;b"),
    "result in a folder of its own": ("content/results/aide/plus/t1.csv", "a;b"),
    "result at the root": ("content/results/t1.csv", "a;b"),
    "report that names nothing": ("content/results/aide/report.json", "{}"),
    "report that is no JSON": ("content/results/aide/report.json", "{"),
    "report without end": ("content/results/aide/report.json", "[" * 100_000),
    "report that names what is not there": ("content/results/aide/report.json", '{"files": {"t1.csv": "0"}}'),
    "script in results": ("content/results/aide/evil.js", "alert(1)"),
    "page in results": ("content/results/aide/evil.html", "<script>alert(1)</script>"),
    "figure that runs": ("content/results/aide/f9.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "figure that leads away": (
        "content/results/aide/f9.svg", '<svg><a href="https://exemple.example"><text>x</text></a></svg>'),
    "stray file": ("content/notes.txt", "x"),
    "program": ("content/pages/evil.js", "alert(1)"),
}  # fmt: skip
BYTES = {
    "not UTF-8": (NEW, b"---\ndate: 2026-04-26\nauthor: a\xe9\n---\n\nTexte."),
    "a null byte": (NEW, f"{HEAD}Tex\0te.".encode()),
    "image that is none": ("content/images/a.png", b"MZ"),
}
LINKS = {
    "link out of the tree": ("content/pages/lire.md", "/etc/hostname"),
    "post that is a link": (NEW, "/etc/hostname"),
    "image that is a link": ("content/images/a.png", "/etc/hostname"),
    "link to itself": ("content/pages/boucle.md", "boucle.md"),
    "folder that is a link": ("content/pages/etc", "/etc/ssl"),
    "result that is a link": ("content/results/aide/f9.svg", "/etc/hostname"),
}
ALL = {**WRITTEN, **BYTES, **LINKS}
LINES = json.loads(Path(__file__).with_name("bad_trees.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = forum.make_forum(tmp_path_factory.mktemp("sound") / "forum")
    forum.settle(made)
    return made


def test_the_tree_that_is_harmed_is_sound(sound: Path) -> None:
    assert check_paths(sound) == []


@pytest.mark.parametrize("name", ALL)
def test_check_and_build_refuse_the_same_tree(name: str, sound: Path, tmp_path: Path) -> None:
    root = tmp_path / "forum"
    shutil.copytree(sound, root, symlinks=True)
    path, harm = ALL[name]
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    if name in LINKS:
        os.symlink(harm, root / path)
    else:
        (root / path).write_bytes(harm if isinstance(harm, bytes) else harm.encode())
    settings = load_settings(root, {}, forum.TODAY)
    assert [problem.line for problem in check_paths(root) if problem.path == path] == LINES[name]
    with pytest.raises(ProblemsFound) as found:
        _build(settings, root, full=False)
    assert path in {problem.path for problem in found.value.problems}
