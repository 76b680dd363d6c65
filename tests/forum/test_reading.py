"""What a post becomes once read."""

import re
from datetime import datetime

import pytest

from divan.forum.body import Body
from divan.forum.excerpt import LONGEST, excerpt
from divan.forum.model import Kind, Named, Opening, Reply, Status, Visibility
from divan.forum.reading import read_opening, read_reply
from divan.forum.vocabulary import Vocabulary
from divan.sources.problem import ProblemsFound
from tests.forum.conftest import CASE, CASE_PATH

HEAD = """\
---
title: Toux sèche : que faire ?
date: 2026-03-14 18:20
author: martin-pêcheur
hashtags: [HTA, toux]
specialty: pneumologie
departement: "86"
status: answered
sources:
  - "HAS. *Titre*. 2021. https://www.has-sante.fr"
---
"""
BODY = """\
## Question
Que faire de cette toux[^1] sous #iec ?

### Détail
Rien.

## Contexte
Voir [la note][n].

```
## Résolution
```

## Constatations
> ## Note
> citée

## Résolution
Arrêt de l'IEC.

[^1]: Sèche.
[n]: https://example.org
"""


@pytest.fixture
def case(vocabulary: Vocabulary) -> Opening:
    head = HEAD.replace("title: Toux sèche : que faire ?", 'title: "Toux sèche : que faire ?"')
    return read_opening(Kind.CASE, "content/cases/2026/2026-03-14-k7f2.md", head + BODY, vocabulary)


def test_the_row_says_what_lists_need(case: Opening) -> None:
    row = case.thread
    assert (row.id, row.kind, row.author) == ("2026-03-14-k7f2", Kind.CASE, "martin-pêcheur")
    assert row.title == "Toux sèche\u00a0: que faire\u00a0?"
    assert row.date == datetime(2026, 3, 14, 18, 20)
    assert (row.specialty, row.departement, row.area) == ("pneumologie", "86", None)
    assert (row.status, row.visibility) == (Status.ANSWERED, Visibility.PUBLIC)


def test_hashtags_come_from_the_head_then_from_the_text_by_their_names(case: Opening) -> None:
    assert case.thread.hashtags == ("hypertension-artérielle", "toux", "iec")


def test_parts_are_cut_at_the_titles_of_the_text_itself(case: Opening) -> None:
    assert [(part.id, part.title, part.folded) for part in case.sections] == [
        ("question", "Question", False),
        ("context", "Contexte", False),
        ("findings", "Constatations", False),
        ("resolution", "Résolution", True),
    ]
    assert case.sections[1].html.endswith("<pre><code>## Résolution\n</code></pre>\n")


def test_definitions_serve_the_whole_text_and_footnotes_stay_in_their_part(case: Opening) -> None:
    assert 'href="https://example.org"' in case.sections[1].html
    assert 'id="2026-03-14-k7f2-question-fn-1"' in case.sections[0].html
    assert "footnotes" not in case.sections[3].html


def test_headings_nest_under_the_part(case: Opening) -> None:
    assert "<h3>Détail</h3>" in case.sections[0].html
    assert "<blockquote>\n<h3>Note</h3>" in case.sections[2].html


def test_sources_are_one_line_of_html(case: Opening) -> None:
    (source,) = case.sources
    assert source.startswith("HAS. <em>Titre</em>. 2021. <a href=")


def test_the_excerpt_is_the_question_never_the_resolution(case: Opening) -> None:
    assert case.thread.excerpt == "Que faire de cette toux sous #iec\u00a0? Détail Rien."


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Un <strong>mot</strong>.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "Un mot. a b"),
        ("<p>a &amp; b &lt;c&gt;</p>", "a & b <c>"),
        (f"<p>{'mot ' * 60}</p>", "mot " * 49 + "mot…"),
        ("<p>oui\u00a0!</p>", "oui\u00a0!"),
        ('<p><img loading="lazy" src="../../images/a.png" alt="ECG, V2 &amp; V3"> Voici.</p>', "[ECG, V2 & V3] Voici."),
    ],
)
def test_an_excerpt_is_plain_and_cut_between_words(html: str, expected: str) -> None:
    assert excerpt(html, first_paragraph=False) == expected
    assert len(expected) <= LONGEST


