"""What « Proposer » writes, run in node: the check accepts every file, whatever was typed, and reads it back."""

import json
import random
import re
import shutil
import subprocess
import tempfile
from html import unescape
from pathlib import Path

import pytest

from divan.builder.settings import make_settings
from divan.forum.judge import judge_opening, judge_reply
from divan.forum.markdown import to_html
from divan.forum.sanitising import clean
from divan.forum.typed_text import as_markdown
from divan.forum.vocabulary import load_vocabulary
from divan.sources.problem import ProblemsFound
from divan.sources.slug import slug
from divan.sources.yaml_source import read_yaml, split_front_matter
from plugins.compose import ways_out
from tests.places import GROUP, HOUSE
from tests.plugins.conftest import Built

SCRIPTS = HOUSE / "theme/static/compose"
VOCABULARY = load_vocabulary(GROUP)
THREAD = "2026-03-01-k7f2"

PIECES = (
    "# Titre|## Question|---|===|-|*|>|> ## dit|1.|2021.|```|~~~|````|    code|\t|<div>|</div>|<!--|-->|<pre>"
    "|<script>|<?php|<![CDATA[|&amp;|\\|[^1]|[^1]: note|[a]: https://x.fr|**|_|`|``|$|%|{|}|[|]|'|\"|«|»|:|; |#toux"
    "|\u00a0|\u2028|\u0085|\ufeff|\x00|\x07|🩺|e\u0301|\ud83d|texte|la suite|- [ ] x|* * *|\n|\n\n| |\r\n|!|@|*ancre"
    "|&ancre|? |true|null|0x1f|1e3|<br>|<https://x.fr>|+++|Question\n--------|~|,|(|)"
)


def run(module: str, body: str, given: object) -> list:
    """The JSON that ``body`` (of ``m``, the module, and ``given``) gives in node."""
    if not shutil.which("node"):
        pytest.skip("node n'est pas installé")
    script = f"""import {{ readFileSync }} from "node:fs";
        const m = await import("./{module}");
        const given = JSON.parse(readFileSync(0, "utf8"));
        console.log(JSON.stringify({body}));"""
    with tempfile.TemporaryDirectory() as folder:  # node takes .js for modules only beside a file that says so
        shutil.copytree(SCRIPTS, folder, dirs_exist_ok=True)
        Path(folder, "package.json").write_text('{"type": "module"}', encoding="utf-8")
        done = subprocess.run(
            ["node", "--input-type=module", "-e", script], cwd=folder,
            input=json.dumps(given), capture_output=True, text=True, check=True, encoding="utf-8",
        )  # fmt: skip
    return json.loads(done.stdout)


def any_post(chance: random.Random) -> dict:
    pieces = PIECES.split("|")

    def text(longest: int, end: str = "mot") -> str:
        return "".join(chance.choice(pieces) + chance.choice(" \n") for _ in range(chance.randint(1, longest))) + end

    kind = chance.choice(["cases", "topics", "replies"])
    needed, more = ["Question", "Contexte", "Constatations"], ["Conduite tenue", "Résolution", "Note"]
    return {
        "kind": kind, "id": "2026-03-14-k7f2", "date": "2026-03-14 18:20", "title": text(6), "author": "martin-pêcheur",
        "area": "admin" if kind == "topics" else "", "hashtags": ["toux"], "specialty": text(3), "departement": "79",
        "visibility": "members", "sources": text(6, ""), "reviewed": [text(3) + " : éponyme"], "text": text(9),
        "parts": [[part, text(9)] for part in needed] + [[part, chance.choice(["", text(5, "")])] for part in more],
        "thread": THREAD, "inReplyTo": "",
    }  # fmt: skip


