"""From a path to YAML nodes that know their lines; what this reader does not accept is refused here.

Refused: files that are not UTF-8, YAML that does not parse, aliases and anchors (a change in one place
would change another), explicit tags, a key that stands twice, and nesting or size beyond any library.
"""

from pathlib import Path
from typing import Final

import yaml

from plans.libraryfiles.errors import Place, Problem

MOST_BYTES: Final = 1_000_000
MOST_DEPTH: Final = 12
POSES: Final = "poses"


class Reading:
    """The problems found so far, and the name of the file being read."""

    def __init__(self) -> None:
        self.file = ""
        self.problems: list[Problem] = []

    def place(self, node: yaml.Node | yaml.Event) -> Place:
        return Place(self.file, node.start_mark.line + 1 if node.start_mark else 1)

    def problem(self, node: yaml.Node | yaml.Event, message: str) -> None:
        self.problems.append(Problem(self.place(node), message))

    def problem_at(self, line: int, message: str) -> None:
        self.problems.append(Problem(Place(self.file, line), message))


def library_files(path: Path) -> tuple[Path, ...]:
    """The YAML files of a folder (poses apart: they belong to the figures), or the one file itself."""
    if not path.is_dir():
        return (path,)
    found = (file for ending in ("*.yaml", "*.yml") for file in path.rglob(ending))
    return tuple(sorted(file for file in found if POSES not in file.relative_to(path).parts))


def figure_names(path: Path) -> frozenset[str]:
    folder = path if path.is_dir() else path.parent
    return frozenset(file.stem for file in (folder / POSES).glob("*.yaml"))


def read_nodes(path: Path, *, reading: Reading) -> yaml.Node | None:
    """The file's root node, or None with the reasons among the problems."""
    text = _text(path, reading=reading)
    if text is None:
        return None
    try:
        if not _acceptable(text, reading=reading):
            return None
        root: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        reading.problem_at(text.count("\n", 0, error.position) + 1, "a character that YAML does not allow")
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reading.problem_at(mark.line + 1 if mark else 1, f"not readable as YAML: {error.problem}")
        return None
    if root is None:
        reading.problem_at(1, "the file is empty")
    return root


def _text(path: Path, *, reading: Reading) -> str | None:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        reading.problem_at(1, f"cannot be opened: {error.strerror}")
        return None
    if len(raw) > MOST_BYTES:
        reading.problem_at(1, f"larger than {MOST_BYTES} bytes")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reading.problem_at(raw.count(b"\n", 0, error.start) + 1, "not UTF-8 text")
        return None


def _acceptable(text: str, *, reading: Reading) -> bool:
    """Look at the events before any node is built: depth here costs no recursion, aliases no memory."""
    before = len(reading.problems)
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MOST_DEPTH:
                reading.problem(event, f"nested deeper than {MOST_DEPTH} levels")
                return False
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            reading.problem(event, f"anchors and aliases are not read here: {event.anchor}")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            reading.problem(event, f"tags are not read here: {event.tag}")
    return len(reading.problems) == before
