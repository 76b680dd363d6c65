"""Plain Pelican: cases as articles with their replies inlined, the content cache on at its quickest layer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import version

from bench.corpus import Case, Post
from bench.peers.builder import FEED_SIZE, PAGE_SIZE, Builder, excerpt, inlined, page

SETTINGS = f"""
SITENAME = "Divan"
SITEURL = "http://localhost:8000"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
PLUGINS = []
ARTICLE_URL = "cas/{{slug}}/"
ARTICLE_SAVE_AS = "cas/{{slug}}/index.html"
TAG_URL = "mots/{{slug}}/"
TAG_SAVE_AS = "mots/{{slug}}/index.html"
INDEX_SAVE_AS = "cas/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags"]
TAGS_SAVE_AS = "mots/index.html"
PAGINATED_TEMPLATES = {{"index": None, "tag": None}}
DEFAULT_PAGINATION = {PAGE_SIZE}
FEED_ALL_ATOM = "atom.xml"
FEED_MAX_ITEMS = {FEED_SIZE}
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
THEME_STATIC_PATHS = []
STATIC_PATHS = []
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "generator"
GZIP_CACHE = False
LOG_FILTER = []
"""
CARD = """<article class="card"><p class="kind">{{ article.state }} · {{ article.specialty }}</p>
<h2><a href="/{{ article.url }}">{{ article.title }}</a></h2><p>{{ article.summary }}</p>
<p class="meta">{{ article.author }} · <time>{{ article.date.strftime("%Y-%m-%d") }}</time></p>
<ul class="tags">{% for tag in article.tags %}
<li><a href="/{{ tag.url }}">#{{ tag }}</a></li>{% endfor %}</ul></article>
"""
LIST = """{% extends "base.html" %}{% block main %}<h1>{{ tag or "Cas" }}</h1>
{% for article in articles_page.object_list %}{% include "card.html" %}{% endfor %}
<nav>{% if articles_page.has_previous() %}<a href="/{{ articles_previous_page.url }}">Plus récents</a>{% endif %}
{{ articles_page.number }}
{% if articles_page.has_next() %}<a href="/{{ articles_next_page.url }}">Plus anciens</a>{% endif %}</nav>{% endblock %}
"""
ARTICLE = """{% extends "base.html" %}{% block main %}<article><h1>{{ article.title }}</h1>
<p class="meta">{{ article.state }} · {{ article.specialty }} · {{ article.author }} ·
{{ article.date.strftime("%Y-%m-%d") }}</p>
<ul class="tags">{% for tag in article.tags %}<li><a href="/{{ tag.url }}">#{{ tag }}</a></li>{% endfor %}</ul>
{{ article.content }}</article>{% endblock %}
"""
TAGS = """{% extends "base.html" %}{% block main %}<ul>{% for tag, articles in tags %}<li>
<a href="/{{ tag.url }}">{{ tag }} {{ articles|count }}</a></li>{% endfor %}</ul>{% endblock %}
"""


class PlainPelican(Builder):
    """Pelican as its documentation says, without any plugin."""

    name = "pelican"
    output = "output"
    made = ("output", "cache")

    def install(self) -> str:
        return version("pelican")

    def prepare(self, cases: Iterator[Case]) -> None:
        self.write("pelicanconf.py", SETTINGS)
        base = page('{{ article.title if article else "Divan" }}', "{% block main %}{% endblock %}")
        templates = {"base": base, "card": CARD, "index": LIST, "tag": LIST, "article": ARTICLE, "tags": TAGS}
        for name, text in templates.items():
            self.write(f"theme/templates/{name}.html", text)
        for case in cases:
            replies = "".join(map(inlined, case.replies))
            self.write(_path(case), _head(case) + case.post.body + replies)

    def add_reply(self, case: Case, reply: Post) -> None:
        self.append(_path(case), inlined(reply))

    def command(self, changed: Case | None) -> list[str]:
        return [sys.executable, "-m", "pelican", "-q", "-s", "pelicanconf.py"]


def _path(case: Case) -> str:
    return f"content/cas/{case.date:%Y}/{case.post.id}.md"


def _head(case: Case) -> str:
    head = dict(case.post.head)
    return (
        f"Title: {case.title}\nDate: {head['date']}\nSlug: {case.post.id}\nAuthor: {head['author']}\n"
        f"Tags: {', '.join(case.tags)}\nSpecialty: {head['specialty']}\nState: {head['status']}\n"
        f"Summary: {excerpt(case)}\n\n"
    )
