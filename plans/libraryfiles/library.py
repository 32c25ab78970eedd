"""Read a folder of library files, or one file, into a Library; or say all that is wrong with it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import yaml

from plans.libraryfiles.checks import check_library
from plans.libraryfiles.data import Library
from plans.libraryfiles.entry import Entry
from plans.libraryfiles.errors import LibraryError
from plans.libraryfiles.fields import Fields
from plans.libraryfiles.known import Known
from plans.libraryfiles.read_exercises import read_exercise
from plans.libraryfiles.read_leaflets import read_leaflet
from plans.libraryfiles.read_measures import read_measure
from plans.libraryfiles.read_names import (
    read_advice,
    read_condition,
    read_movement,
    read_symptom,
    read_withdrawn,
)
from plans.libraryfiles.read_protocols import read_protocol
from plans.libraryfiles.read_rules import read_rule
from plans.libraryfiles.read_sources import read_source
from plans.libraryfiles.source import Reading, figure_names, library_files, read_nodes
from plans.libraryfiles.values import scalar

T = TypeVar("T", bound=Entry)
MAX_ENTRIES: Final = 5000
NOTHING_KNOWN: Final = Known()


def read_library(path: Path, *, known: Known = NOTHING_KNOWN) -> Library:
    """Read `*.yaml` below a folder (its `figures/` give the figures' names), or one file.

    `known` are the codes that entries may name although other places define them. Raises LibraryError
    with every problem, each with file and line, if there is any; then nothing is returned.
    """
    reading = Reading()
    roots = _roots(path, reading=reading)
    sources = _entries(roots, "sources", read_source, reading=reading)
    reading.cites = {**known.sources, **{source.code: source.cite for source in sources}}
    library = Library(
        sources=sources,
        movements=_entries(roots, "movements", read_movement, reading=reading),
        conditions=_entries(roots, "conditions", read_condition, reading=reading),
        symptoms=_entries(roots, "symptoms", read_symptom, reading=reading),
        exercises=_entries(roots, "exercises", read_exercise, reading=reading),
        rules=_entries(roots, "rules", read_rule, reading=reading),
        advice=_entries(roots, "advice", read_advice, reading=reading),
        leaflets=_entries(roots, "leaflets", read_leaflet, reading=reading),
        measures=_entries(roots, "measures", read_measure, reading=reading),
        protocols=_entries(roots, "protocols", read_protocol, reading=reading),
        withdrawn=_entries(roots, "withdrawn", read_withdrawn, reading=reading),
    )
    for file, fields in roots:
        reading.file = file
        fields.end()
    figures = known.figures | figure_names(path)
    reading.problems.extend(check_library(library, known=known, figures=figures))
    if reading.problems:
        raise LibraryError(tuple(reading.problems))
    return library


def _roots(path: Path, *, reading: Reading) -> list[tuple[str, Fields]]:
    files = library_files(path)
    roots = []
    for file in files:
        reading.file = str(file)
        node = read_nodes(file, reading=reading)
        if node is not None:
            roots.append((str(file), Fields(node, reading=reading, what="the file")))
    if not files:
        reading.file = str(path)
        reading.problem_at(1, "no library files (*.yaml) here")
    return roots


def _entries(
    roots: list[tuple[str, Fields]], key: str, read: Callable[[Fields], T], *, reading: Reading
) -> tuple[T, ...]:
    found = []
    for file, fields in roots:
        reading.file = file
        for node in fields.items(key, most=MAX_ENTRIES):
            entry = Fields(node, reading=reading, what=_name(node, key))
            found.append(read(entry))
            entry.end()
    return tuple(found)


def _name(node: yaml.Node, key: str) -> str:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    code = next((scalar(value) for name, value in pairs if scalar(name) == "code"), "")
    return code or f"an entry of {key}"