def test_whatever_is_typed_the_file_passes_the_check_or_says_what_would_be_lost() -> None:
    posts = [any_post(random.Random(seed)) for seed in range(2000)]
    made = run("post.js", """given.map((post) => {
        const read = { ...post, title: m.oneLine(post.title), specialty: m.oneLine(post.specialty),
                       sources: m.lines(post.sources), reviewed: post.reviewed.map(m.oneLine) };
        return { ...read, ...m.makeFile(read), typed: read.title };
    })""", posts)  # fmt: skip
    for file in made:
        reply = file["kind"] == "replies"
        check = judge_reply if reply else judge_opening
        problems = check(
            file["path"], file["text"], VOCABULARY, lambda path: path == f"content/cases/2026/{THREAD}.md"
        ).problems
        assert all("doit se lire" in problem.message for problem in problems), (problems, file["text"])
        head = read_yaml("", split_front_matter("", file["text"])[0]).value
        assert head["reviewed"] == file["reviewed"]
        assert reply or (head["title"], head.get("sources", [])) == (file["typed"], file["sources"])


def test_the_page_finds_hashtags_as_the_forum_does() -> None:
    words = [
        "TOUX",
        "Hypertension artérielle",
        "sœur",
        "l’œil",
        "Straße",
        "ça-va",
        "2-bis",
        "x²",
        "ﬁèvre",
        "№ 5",
        "Łódź",
        "ø",
        "nº",
        "ŉ",
        "to\u00adux",
        "\ufefftoux",
        *VOCABULARY.by_slug,
    ]
    assert run("hashtags.js", "given.map(m.slug)", words) == [slug(word) for word in words]
    text = "#toux, #inconnu https://x.fr/#ancre (#Autre-mot)\n#1 &#39;"
    entries = [(entry.name, *entry.synonyms) for entry in VOCABULARY.entries]
    assert run("hashtags.js", "new m.Vocabulary(given[0]).unknownIn(given[1])", [entries, text]) == [
        "inconnu",
        "Autre-mot",
    ]


@pytest.mark.parametrize(
    ("forge", "text", "url", "carries"),
    [
        ("github", "a b", "https://h/o/r/new/main?filename=content%2Fx.md&value=a%20b", True),
        ("forgejo", "a b", "https://h/o/r/_new/main?filename=content%2Fx.md&value=a%20b", True),
        ("gitlab", "a b", "https://h/o/r/-/new/main?file_name=content%2Fx.md", False),
        ("github", "é" * 1000, "https://h/o/r/new/main?filename=content%2Fx.md", False),  # 6 signs an é
    ],
)
def test_each_forge_has_its_address(forge: str, text: str, url: str, carries: bool) -> None:
    given = [{"forge": forge, "repository": "https://h/o/r", "branch": "main"}, {"path": "content/x.md", "text": text}]
    assert run("ways.js", "m.forgePage(...given)", given) == {"url": url, "carries": carries}


def test_an_unknown_forge_is_a_problem_and_no_repository_is_none() -> None:
    with pytest.raises(ProblemsFound, match="FORGE doit valoir github, gitlab, forgejo, pas svn"):
        ways_out(make_settings(GROUP, {"FORGE": "svn"}))
    assert ways_out(make_settings(GROUP, {}))["repository"] == ""


@pytest.mark.parametrize(
    ("settings", "offered"),
    [
        ({"FORGE": "github"}, True),
        ({"FORGE": "github", "FORGE_OPEN": False}, False),
        ({"FORGE": "gitlab"}, True),
        ({"FORGE": "forgejo"}, False),
        ({"FORGE": "forgejo", "FORGE_OPEN": True}, True),
    ],
)
def test_the_forge_is_offered_only_where_strangers_may_propose(settings: dict[str, object], offered: bool) -> None:
    ways = ways_out(make_settings(GROUP, {"REPOSITORY_URL": "https://h/o/r/", **settings}))
    assert ways["repository"] == ("https://h/o/r" if offered else "")


