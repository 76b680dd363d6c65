"""Eleventy: cases as Markdown with their replies inlined.

A full build after a reply too: outside its own server, ``--incremental=<file>`` of 3.1.7 fails as soon as a template
paginates a collection, and where it works it leaves lists stale.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.corpus import Case, Post
from bench.peers.builder import FEED_SIZE, PAGE_SIZE, Builder, excerpt, inlined, page

LOCK = Path(__file__).parent / "eleventy"

CONFIG = f"""
const day = (date) => date.toISOString().slice(0, 10);
export default function (eleventy) {{
  eleventy.addFilter("day", day);
  eleventy.addFilter("slug", (text) => text.normalize("NFD").replace(/[\\u0300-\\u036f]/g, ""));
  eleventy.addCollection("cases", (all) => all.getFilteredByGlob("content/cas/*.md").reverse());
  eleventy.addCollection("byTag", (all) => {{
    const pages = [], tags = new Map();
    for (const one of all.getFilteredByGlob("content/cas/*.md").reverse())
      for (const tag of one.data.mots) tags.set(tag, [...(tags.get(tag) ?? []), one]);
    for (const [tag, items] of tags)
      for (let at = 0; at < items.length; at += {PAGE_SIZE})
        pages.push({{ tag, number: at / {PAGE_SIZE}, items: items.slice(at, at + {PAGE_SIZE}) }});
    return pages;
  }});
  return {{ dir: {{ input: "content", output: "_site", includes: "../includes" }}, markdownTemplateEngine: false }};
}}
"""
CARD = """<article class="card"><p class="kind">{{ case.data.state }} · {{ case.data.specialty }}</p>
<h2><a href="{{ case.url }}">{{ case.data.title }}</a></h2><p>{{ case.data.description }}</p>
<p class="meta">{{ case.data.author }} · <time>{{ case.date | day }}</time></p>
<ul class="tags">{% for tag in case.data.mots %}
<li><a href="/mots/{{ tag | slug }}/">#{{ tag }}</a></li>{% endfor %}</ul></article>
"""
CASE = """---
layout: base.njk
---
<article><h1>{{ title }}</h1>
<p class="meta">{{ state }} · {{ specialty }} · {{ author }} · {{ page.date | day }}</p>
<ul class="tags">{% for tag in mots %}<li><a href="/mots/{{ tag | slug }}/">#{{ tag }}</a></li>{% endfor %}</ul>
{{ content | safe }}</article>
"""
CASES = f"""---
layout: base.njk
title: Cas
pagination: {{data: collections.cases, size: {PAGE_SIZE}, alias: cases}}
permalink: "/cas/{{% if pagination.pageNumber %}}page/{{{{ pagination.pageNumber }}}}/{{% endif %}}"
---
{{% for case in cases %}}{{% include "card.njk" %}}{{% endfor %}}<nav>{{{{ pagination.pageNumber }}}}</nav>
"""
TAGGED = """---
layout: base.njk
pagination: {data: collections.byTag, size: 1, alias: part}
permalink: "/mots/{{ part.tag | slug }}/{% if part.number %}page/{{ part.number }}/{% endif %}"
---
{% for case in part.items %}{% include "card.njk" %}{% endfor %}<nav>{{ part.number }}</nav>
"""
FEED = f"""---
permalink: /atom.xml
eleventyExcludeFromCollections: true
---
<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Divan</title>
{{% for case in collections.cases %}}{{% if loop.index <= {FEED_SIZE} %}}
<entry><title>{{{{ case.data.title }}}}</title><id>{{{{ case.url }}}}</id>
<updated>{{{{ case.date.toISOString() }}}}</updated></entry>{{% endif %}}{{% endfor %}}</feed>
"""


class Eleventy(Builder):
    """Eleventy from npm, pinned by its lock file."""

    name = "eleventy"
    output = "_site"
    made = ("_site", ".cache")

    def install(self) -> str:
        place = self.tools / "eleventy"
        if not (place / "node_modules").is_dir():
            place.mkdir(parents=True, exist_ok=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(LOCK / name, place)
            subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=place, check=True)
        about = json.loads((place / "node_modules/@11ty/eleventy/package.json").read_text(encoding="utf-8"))
        return str(about["version"])

    def prepare(self, cases: Iterator[Case]) -> None:
        self.write("package.json", '{"type": "module"}')
        self.write("eleventy.config.js", CONFIG)
        base = page("{{ title }}", "{{ content | safe }}")
        for name, text in {"base": base, "card": CARD, "case": CASE}.items():
            self.write(f"includes/{name}.njk", text)
        for name, text in {"cases": CASES, "tagged": TAGGED, "feed": FEED}.items():
            self.write(f"content/{name}.njk", text)
        self.write("content/cas/cas.json", '{"layout": "case.njk"}')
        for case in cases:
            replies = "".join(map(inlined, case.replies))
            self.write(_path(case), _head(case) + case.post.body + replies)

    def add_reply(self, case: Case, reply: Post) -> None:
        self.append(_path(case), inlined(reply))

    def command(self, changed: Case | None) -> list[str]:
        program = str(self.tools / "eleventy/node_modules/@11ty/eleventy/cmd.cjs")
        return ["node", program, "--quiet"]


def _path(case: Case) -> str:
    return f"content/cas/{case.post.id}.md"


def _head(case: Case) -> str:
    head = dict(case.post.head)
    return (
        f'---\ntitle: "{case.title}"\ndate: {case.date.isoformat()}\nauthor: {head["author"]}\n'
        f"mots: {head['hashtags']}\nspecialty: {head['specialty']}\n"
        f'state: {head["status"]}\ndescription: "{excerpt(case)}"\n---\n\n'
    )
