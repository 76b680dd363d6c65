"""A forum as a group runs it: its folder, the bare repository behind it, ``divan serve``; and who walks there."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.places import HOUSE
from tests.small_forum import make_forum

LONGEST = 90.0  # seconds: a loaded machine is slow, not wrong
Looked = Callable[[], bool]


def wait_for(looked: Looked, what: str) -> float:
    """The seconds until it holds."""
    began = time.monotonic()
    while not looked():
        assert time.monotonic() - began < LONGEST, f"{what} : toujours pas après {LONGEST:.0f} s"
        time.sleep(0.05)
    return time.monotonic() - began


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


@dataclass(frozen=True)
class Home:
    """``root`` is the group's folder, ``bare`` its remote; ``site`` and ``desk`` are addresses."""

    root: Path
    bare: Path
    site: str
    desk: str
    environment: dict[str, str]

    def divan(self, *words: str) -> str:
        line = [sys.executable, "-m", "divan", "--root", str(self.root), *words]
        return subprocess.run(line, env=self.environment, capture_output=True, text=True, check=True).stdout

    def page(self, path: str) -> str:
        """What a reader gets at an address of the site; '' when there is no such page."""
        try:
            with urllib.request.urlopen(self.site + path, timeout=LONGEST) as answer:
                return str(answer.read().decode("utf-8"))
        except OSError:  # not there, or not yet
            return ""

    def commits(self) -> list[str]:
        """Every commit of the remote's main branch: its parents' count, author, e-mail, committer, subject."""
        lines = git(self.bare, "log", "--topo-order", "--format=%P|%an|%ae|%cn|%s", "main").splitlines()
        return [f"{len(parents.split())}|{rest}" for parents, _, rest in (line.partition("|") for line in lines)]


@contextmanager
def at_home(folder: Path, *, news: int = 0, publishing: str = "") -> Iterator[Home]:
    """``make serve`` in a clone; ``news`` is the port of a mail server on this machine."""
    root, bare = _clone(folder, _more(news, publishing))
    port = _two_ports()
    environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
    for name in ("SITEURL", "DIVAN_COLLECTOR", "DIVAN_AUDIENCE"):
        environment.pop(name, None)
    words = [sys.executable, "-m", "divan", "--root", str(root), "serve", "--port", str(port)]
    with (folder / "said.txt").open("w") as said:
        running = subprocess.Popen(words, cwd=root, env=environment, stdout=said, stderr=said)
        home = Home(root, bare, f"http://localhost:{port}/", f"http://localhost:{port + 1}/desk/", environment)
        try:
            wait_for(lambda: bool(home.page("")) and _answers(port + 1), "le site et le collecteur")
            yield home
        finally:
            running.terminate()
            running.wait(LONGEST)


def _more(news: int, publishing: str) -> str:
    mail = f'{{"host": "127.0.0.1", "port": {news}, "from": "forum@forum.example", "to": ["a@forum.example"]}}'
    return (f"\nNEWS = {mail}\n" if news else "") + (f"\nPUBLISHING = {publishing}\n" if publishing else "")


def _clone(folder: Path, settings: str) -> tuple[Path, Path]:
    bare, root = folder / "forum.git", folder / "forum"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    make_forum(root, git=False, theme=False)
    shutil.copy(HOUSE / ".gitignore", root)
    with (root / "pelicanconf.py").open("a") as written:
        written.write(settings)
    git(root, "init", "-q", "-b", "main")
    git(root, "remote", "add", "origin", str(bare))
    git(root, "add", ".")
    git(root, "-c", "user.name=Le forum", "-c", "user.email=forum@users.invalid", "commit", "-q", "-m", "Le forum")
    git(root, "push", "-q", "origin", "main")
    return root, bare


def _two_ports() -> int:
    """Two neighbours that nobody listens on."""
    for _ in range(100):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port
    raise RuntimeError("pas deux ports voisins de libres")


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@dataclass
class Thumb:
    """Someone with a phone; ``taps`` are counted, typing is not."""

    context: BrowserContext
    page: Page = field(init=False)
    taps: int = 0

    def __post_init__(self) -> None:
        self.context.set_default_timeout(LONGEST * 1000)
        self.context.route("**/-/reload.js", lambda route: route.abort())  # « make serve » alone reloads under a thumb
        self.page = self.context.new_page()

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()

    def press(self, name: str) -> None:
        self.tap(self.page.get_by_role("button", name=name, exact=True).first)

    def fill(self, **fields: str) -> None:
        """Fill in fields by their names; the forms for the moderators come first on a page."""
        for name, value in fields.items():
            one = self.page.locator(f"form[data-proposal] [name={name}]:visible, main form [name={name}]:visible").first
            if one.evaluate("field => field.tagName") == "SELECT":
                one.select_option(value)
            else:
                one.fill(value)


def someone(chromium: Browser, *, javascript: bool = True) -> Thumb:
    """A phone of 390 pixels."""
    return Thumb(chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, java_script_enabled=javascript,
        locale="fr-FR",
    ))  # fmt: skip


def invited(chromium: Browser, home: Home, name: str, *, javascript: bool = True) -> Thumb:
    """A moderator who has opened the link that works once."""
    moderator = someone(chromium, javascript=javascript)
    link = next(
        word for word in home.divan("moderators", "add", name, "--url", home.desk).split() if word.startswith("http")
    )
    moderator.page.goto(link)
    moderator.press("Entrer")
    expect(moderator.page.get_by_role("heading", name="Mes appareils")).to_be_visible()
    return moderator


def opened_at_desk(moderator: Thumb, home: Home, kind: str) -> None:
    """The queue, then its newest proposal of a kind: one tap."""
    moderator.page.goto(home.desk)
    moderator.taps = 0
    moderator.tap(moderator.page.locator(".cards > li > a", has_text=kind).last)
