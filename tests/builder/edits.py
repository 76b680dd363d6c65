"""Random edits of a small forum: whatever contributors, moderators and hosts do to its files, and some accidents."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests import small_forum as forum

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
AUTHORS = ["merle", "pinson", "grive", "mésange-bleue", "loriot"]
SOURCES = ("content", "theme", "surveys")


@dataclass
class Editor:
    """Edits ``root`` with the luck of ``chance``; ``today`` and ``settings`` are edited too."""

    root: Path
    chance: random.Random
    today: date = forum.TODAY
    settings: dict[str, Any] = field(default_factory=dict)

    def edit(self) -> str:
        """Make one edit and return its name."""
        change = self.chance.choice(EDITS)
        change(self)
        if self.chance.random() < 0.3:
            forum.commit(self.root)
        return change.__name__

    def snapshot(self) -> dict[str, Any]:
        """All that edits may change."""
        files = {
            file: file.read_bytes() for name in SOURCES for file in (self.root / name).rglob("*") if file.is_file()
        }
        return {"files": files, "today": self.today, "settings": dict(self.settings)}

    def go_back(self, snapshot: dict[str, Any]) -> None:
        """Undo everything since ``snapshot``."""
        for name in SOURCES:
            shutil.rmtree(self.root / name)
        for file, content in snapshot["files"].items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        self.today, self.settings = snapshot["today"], snapshot["settings"]

    def files(self, pattern: str) -> list[Path]:
        return sorted(self.root.glob(pattern))

    def one(self, pattern: str) -> Path | None:
        found = self.files(pattern)
        return self.chance.choice(found) if found else None

    def threads(self) -> list[Path]:
        return self.files("content/cases/*/*.md") + self.files("content/topics/*/*.md")

    def thread(self) -> Path:
        return self.chance.choice(self.threads())

    def tags(self) -> dict[str, str]:
        text = (self.root / "content/hashtags.yaml").read_text(encoding="utf-8")
        return dict(re.findall(r"- name: (\S+)\n  synonyms: \[(\S*)\]", text))

    def some_tags(self) -> list[str]:
        return self.chance.sample(sorted(self.tags()), self.chance.randint(0, 3))

    def new_id(self) -> str:
        day = date(2026, 1, 1) + timedelta(days=self.chance.randrange(200))
        return f"{day}-{''.join(self.chance.choices(LETTERS, k=4))}"

    def replace(self, file: Path, pattern: str, new: str) -> None:
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(pattern, new, text, count=1, flags=re.MULTILINE), encoding="utf-8")


def add_case(e: Editor) -> None:
    forum.case(e.root, e.new_id(), tags=e.some_tags(), author=e.chance.choice(AUTHORS), text=str(e.chance.random()))


def add_topic(e: Editor) -> None:
    forum.topic(e.root, e.new_id(), tags=e.some_tags(), author=e.chance.choice(AUTHORS),
                area=e.chance.choice(["local", "moral", "admin"]))  # fmt: skip


def add_reply(e: Editor) -> None:
    words = [f"Dit {e.chance.random()}.", *(f"#{tag}" for tag in e.some_tags())]
    forum.reply(e.root, e.thread().stem, e.new_id(), author=e.chance.choice(AUTHORS), text=" ".join(words))


def change_post(e: Editor) -> None:
    file = e.chance.choice(e.threads() + e.files("content/replies/*/*.md"))
    file.write_text(file.read_text(encoding="utf-8") + f"\n\nAjout {e.chance.random()}.\n", encoding="utf-8")


def change_title(e: Editor) -> None:
    e.replace(e.thread(), "^title: .*", f"title: Nouveau titre {e.chance.randrange(99)}")


def change_author(e: Editor) -> None:
    file = e.chance.choice(e.threads() + e.files("content/replies/*/*.md"))
    e.replace(file, "^author: .*", f"author: {e.chance.choice(AUTHORS)}")


def change_hour(e: Editor) -> None:
    file = e.chance.choice(e.threads() + e.files("content/replies/*/*.md"))
    e.replace(file, r"^(date: \S+) .*", rf"\1 {e.chance.randrange(10, 24)}:{e.chance.randrange(10, 60)}")


def retag(e: Editor) -> None:
    e.replace(e.thread(), "^hashtags: .*", f"hashtags: [{', '.join(e.some_tags())}]")


def change_status(e: Editor) -> None:
    e.replace(e.thread(), "^status: .*", f"status: {e.chance.choice(['open', 'answered', 'no_agreement'])}")


def withdraw(e: Editor) -> None:
    e.replace(e.thread(), "^status: .*", "status: withdrawn")


def change_visibility(e: Editor) -> None:
    e.replace(e.thread(), "^visibility: .*", f"visibility: {e.chance.choice(['public', 'members'])}")


def link_threads(e: Editor) -> None:
    target = e.thread().relative_to(e.root / "content")
    file = e.thread()
    file.write_text(file.read_text(encoding="utf-8") + f"\n\nVoir [là](../../{target}).\n", encoding="utf-8")


def delete_reply(e: Editor) -> None:
    file = e.one("content/replies/*/*.md")
    if file:
        file.unlink()


def delete_thread(e: Editor) -> None:
    file = e.thread()
    file.unlink()
    if e.chance.random() < 0.9:
        shutil.rmtree(e.root / "content/replies" / file.stem, ignore_errors=True)


def rename_thread(e: Editor) -> None:
    file, new = e.thread(), e.new_id()
    e.replace(file, r"^date: \S+", f"date: {new[:10]}")
    file.rename(file.with_name(f"{new}.md"))
    replies = e.root / "content/replies" / file.stem
    if replies.is_dir():
        replies.rename(replies.with_name(new))


def add_hashtag(e: Editor) -> None:
    new = "".join(e.chance.choices("abcdef", k=5))
    forum.write_vocabulary(e.root, {**e.tags(), new: f"{new}-bis"})


def remove_hashtag(e: Editor) -> None:
    tags = e.tags()
    if len(tags) > 3:
        del tags[e.chance.choice(sorted(tags))]
        forum.write_vocabulary(e.root, tags)


def rename_hashtag(e: Editor) -> None:
    tags = e.tags()
    old = e.chance.choice(sorted(tags))
    forum.write_vocabulary(
        e.root, {(f"{name}x" if name == old else name): (old if name == old else s) for name, s in tags.items()}
    )


def move_synonym(e: Editor) -> None:
    tags = e.tags()
    one, two = e.chance.sample(sorted(tags), 2)
    tags[one], tags[two] = tags[two], tags[one]
    forum.write_vocabulary(e.root, tags)


def describe_hashtags(e: Editor) -> None:
    forum.write_vocabulary(e.root, e.tags(), about=f"Dit {e.chance.random()}.")


def change_template(e: Editor) -> None:
    file = e.one("theme/templates/*.html")
    assert file
    file.write_text(
        file.read_text(encoding="utf-8").replace(
            "{% block content %}", f"{{% block content %}}{e.chance.randrange(99)}"
        )
    )


def change_macro(e: Editor) -> None:
    e.replace(e.root / "theme/templates/_macros.html", '<article class="card', '<article class="card a')


def change_style(e: Editor) -> None:
    file = e.root / "theme/static/style.css"
    file.write_text(file.read_text(encoding="utf-8") + "\n/* */\n", encoding="utf-8")


def change_member(e: Editor) -> None:
    name = f"m{e.chance.randrange(5)}"
    forum.member(e.root, name, f"Membre {e.chance.randrange(9)}", town=e.chance.choice(["Niort", "Cognac"]),
                 expires=f"2026-0{e.chance.randrange(4, 9)}-15")  # fmt: skip


def change_service(e: Editor) -> None:
    forum.service(e.root, f"s{e.chance.randrange(5)}", f"Service {e.chance.randrange(9)}", verified_on="2025-05-30")


def remove_entry(e: Editor) -> None:
    file = e.one("content/*/[ms]?.yaml")
    if file:
        file.unlink()


def change_page(e: Editor) -> None:
    forum.page(e.root, e.chance.choice(["charte", "guides/lire", "autre"]), f"Dit {e.chance.random()}.")


def remove_page(e: Editor) -> None:
    file = e.one("content/pages/*.md")
    if file:
        file.unlink()


def change_image(e: Editor) -> None:
    forum.image(e.root, "trace.png", width=e.chance.randrange(1, 40))


def change_survey(e: Editor) -> None:
    forum.write(e.root, "surveys/aide/hiver.yaml", forum.QUESTIONNAIRE.replace("Oui", f"Oui {e.chance.randrange(9)}"))


def change_result(e: Editor) -> None:
    forum.result(e.root, e.chance.choice(["aide", "autre"]), f"<p>{e.chance.random()}</p>")


def remove_result(e: Editor) -> None:
    shutil.rmtree(e.root / "content/results/autre", ignore_errors=True)


def change_setting(e: Editor) -> None:
    name, values = e.chance.choice(
        [("SITENAME", ["Divan", "Salon"]), ("SITEURL", ["https://a.example", "https://b.example/forum"]),
         ("PAGE_SIZE", [1, 2, 3]), ("REPLY_URL", ["https://forge.example/{id}", "proposer/"]),
         ("AUDIENCE", ["public", "members"])]
    )  # fmt: skip
    e.settings[name] = e.chance.choice(values)


def let_days_pass(e: Editor) -> None:
    e.today += timedelta(days=e.chance.randrange(-20, 30))


def lose_output(e: Editor) -> None:
    file = e.one("output/**/*.html")
    if file:
        file.unlink()


def alter_output(e: Editor) -> None:
    file = e.one("output/**/*.html")
    if file:
        file.write_bytes(file.read_bytes().replace(b"e", b"a"))


def lose_state(e: Editor) -> None:
    (e.root / ".divan/output/state").unlink(missing_ok=True)


def alter_state(e: Editor) -> None:
    file = e.one(".divan/output/state") if e.chance.random() < 0.5 else e.one(".divan/output/store-*.sqlite")
    if file:
        content = bytearray(file.read_bytes())
        content[e.chance.randrange(len(content))] ^= 1 << e.chance.randrange(8)
        file.write_bytes(content[: e.chance.choice([len(content), len(content), len(content) // 2])])


_COMMON = (
    add_case,
    add_topic,
    add_reply,
    change_post,
    retag,
    withdraw,
    change_visibility,
    rename_thread,
    delete_thread,
)
_OTHERS = (
    change_title, change_author, change_hour, change_status, link_threads, delete_reply, add_hashtag, remove_hashtag,
    rename_hashtag, move_synonym, describe_hashtags, change_template, change_macro, change_style, change_member,
    change_service, remove_entry, change_page, remove_page, change_image, change_survey, change_result, remove_result,
    change_setting, let_days_pass, lose_output, alter_output, lose_state, alter_state,
)  # fmt: skip
EDITS: tuple[Callable[[Editor], None], ...] = (*_COMMON, *_COMMON, *_OTHERS)
