"""Whatever a post does with its marks, an identity that its page shows is found in what was typed."""

from __future__ import annotations

import re
from html import unescape

import pytest

from divan.forum.markdown import to_html
from divan.forum.sanitising import clean
from divan.privacy.detect import find_identifiers

_BLOCK = re.compile(r"</?(?:p|div|li|ul|ol|blockquote|section|pre|details|summary|h[1-6]|hr|table|t[rhd])\b[^>]*>")
_CALL_OF_NOTE = re.compile(r'<sup class="footnote-ref">.*?</sup>|<a [^>]*class="footnote-backref".*?</a>')
_DEFINED = "\n\n[r]: https://x.example\n\n[98]: https://x.example\n\n[^n]: une note\n"
LONG = "x" * 700
BETWEEN = [
    "![](x)", "![une plaie](../../images/a.png)", '![a](x "y")', "[](x)", f"[](x/{LONG})", "[][r]",
    "[](<x y>)", "[](x 'y')",
    "[![](a)](b)", "[^n]", "<!-- -->", "<!---->", "<!-- a\nb -->", f"<!-- {LONG} -->", f"<!-- {LONG} <!-- b -->",
    "<b></b>", "<sup></sup>", "<br>", f'<abbr title="{LONG}"></abbr>', "&#8203;", "&shy;", "&NoBreak;", "\\\n", "  \n",
    "\n", "****", "<wbr>",
]  # fmt: skip
AROUND = [
    "[{}](x)", "[{}](x/a_(b))", '[{}](<x y> "z")', "[{}][r]", "[{}][]", "[{}]", "**{}**", "_{}_", "`{}`", "`` {} ``",
    "~~{}~~", "<b>{}</b>", "<del>{}</del>", '<a href="x">{}</a>', f'<abbr title="{LONG}">{{}}</abbr>',
]  # fmt: skip
PHONE = "tel 06 39 98 12 34 le soir"
PLACES = range(4, len("tel 06 39 98 12 34"))
WORDS = [
    "> tel 06 39 98\n> 12 34", "> > vue par Mme\n> > Dupont hier", "> [!NOTE]\n> vue par Mme\n> Dupont hier",
    "vue par Mme\n**Dupont** hier", "vue par Mme\n*Dupont* hier", "- vue par Mme\nDupont", "Mme &Dfr;upont",
    "&Mopf;me Dupont", "<del>Mme Du</del>pont", "Mme Dupоnt", "٠٦ ٣٩ ٩٨ ١٢ ٣٤", "Mme <Dupont> tousse",
    "<b Mme Dupont> tousse",
    "06*39*98*12*34", "06:39:98:12:34", "06|39|98|12|34", "06 39 \\[98\\] 12 34", "06 -- 39 -- 98 -- 12 -- 34",
]  # fmt: skip


def shown(text: str) -> str:
    """What the page of a post lets read, without its images and the numbers of its notes."""
    html = _CALL_OF_NOTE.sub("", clean(to_html(text))).replace("<br>", " ")
    words = unescape(re.sub(r"<[^>]*>", "", _BLOCK.sub("\n\n", html)))
    return re.sub("[<>]", "|", words)


def kinds(text: str) -> set[str]:
    return {finding.rule.id for finding in find_identifiers(text)}


@pytest.mark.parametrize("mark", BETWEEN)
def test_a_number_that_the_page_shows_whole_is_found_whatever_stands_in_it(mark: str) -> None:
    texts = [PHONE[:at] + mark + PHONE[at:] + _DEFINED for at in PLACES]
    whole = [text for text in texts if "phone" in kinds(shown(text))]
    assert whole
    assert [text for text in whole if "phone" not in kinds(text)] == []


@pytest.mark.parametrize("mark", AROUND)
def test_a_number_that_the_page_shows_whole_is_found_whatever_is_put_around_a_part(mark: str) -> None:
    pairs = [(start, end) for start in PLACES for end in PLACES if start < end]
    texts = [PHONE[:start] + mark.format(PHONE[start:end]) + PHONE[end:] + _DEFINED for start, end in pairs]
    whole = [text for text in texts if "phone" in kinds(shown(text))]
    assert whole
    assert [text for text in whole if "phone" not in kinds(text)] == []


@pytest.mark.parametrize("text", WORDS)
def test_what_a_quotation_a_list_or_a_sign_parts_is_read_as_one(text: str) -> None:
    assert kinds(text) & {"phone", "titled_name"}


@pytest.mark.parametrize(
    "text",
    [
        "deux\n![radio de Mme Dupont](x)", "deux\n<!-- Mme Dupont\n -->", 'deux\n[voir](x "Mme Dupont")',
        "deux\n<https://x.example/mme-dupont> Mme Dupont", "deux\n![une plaie](tel:0639981234)", "deux[^0639981234]",
        "deux\n[voir][Mme Dupont]", "deux\n<tel:0639981234>", f'deux\n<abbr title="{LONG} 06 39 98 12 34">x</abbr>',
    ],
)  # fmt: skip
def test_what_is_published_beside_what_is_seen_is_looked_at_too(text: str) -> None:
    assert kinds(text) & {"phone", "titled_name"}
