"""A post is a stranger's text: whatever it holds, a page gets the listed tags and attributes, and nothing runs."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from divan.forum.body import Body
from divan.forum.sanitising import ATTRIBUTES, CLASSES, TAGS
from divan.forum.vocabulary import Vocabulary

OURS = {
    "a": {"rel", "class", "id", "aria-label"},
    "li": {"id"},
    "td": {"class"},
    "th": {"class"},
    "div": {"class", "role", "tabindex", "aria-label"},  # the box of a table
}
OUR_CLASSES = {"hashtag", "scroll", "align-left", "align-center", "align-right"}.union(*CLASSES.values())
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><path/></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<iframe src=https://example.org></iframe>",
    "<object data=x></object><embed src=x>",
    "<style>body{display:none}</style>",
    '<p style="position:fixed">x</p>',
    '<p class="button" id="reponses">x</p>',
    "<form action=https://example.org><input name=a><button>ok</button></form>",
    "<meta http-equiv=refresh content=0>",
    "<base href=https://example.org>",
    "<link rel=stylesheet href=https://example.org>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "<a href=' &#106;avascript:alert(1)'>x</a>",
    "<a href=https://example.org target=_top onclick=x()>x</a>",
    "![x](data:image/svg+xml;base64,AAAA)",
    "![x](https://example.org/pixel.png)",
    "<video src=https://example.org/a.mp4 autoplay></video>",
    "<div><template><script>x</script></template></div>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    '<a title="a>b" href="#fn-1" id="x">x</a>[^1]\n\n[^1]: <b id="statut">n</b>',
    '<td align="left" onclick="x">a</td>',
    '<p title=\'<a class="hashtag" href="../../mots/">\'>#toux</p>',
    "`<script>`",
    "<details open ontoggle=alert(1)><summary>#toux</summary></details>",
    '```"><script>alert(1)</script>\nx\n```',
    "<!--><script>alert(1)</script>-->",
    "<x-button onfocus=alert(1) tabindex=1>x</x-button>",
    'https://example.org/"onmouseover=alert(1)',
    '#toux"><img src=x>',
    '<a class="footnotes" id="contenu" href="#">x</a>',
    "a[^1]\n\n[^1]: b\n\n[^1]: c",
    'a[^x"onclick=1]\n\n[^x"onclick=1]: b',
    '<sup><a id="fnref-1">1</a></sup> a[^1]\n\n[^1]: b',
]


class Page(HTMLParser):
    """Refuses what is not on the list, and an id given twice."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attrs:
            assert name in ATTRIBUTES.get(tag, set()) | OURS.get(tag, set()) | ({"class"} if tag in CLASSES else set())
            if name == "class":
                assert set((value or "").split()) <= OUR_CLASSES
            if name == "id":
                assert (value or "").startswith("k-fn") and value not in self.ids
                self.ids.add(value or "")
            if name == "href":
                assert (value or "").lower().startswith(("http:", "https:", "mailto:", "tel:", "#", "../../", "//"))
            if name == "src":
                assert (value or "").startswith("../../images/")

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment came through")


def page_of(markdown: str, vocabulary: Vocabulary) -> str:
    html = Body("content/cases/2026/2026-03-14-k7f2.md", vocabulary).render(markdown, "k", 3)
    page = Page()
    page.feed(html)
    page.close()
    return html


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_unlisted_comes_through(attack: str, vocabulary: Vocabulary) -> None:
    page_of(attack, vocabulary)


@pytest.mark.parametrize("harmless", ["H<sub>2</sub>O", "<kbd>Ctrl</kbd>", "<details><summary>a</summary>b</details>"])
def test_what_the_forge_shows_is_kept(harmless: str, vocabulary: Vocabulary) -> None:
    assert harmless in page_of(harmless, vocabulary)


@example("<a href=x>[a](<b&b>)</a>")
@given(
    st.lists(
        st.sampled_from(
            [*ATTACKS, "\n\n", "\n", " ", "> ", "- ", "| a |\n|---|\n", "[^1]", "\n[^1]: ", "**", "`", "</", '"', "<"]
        )
        | st.text(max_size=20),
        max_size=8,
    ).map("".join)
)
def test_whatever_is_written_only_listed_tags_and_attributes_come_out(vocabulary: Vocabulary, text: str) -> None:
    page_of(text, vocabulary)
