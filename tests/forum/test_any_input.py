"""Whatever bytes a file holds, reading it ends in a post or in problems, never in a traceback."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from divan.forum.directory import read_member, read_service
from divan.forum.judge import judge_opening, judge_reply
from divan.forum.post_text import decode
from divan.forum.vocabulary import Vocabulary, read_vocabulary
from divan.sources.problem import Problem, ProblemsFound

HEAD = [
    "title: Toux", "date: 2026-03-14 18:20", "author: a1", "hashtags: [toux]", "specialty: x", "status: open",
    "area: admin",
]  # fmt: skip
MARKS = [": ", "'", '"', "[", "]", "{", "}", "&a ", "*a ", ">", "\n", "---\n", "\r\n", "\0", "\t", "\ufeff", "\u2028"]
YAML = ["- name: x\n", "consent: 2026-01-01\n", "expires: 1\n", "sources: [", "reviewed: [1]\n", "in_reply_to: 3\n"]
TEXT = [
    "## Question\n",
    "## Contexte\n",
    "q\n",
    "[^1]",
    "[^1]: ",
    "![x](",
    "](",
    ")",
    "#toux",
    "<a href=",
    "06 39 98 01 02",
]
pieces = st.sampled_from([*HEAD, *MARKS, *YAML, *TEXT, "né le 1/1/1", "status: withdrawn\n"]) | st.text(max_size=10)
heads = st.lists(st.sampled_from(HEAD), unique=True).map("\n".join)
files = st.tuples(st.just("---\n"), heads, st.lists(pieces, max_size=12).map("".join)).map("".join) | st.binary(
    max_size=40
)


@given(files)
def test_reading_ends_in_a_post_or_in_problems(vocabulary: Vocabulary, written: str | bytes) -> None:
    content = written if isinstance(written, bytes) else written.encode("utf-8", "surrogatepass")
    with suppress(ProblemsFound):
        text = decode("a", content)
        said = [
            *judge_opening("content/cases/2026/2026-03-14-k7f2.md", text, vocabulary, bool).problems,
            *judge_opening("content/topics/2026/2026-03-14-k7f2.md", text, vocabulary, bool).problems,
            *judge_reply("content/replies/2026-03-14-k7f2/2026-03-14-abcd.md", text, vocabulary, bool).problems,
        ]
        assert all(isinstance(problem, Problem) for problem in said)
        for read in (read_member, read_service, read_vocabulary):
            with suppress(ProblemsFound):
                read("a.yaml", text)
