"""Time `load_library` of the whole starter library into an empty SQLite database, and a second time.

Run: python -m bench.loading
"""

import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.service import ROOT


@dataclass(frozen=True, kw_only=True)
class Loading:
    """Seconds of processor time that each run took, the start of Python with it, and what the second one said."""

    first: float
    second: float
    said: str


def measure() -> Loading:
    """Load into a database that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="clinic-bench-") as folder:
        env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        env |= {"DATA_DIR": str(Path(folder) / "data"), "LOG_LEVEL": "WARNING"}
        _timed(env, "migrate", "-v0")
        first, _ = _timed(env, "load_library", "plans/library")
        second, said = _timed(env, "load_library", "plans/library")
    return Loading(first=first, second=second, said=said)


def _timed(env: dict[str, str], *command: str) -> tuple[float, str]:
    before = _children()
    ran = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=env,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    return round(_children() - before, 2), ran.stdout.strip()


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    print(measure())
