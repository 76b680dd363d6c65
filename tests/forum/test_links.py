"""Links lead out with a warning to robots, in to pages; images are the site's own."""

import pytest

from divan.forum.body import Body
from divan.forum.vocabulary import Vocabulary

CASE = "content/cases/2026/2026-03-14-k7f2.md"
REPLY = "content/replies/2026-03-14-k7f2/2026-03-15-c4tq.md"
REL = 'rel="nofollow noopener noreferrer ugc"'


def rendered(path: str, markdown: str, vocabulary: Vocabulary) -> tuple[str, list[str]]:
    body = Body(path, vocabulary)
    return body.render(markdown, "k", 3), [message for _, message, _ in body.faults]


@pytest.mark.parametrize(
    "url", ["https://example.org/a", "http://example.org", "//example.org", "mailto:a@example.org"]
)
def test_an_outside_link_says_so(url: str, vocabulary: Vocabulary) -> None:
    html, faults = rendered(CASE, f"[ici]({url})", vocabulary)
    assert html == f'<p><a href="{url}" {REL}>ici</a></p>\n'
    assert faults == []


@pytest.mark.parametrize(
    ("path", "link", "url"),
    [
        (CASE, "2026-01-02-abcd.md", "../../cas/2026-01-02-abcd/"),
        (CASE, "../2025/2025-01-02-abcd.md", "../../cas/2025-01-02-abcd/"),
        (CASE, "../../topics/2026/2026-01-02-abcd.md", "../../sujets/2026-01-02-abcd/"),
        (REPLY, "../../cases/2026/2026-03-14-k7f2.md#note", "../../cas/2026-03-14-k7f2/#note"),
        (REPLY, "2026-03-15-zzzz.md", "#r-2026-03-15-zzzz"),
    ],
)  # fmt: skip
def test_a_link_between_files_leads_to_the_page(path: str, link: str, url: str, vocabulary: Vocabulary) -> None:
    assert rendered(path, f"[ce fil]({link})", vocabulary) == (f'<p><a href="{url}">ce fil</a></p>\n', [])


@pytest.mark.parametrize(
    "link", ["cas/2026-03-14-k7f2/", "../../../etc/passwd.md", "ici", "../../cases/2026/toux.md", "?q=1"]
)
def test_any_other_relative_link_is_a_fault(link: str, vocabulary: Vocabulary) -> None:
    html, faults = rendered(CASE, f"[ici]({link})", vocabulary)
    assert html == "<p><a>ici</a></p>\n"
    assert len(faults) == 1 and "mène à un fil du forum" in faults[0]


def test_an_image_of_the_site_is_shown_with_the_same_address_as_on_the_forge(vocabulary: Vocabulary) -> None:
    markdown = "![Tracé avec sus-décalage](../../images/2026/ecg.png)"
    html, faults = rendered(CASE, markdown, vocabulary)
    assert html == '<p><img loading="lazy" src="../../images/2026/ecg.png" alt="Tracé avec sus-décalage"></p>\n'
    assert faults == []


@pytest.mark.parametrize(
    "source",
    ["https://example.org/a.png", "//example.org/a.png", "../../images/../x.png", "a.png", "../../images/a.svg"],
)
def test_any_other_image_is_a_fault_and_is_left_out(source: str, vocabulary: Vocabulary) -> None:
    html, faults = rendered(CASE, f"![x]({source})", vocabulary)
    assert html == "<p></p>\n"
    assert faults == ["une image vient du site lui-même, jamais d'ailleurs"]


def test_an_image_without_words_is_a_fault(vocabulary: Vocabulary) -> None:
    _, faults = rendered(CASE, "![](../../images/a.png)", vocabulary)
    assert faults == ["une image doit dire en mots ce qu'elle montre"]
