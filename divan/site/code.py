"""Where the code stands that pages come from: when it changes, what it made is made again."""

from __future__ import annotations

from divan.builder.inputs import Code

READING = ("divan/workers.py", "divan/sources", "divan/privacy", "divan/images", "divan/forum", "divan/catalogue")
RENDERING = ("divan/workers.py", "divan/builder", "divan/sources", "divan/site")
MAKING = (*READING, "divan/members", "surveys", "plugins")

CODE = Code(READING, RENDERING, MAKING)
