"""Faults that were once in nobody's sight, and the test that sees each of them now."""

from __future__ import annotations

# the file, what stands in it, what is put instead, the tests that should notice
NAMED = (
    ("divan/forum/directory.py", "timedelta(days=365)", "timedelta(days=3650)", "tests/plugins/test_directories.py"),
    ("divan/catalogue/thread_lists.py", "row.open_to(audience)", "True", "tests/plugins/test_search.py"),
    ("plugins/search.py", ' if edition(site.settings) != "members" else ()', "", "tests/plugins/test_search.py"),
    ("divan/catalogue/thread_feed.py", ",2026:", ",2027:", "tests/plugins/test_feeds.py"),
    ("divan/workers.py", "fcntl.flock(file, fcntl.LOCK_EX)", "pass", "tests/builder/test_alone.py"),
    ("divan/site/build.py", "with alone(settings.work), ", "with ", "tests/builder/test_alone.py"),
    ("divan/builder/memory.py", " if intact(file.parent, state.store) else None", "", "tests/builder/test_memory.py"),
    (
        "divan/site/code.py",
        '= ("divan/workers.py", "divan/builder", "divan/sources", "divan/site")',
        "= ()",
        "tests/site/test_code.py",
    ),
    ("surveys/model.py", "FEWEST_SHOWN = 5", "FEWEST_SHOWN = 4", "tests/analysis/test_plan.py"),
)
