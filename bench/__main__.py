"""Every bench at a size that a coffee covers; each module says how to run it in full."""

from __future__ import annotations

import subprocess
import sys

RUNS = (
    "bench.forum --cases 1000 --replies 5 --peers hugo,pelican --rounds 3 --search",
    "bench.serve --cases 1000",
    "bench.check --cases 300,1000,3000",
    "bench.collector --senders 200 --seconds 10 --kills 2",
    "bench.report --respondents 10000 --rounds 1",
    "bench.register --rows 200000",
    "bench.chat --posts 50000",
    "bench.browser",
    "bench.hostile",
    "bench.members_space --cases 300 --members 30",
)


def main() -> int:
    """Run them in turn; stop at the first that fails."""
    for run in RUNS:
        print(f"\npython -m {run}", flush=True)
        status = subprocess.run([sys.executable, "-m", *run.split()]).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
