"""From a path to YAML nodes: files that are not UTF-8, or larger than any library, are refused here."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml

from plans.libraryfiles.errors import Place, Problem
from plans.yaml_nodes import NodeLimits, compose, line_of

MAX_BYTES: Final = 1_000_000
LIMITS: Final = NodeLimits(depth=12)
FIGURES: Final = "figures"
FIGURE_FOLDERS: Final = frozenset((FIGURES, "poses"))


class Reading:
    """The problems found so far, the name of the file being read, and how each source is cited, by its code."""

    def __init__(self) -> None:
        self.file = ""
        self.problems: list[Problem] = []
        self.cites: Mapping[str, str] = {}

    def place(self, node: yaml.Node | yaml.Event) -> Place:
        return Place(self.file, line_of(node))

    def problem(self, node: yaml.Node | yaml.Event, message: str) -> None:
        self.problem_at(line_of(node), message)

    def problem_at(self, line: int, message: str) -> None:
        self.problems.append(Problem(Place(self.file, line), message))


def library_files(path: Path) -> tuple[Path, ...]:
    """Return the YAML files of a folder (figures apart: they have a reader of their own), or the one file itself."""
    if not path.is_dir():
        return (path,)
    found = (file for ending in ("*.yaml", "*.yml") for file in path.rglob(ending))
    return tuple(sorted(file for file in found if FIGURE_FOLDERS.isdisjoint(file.relative_to(path).parts)))


def figure_names(path: Path) -> frozenset[str]:
    folder = path if path.is_dir() else path.parent
    return frozenset(file.stem for file in (folder / FIGURES).glob("*.yaml"))


def read_nodes(path: Path, *, reading: Reading) -> yaml.Node | None:
    """Return the file's root node, or None with the reasons among the problems."""
    text = _text(path, reading=reading)
    return None if text is None else compose(text, limits=LIMITS, report=reading.problem_at)


def _text(path: Path, *, reading: Reading) -> str | None:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        reading.problem_at(1, f"cannot be opened: {error.strerror}")
        return None
    if len(raw) > MAX_BYTES:
        reading.problem_at(1, f"larger than {MAX_BYTES} bytes")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reading.problem_at(raw.count(b"\n", 0, error.start) + 1, "not UTF-8 text")
        return None