def test_a_topic_is_one_part_and_its_excerpt_the_first_paragraph(vocabulary: Vocabulary) -> None:
    text = (
        "---\ntitle: Logiciel\ndate: 2026-03-20\nauthor: mésange\narea: admin\nstatus: open\nvisibility: members\n---\n"
        "Lequel ?\n\n# Pourquoi\n\nParce que.\n\n### Et\n"
    )
    topic = read_opening(Kind.TOPIC, "content/topics/2026/2026-03-20-abcd.md", text, vocabulary)
    assert topic.thread.area == Named("admin", "Questions administratives", "administratif")
    assert topic.thread.visibility == Visibility.MEMBERS
    assert topic.thread.excerpt == "Lequel\u00a0?"
    assert topic.thread.date == datetime(2026, 3, 20)
    assert [part.html for part in topic.sections] == [
        "<p>Lequel\u00a0?</p>\n<h2>Pourquoi</h2>\n<p>Parce que.</p>\n<h3>Et</h3>\n"
    ]


def test_a_withdrawn_post_comes_back_empty(vocabulary: Vocabulary) -> None:
    opening = read_opening(
        Kind.CASE,
        "content/cases/2026/2026-03-14-k7f2.md",
        "---\ntitle: Un secret\ndate: 2026-03-14 18:20\nauthor: martin\nhashtags: [toux]\nspecialty: secret\n"
        "status: withdrawn\n---\nUn secret.\n",
        vocabulary,
    )
    assert "ecret" not in repr(opening) and "martin" not in repr(opening)
    assert (opening.thread.status, opening.sections, opening.thread.hashtags) == (Status.WITHDRAWN, (), ())


def test_a_reply_knows_its_thread_by_its_folder(vocabulary: Vocabulary) -> None:
    text = "---\ndate: 2026-03-15 08:05\nauthor: mésange\nin_reply_to: 2026-03-15-aaaa\n---\n# Oui\n#toux\n"
    reply = read_reply("content/replies/2026-03-14-k7f2/2026-03-15-c4tq.md", text, vocabulary)
    assert (reply.info.id, reply.info.thread) == ("2026-03-15-c4tq", "2026-03-14-k7f2")
    assert reply.info.in_reply_to == "2026-03-15-aaaa"
    assert reply == Reply(reply.info, '<h4>Oui</h4>\n<p><a class="hashtag" href="../../mots/toux/">#toux</a></p>\n')


@pytest.mark.parametrize(
    ("markdown", "linked"),
    [
        ("#HTA, puis", True),
        ("(#hypertension-artérielle)", True),
        ("l'#hta", True),
        ("« #hta »", True),
        ("**#hta**", True),
        ("`#hta`", False),
        ("    #hta", True),
        ("[#hta](https://example.org)", False),
        ("https://example.org/#hta", False),
        ("C#hta", False),
        ("##hta", False),
        ("n° #12", False),
    ],
)
def test_words_link_to_their_page_except_in_code_links_and_addresses(
    markdown: str, linked: bool, vocabulary: Vocabulary
) -> None:
    text = f"---\ndate: 2026-03-15\nauthor: mésange\n---\n{markdown}\n"
    html = read_reply("content/replies/2026-03-14-k7f2/2026-03-15-c4tq.md", text, vocabulary).html
    assert ('href="../../mots/hypertension-arterielle/"' in html) is linked


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Lequel ? « Oui » : a ; b !", "<p>Lequel\u00a0? «\u00a0Oui\u00a0»\u00a0: a\u00a0; b\u00a0!</p>"),
        ("**IEC** : `a : b` ; c", "<p><strong>IEC</strong>\u00a0: <code>a : b</code>\u00a0; c</p>"),
        ("```\na ? b : c\n```", "<pre><code>a ? b : c\n</code></pre>"),
        ("à 20:30, 1:2", "<p>à 20:30, 1:2</p>"),
        ('[a](https://a.example "b : c") !', "</a>\u00a0!</p>"),
    ],
)
def test_a_double_sign_never_starts_a_line_except_in_code(written: str, shown: str, vocabulary: Vocabulary) -> None:
    html = Body("content/replies/2026-03-14-k7f2/2026-03-15-c4tq.md", vocabulary).render(written, "k", 4)
    assert html.strip().endswith(shown)


@pytest.mark.parametrize("part", ["Question", "Contexte", "Constatations"])
def test_a_case_lacks_none_of_its_first_three_parts(part: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(ProblemsFound, match=f"il manque la partie « {part} »"):
        read_opening(Kind.CASE, CASE_PATH, re.sub(rf"## {part}\n[^#]*", "", CASE), vocabulary)
