"""``divan doctor``: a line for each thing that a group needs, and what to do where it lacks."""

from __future__ import annotations

from collections import Counter

from divan.commands.arguments import Words
from divan.sources.french import plural


def run_doctor(words: Words) -> int:
    """Say each finding as it comes; 1 when something lacks."""
    from divan.builder.settings import load_settings
    from divan.doctor.checks import examine
    from divan.doctor.observation import Diagnosis

    counted: Counter[Diagnosis] = Counter()
    for name, found in examine(load_settings(words.root), offline=words.offline):
        counted[found.state] += 1
        print(f"{found.state:<12} {name:<11} {found}", flush=True)
    lacking = counted[Diagnosis.LACKING]
    print(f"\n{plural(lacking, 'chose')} à faire." if lacking else "\nRien ne manque de ce qui a été vérifié.")
    return 1 if lacking else 0
