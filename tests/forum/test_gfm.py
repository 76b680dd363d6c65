"""Posts render as GitHub-flavoured Markdown says (CommonMark, tables, strikethrough, autolinks, task lists, notes).

Expected HTML was written from the specification; ``rel`` on outside links is left out here (see test_links). Some
things differ on purpose: a task's box is a sign rather than a form field, columns are aligned by a class, an alert's
title is in French, an indent never makes code and a single ``~`` is itself (see test_lossless).
"""

import pytest

from divan.forum.body import Body
from divan.forum.vocabulary import Vocabulary

SAMPLES = {
    "paragraphs": (
        "Bonjour,\n\nmerci.",
        "<p>Bonjour,</p>\n<p>merci.</p>",
    ),
    "soft line break": (
        "une\ndeux",
        "<p>une\ndeux</p>",
    ),
    "hard line break, backslash": (
        "une\\\ndeux",
        "<p>une<br>\ndeux</p>",
    ),
    "hard line break, two spaces": (
        "une  \ndeux",
        "<p>une<br>\ndeux</p>",
    ),
    "emphasis": (
        "*un* et _deux_",
        "<p><em>un</em> et <em>deux</em></p>",
    ),
    "strong": (
        "**un** et __deux__",
        "<p><strong>un</strong> et <strong>deux</strong></p>",
    ),
    "both": (
        "***un***",
        "<p><em><strong>un</strong></em></p>",
    ),
    "underscores inside words": (
        "anti_tnf_alpha",
        "<p>anti_tnf_alpha</p>",
    ),
    "strikethrough": (
        "~~non~~ et ~non~",
        "<p><del>non</del> et ~non~</p>",
    ),
    "code span": (
        "`a < b` et ``a ` b``",
        "<p><code>a &lt; b</code> et <code>a ` b</code></p>",
    ),
    "escaped": (
        "\\*pas en italique\\*",
        "<p>*pas en italique*</p>",
    ),
    "entities": (
        "&eacute; &lt; &copy; &#233;",
        "<p>é &lt; © é</p>",
    ),
    "bullets": (
        "- un\n- deux\n  - dedans",
        "<ul>\n<li>un</li>\n<li>deux\n<ul>\n<li>dedans</li>\n</ul>\n</li>\n</ul>",
    ),
    "bullets, loose": (
        "- un\n\n- deux",
        "<ul>\n<li>\n<p>un</p>\n</li>\n<li>\n<p>deux</p>\n</li>\n</ul>",
    ),
    "ordered, from three": (
        "3. trois\n4. quatre",
        '<ol start="3">\n<li>trois</li>\n<li>quatre</li>\n</ol>',
    ),
    "task list": (
        "- [ ] à faire\n- [x] fait",
        "<ul>\n<li>☐ à faire</li>\n<li>☑ fait</li>\n</ul>",
    ),
    "block quote": (
        "> il a dit\nla suite",
        "<blockquote>\n<p>il a dit\nla suite</p>\n</blockquote>",
    ),
    "quote in quote": (
        "> un\n>> deux",
        "<blockquote>\n<p>un</p>\n<blockquote>\n<p>deux</p>\n</blockquote>\n</blockquote>",
    ),
    "fenced code": (
        "```\n<b> & **c**\n```",
        "<pre><code>&lt;b&gt; &amp; **c**\n</code></pre>",
    ),
    "fenced code, language": (
        "~~~python\nx\n~~~",
        "<pre><code>x\n</code></pre>",
    ),
    "indented code": (
        "    code",
        "<p>code</p>",
    ),
    "thematic break": (
        "un\n\n---\n\ndeux",
        "<p>un</p>\n<hr>\n<p>deux</p>",
    ),
    "setext heading": (
        "Titre\n-----",
        "<h2>Titre</h2>",
    ),
    "atx closed": (
        "## Titre ##",
        "<h2>Titre</h2>",
    ),
    "no space, no heading": (
        "#5 et #6",
        "<p>#5 et #6</p>",
    ),
    "link": (
        "[HAS](https://www.has-sante.fr)",
        '<p><a href="https://www.has-sante.fr">HAS</a></p>',
    ),
    "link with title": (
        '[HAS](https://www.has-sante.fr "le site")',
        '<p><a href="https://www.has-sante.fr" title="le site">HAS</a></p>',
    ),
    "reference link": (
        "[HAS]\n\n[HAS]: https://www.has-sante.fr",
        '<p><a href="https://www.has-sante.fr">HAS</a></p>',
    ),
    "reference link, case-insensitive": (
        "[voir][Ref]\n\n[rEF]: https://example.org",
        '<p><a href="https://example.org">voir</a></p>',
    ),
    "autolink in angles": (
        "<https://example.org/a?b=1&c=2>",
        '<p><a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a></p>',
    ),
    "bare autolink": (
        "voir https://example.org/a, puis",
        '<p>voir <a href="https://example.org/a">https://example.org/a</a>, puis</p>',
    ),
    "bare www": (
        "www.example.org",
        '<p><a href="http://www.example.org">www.example.org</a></p>',
    ),
    "autolink and parenthesis": (
        "(https://example.org/a_(b))",
        '<p>(<a href="https://example.org/a_(b)">https://example.org/a_(b)</a>)</p>',
    ),
    "table": (
        "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |",
        '<table>\n<thead>\n<tr>\n<th class="align-left">a</th>\n<th class="align-center">b</th>\n'
        '<th class="align-right">c</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class="align-left">1</td>\n'
        '<td class="align-center">2</td>\n<td class="align-right">3</td>\n</tr>\n</tbody>\n</table>',
    ),
    "table, escaped pipe": (
        "| a |\n|---|\n| b \\| c |",
        "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b | c</td>\n</tr>\n</tbody>\n</table>",
    ),
    "table, ragged": (
        "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |",
        "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n"
        "<td></td>\n</tr>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>",
    ),
    "inline in a cell": (
        "| **a** |\n|---|\n| `b` |",
        "<table>\n<thead>\n<tr>\n<th><strong>a</strong></th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
        "<td><code>b</code></td>\n</tr>\n</tbody>\n</table>",
    ),
    "footnote": (
        "Un fait[^1].\n\n[^1]: La source.",
        '<p>Un fait<sup class="footnote-ref"><a href="#k-fn-1" id="k-fnref-1">1</a></sup>.</p>\n'
        '<section class="footnotes">\n<ol>\n<li id="k-fn-1">\n'
        '<p>La source. <a href="#k-fnref-1" class="footnote-backref" aria-label="Retour au texte, note 1">↩</a></p>\n'
        "</li>\n</ol>\n</section>",
    ),
    "alert": (
        "> [!WARNING]\n> Contre-indiqué.",
        '<div class="markdown-alert markdown-alert-warning">\n'
        '<p class="markdown-alert-title">Attention</p>\n<p>Contre-indiqué.</p>\n</div>',
    ),
    "alert with its own title": (
        "> [!TIP] Astuce\n> Ici.",
        '<div class="markdown-alert markdown-alert-tip">\n<p class="markdown-alert-title">Astuce</p>\n'
        "<p>Ici.</p>\n</div>",
    ),
    "raw inline": (
        "H<sub>2</sub>O, <kbd>Ctrl</kbd>",
        "<p>H<sub>2</sub>O, <kbd>Ctrl</kbd></p>",
    ),
    "raw details": (
        "<details>\n<summary>Suite</summary>\n\n**gras**\n\n</details>",
        "<details>\n<summary>Suite</summary>\n<p><strong>gras</strong></p>\n</details>",
    ),
    "comment": (
        "avant <!-- caché --> après",
        "<p>avant  après</p>",
    ),
    "emoji kept": (
        "👍 merci",
        "<p>👍 merci</p>",
    ),
    "NBSP kept": (
        "12\u00a0mg",
        "<p>12&nbsp;mg</p>",
    ),
    "tagfilter": (
        "<xmp>a</xmp>",
        "<p>&lt;xmp&gt;a&lt;/xmp&gt;</p>",
    ),
    "link in brackets is not a link": (
        "[pas un lien]",
        "<p>[pas un lien]</p>",
    ),
    "emphasis across link": (
        "*[a](https://example.org)*",
        '<p><em><a href="https://example.org">a</a></em></p>',
    ),
    "nested list and code": (
        "1. un\n\n       code\n2. deux",
        "<ol>\n<li>\n<p>un</p>\n<p>code</p>\n</li>\n<li>\n<p>deux</p>\n</li>\n</ol>",
    ),
    "html entities in url": (
        "[a](https://example.org/?a=1&amp;b=2)",
        '<p><a href="https://example.org/?a=1&amp;b=2">a</a></p>',
    ),
}


def in_boxes(html: str) -> str:
    """What the specification says, each table in the box where it scrolls."""
    box = '<div class="scroll" role="group" tabindex="0" aria-label="Tableau">'
    return html.replace("<table>", f"{box}<table>").replace("</table>", "</table></div>")


@pytest.mark.parametrize(("markdown", "html"), SAMPLES.values(), ids=SAMPLES)
def test_a_post_renders_as_the_specification_says(markdown: str, html: str, vocabulary: Vocabulary) -> None:
    body = Body("content/topics/2026/2026-03-14-k7f2.md", vocabulary)
    rendered = body.render(markdown, key="k", top_heading=2)
    assert rendered.replace(' rel="nofollow noopener noreferrer ugc"', "") == in_boxes(html) + "\n"
    assert body.faults == []