def test_the_page_writes_what_is_typed_as_python_does() -> None:
    examples = json.loads((HOUSE / "tests/forum/typed_text.json").read_text(encoding="utf-8"))["examples"]
    written = run("typed.js", "given.map((example) => m.asMarkdown(example.typed))", examples)
    assert written == [example["written"] for example in examples]


def test_any_text_is_written_alike_by_the_page_and_by_python() -> None:
    chance = random.Random(7)
    signs = "ab é1 .,:;!?-+*_#<>()[]{}|~`\\&=/\"'«»@^$%\n\t\u0085\u00a0\u2028\ufeff"
    texts = ["".join(chance.choices(signs, k=chance.randint(1, 60))) for _ in range(3000)]
    assert run("typed.js", "given.map(m.asMarkdown)", texts) == [as_markdown(text) for text in texts]


MEDICAL = json.loads((HOUSE / "tests/forum/medical_lines.json").read_text(encoding="utf-8"))
LINES = [line for kind, lines in MEDICAL.items() if kind != "what" for line in lines]
DRAWN = """(() => {
  class Element {
    within = [];
    append(...parts) { this.within.push(...parts); }
    replaceChildren(...parts) { this.within = parts; }
    set textContent(text) { this.within = [text]; }
    get textContent() { return this.within.map((part) => part.textContent ?? part).join(""); }
  }
  globalThis.document = { createElement: () => new Element() };
  return given.map((line) => {
    const place = new Element();
    m.preview(place, "", [["", line]]);
    return place.textContent;
  });
})()"""


def test_the_preview_shows_each_medical_line_as_the_site_will() -> None:
    """What an element of the page holds is all that is asked of it: its text, in order."""
    shown = run("preview.js", DRAWN, LINES)
    read = [unescape(re.sub(r"<[^>]*>", "", clean(to_html(as_markdown(line))))) for line in LINES]
    assert ["".join(text.split()) for text in shown] == ["".join(text.split()) for text in read]


def test_random_medical_lines_are_written_and_shown_alike_by_the_page_and_by_python() -> None:
    chance = random.Random(11)
    pieces = [*"<>=~*_+-/±≤≥|`#&", " ", " ", ">=", "<=", "**", "2,5", "140", "TSH", "T3", "mg/kg", "<patient>", "K+",
              "- 3 kg", "> 65 ans", "1)", "anti_TNF", "https://has-sante.fr/a_b", "\n", "%", "«", "[HAS]"]  # fmt: skip
    texts = ["".join(chance.choices(pieces, k=chance.randint(1, 16))) for _ in range(2000)]
    written = [as_markdown(text) for text in texts]
    assert run("typed.js", "given.map(m.asMarkdown)", texts) == written
    read = [unescape(re.sub(r"<[^>]*>", "", clean(to_html(one)))) for one in written]
    shown = run("preview.js", DRAWN, texts)
    assert ["".join(text.split()) for text in shown] == ["".join(text.split()) for text in read]


def test_search_engines_find_the_forms_and_not_what_belongs_to_one_author(built: Built) -> None:
    noindex = {url: "noindex" in built.text(f"{url}index.html") for url in ("proposer/", "proposer/suivi/")}
    assert noindex == {"proposer/": False, "proposer/suivi/": False}


def test_each_kind_of_proposal_is_led_to_and_is_there(built: Built) -> None:
    links = [link for link in built.links("proposer/") if link.startswith("proposer/")]
    assert len(links) == 10
    assert [link for link in links if link not in built] == []


@pytest.mark.parametrize(
    ("url", "asked"),
    [("suite/", True), ("correction/", True), ("retrait/", True), ("signalement/", True),
     ("membre/", False), ("service/", False), ("mot/", False)],
)  # fmt: skip
def test_what_is_about_a_message_asks_which_one_and_nothing_else_does(built: Built, url: str, asked: bool) -> None:
    assert bool(re.search(r'<input[^>]* name="target"', built.text(f"proposer/{url}index.html"))) is asked
