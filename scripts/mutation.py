"""Change the code that must not err in one place at a time, and see whether its tests notice.

Run: make mutation, or python -m scripts.mutation [--jobs N] [PATH ...]     (default: all paths of PARTS)

Prints each change that no test noticed, and the counts; the exit code is 1 if there is one that
scripts/mutation_equivalents.txt does not explain. Each change runs in a forked child in which pytest is already
imported, so a thousand of them take minutes. What needs a database gets a copy of one that was made before.
scripts/mutation_changes.py says what is changed.
"""

import argparse
import importlib.abc
import importlib.machinery
import importlib.util
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import hypothesis
import pytest

from scripts.mutation_changes import Change, find_changes

ROOT = Path(__file__).resolve().parent.parent
EQUIVALENTS = ROOT / "scripts" / "mutation_equivalents.txt"
SECONDS = 300
"""After so long a change counts as noticed: it made something endless."""


class Part(NamedTuple):
    """Code, and the tests that must notice when it changes: quick ones, and slow ones for what those let pass."""

    paths: tuple[str, ...]
    quick: tuple[str, ...]
    slow: tuple[str, ...]
    database: bool


PARTS = (
    Part(
        ("plans/contraindications", "plans/dose"),
        ("tests/contraindications", "tests/dose"),
        (
            "tests/contraindications/test_properties.py",
            "tests/contraindications/test_starter_library.py",
        ),
        database=False,
    ),
    Part(
        ("plans/permissions.py",),
        ("tests/test_permissions.py",),
        ("tests/actions/test_people.py", "tests/admin/test_access.py", "tests/api/test_matrix.py"),
        database=True,
    ),
    Part(
        ("plans/leases.py",),
        ("tests/test_leases.py", "tests/rendering/test_claim.py"),
        (
            "tests/rendering/test_job.py",
            "tests/rendering/test_claim_in_turn.py",
            "tests/actions/webhooks/test_delivering.py",
        ),
        database=True,
    ),
)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a changed syntax tree."""

    def __init__(self, change: Change) -> None:
        parts = Path(change.path).with_suffix("").parts
        self.is_package = parts[-1] == "__init__"
        self.name = ".".join(parts[:-1] if self.is_package else parts)
        self.change = change

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        place = str(ROOT / self.change.path)
        return importlib.util.spec_from_file_location(
            fullname, place, loader=self, submodule_search_locations=[place] if self.is_package else None
        )

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.change.tree, str(module.__file__), "exec"), module.__dict__)


def run_tests(part: Part, change: Change | None) -> int:
    """Run the tests in this process; return pytest's exit code."""
    with open(os.devnull, "w") as silence:
        os.dup2(silence.fileno(), 1)
        os.dup2(silence.fileno(), 2)
    if change:
        sys.meta_path.insert(0, _Finder(change))
    hypothesis.settings.register_profile(
        "mutation", max_examples=30, database=None, derandomize=True, deadline=None
    )
    hypothesis.settings.load_profile("mutation")
    arguments = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--assert=plain"]
    if part.database:
        arguments += ["-o", "addopts=", "--reuse-db"]
    else:
        arguments += ["-p", "no:django", "--noconftest", "-c", os.devnull, "--rootdir", str(ROOT)]
    rounds = _near_first(part, change)
    return next((code for tests in rounds if (code := int(pytest.main([*arguments, *tests])))), 0)


def _near_first(part: Part, change: Change | None) -> Iterator[list[str]]:
    """Yield arguments for pytest, those first that are quick or near the change: most changes end there."""
    near = (
        str(Path("tests", *Path(change.path).parts[1:-1], f"test_{Path(change.path).name}")) if change else ""
    )
    done = [near] if Path(near).is_file() else []
    if done:
        yield done
    if quick := [path for path in part.quick if path not in done]:
        yield [*quick, *(f"--ignore={path}" for path in [*part.slow, *done])]
    yield [*part.slow]


class Runner:
    """Runs one part's changes in children, each with a folder and a copy of the database of its own."""

    def __init__(self, part: Part, folder: Path) -> None:
        self.part, self.folder = part, folder
        self.base = folder / "base"

    def passes_unchanged(self) -> bool:
        """Return whether the tests pass on the unchanged code; leaves the database that is copied."""
        self.base.mkdir()
        return os.waitpid(self._fork(None, self.base), 0)[1] == 0

    def run_all(self, changes: Sequence[Change], jobs: int) -> list[Change]:
        """Return the changes that no test noticed."""
        survivors, running, waiting, done = [], {}, list(reversed(changes)), 0
        while waiting or running:
            while waiting and len(running) < jobs:
                change = waiting.pop()
                place = Path(tempfile.mkdtemp(dir=self.folder))
                if self.part.database:
                    shutil.copytree(self.base / "main", place / "main")
                running[self._fork(change, place)] = change, place
            ended, status = os.wait()
            change, place = running.pop(ended)
            shutil.rmtree(place, ignore_errors=True)
            done += 1
            if done % 50 == 0:
                print(f"{done} of {len(changes)}", flush=True)
            if status == 0:
                survivors.append(change)
                print(f"not noticed, line {change.line}: {change}", flush=True)
        return survivors

    def _fork(self, change: Change | None, place: Path) -> int:
        """Start a child for one change and return its process id; it ends by itself after SECONDS."""
        child = os.fork()
        if child:
            return child
        os.environ["TEST_FOLDER"] = str(place)
        signal.alarm(SECONDS if change else 0)
        code = 3
        try:
            code = run_tests(self.part, change)
        finally:
            os._exit(code)


def files_of(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def run_part(part: Part, paths: Sequence[str], jobs: int) -> tuple[int, list[Change]]:
    """Return how many changes there were, and those that no test noticed."""
    changes = [
        change for path in paths for file in files_of(ROOT / path) for change in find_changes(file, root=ROOT)
    ]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="clinic-mutation-") as folder:
        runner = Runner(part, Path(folder))
        if not runner.passes_unchanged():
            sys.exit(f"The tests of {', '.join(part.paths)} fail on the unchanged code.")
        survivors = runner.run_all(changes, jobs)
    print(
        f"{', '.join(paths)}: {len(changes)} changes in {(time.monotonic() - began) / 60:.1f} minutes",
        flush=True,
    )
    return len(changes), survivors


def chosen(part: Part, given: Sequence[str]) -> list[str]:
    """Return those of the given paths that are the part's, or else all of its."""
    wanted = [path for path in given if any(Path(path).is_relative_to(whole) for whole in part.paths)]
    return wanted if given else list(part.paths)


def main() -> int:
    """Read the arguments, run, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    os.chdir(ROOT)
    made = [run_part(part, paths, given.jobs) for part in PARTS if (paths := chosen(part, given.paths))]
    count, survivors = sum(number for number, _ in made), [change for _, found in made for change in found]
    explained = {line.split("  # ")[0] for line in EQUIVALENTS.read_text().splitlines()}
    open_ones = [change for change in survivors if str(change) not in explained]
    print(
        f"{count} changes, {count - len(survivors)} noticed, {len(survivors)} not: "
        f"{len(survivors) - len(open_ones)} explained as equivalent, {len(open_ones)} open."
    )
    return 1 if open_ones else 0


if __name__ == "__main__":
    sys.exit(main())
