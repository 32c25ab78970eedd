"""What the two library commands share: read the files, say what is wrong, line by line."""

from collections.abc import Mapping
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection

from plans.actions.load_library import known_codes
from plans.drawer import FigureFileError, check_figure, check_on_bodies
from plans.figures.read.figure import text_of
from plans.libraryfiles import Known, Library, LibraryError, read_library
from plans.models import Movement


def read_files(path: Path) -> tuple[Library, dict[str, str]]:
    """Read the library and its pose files, or raise CommandError with every problem, a line each."""
    problems: list[str] = []
    figures: dict[str, str] = {}
    library = Library()
    try:
        library = read_library(path, known=_known())
    except LibraryError as error:
        problems += [str(problem) for problem in error.problems]
    for file in sorted((path / "figures").glob("*.yaml")) if path.is_dir() else []:
        try:
            figures[file.stem] = text_of(file)
            check_figure(figures[file.stem], file=str(file))
        except FigureFileError as error:
            problems += str(error).splitlines()
    if problems:
        raise CommandError("\n".join([*problems, f"{len(problems)} problem(s). Nothing was loaded."]))
    return library, figures


def check_bodies(figures: Mapping[str, str], *, folder: Path) -> None:
    """Pose each figure as everybody, or raise CommandError with every problem, a line each."""
    problems: list[str] = []
    for name, text in figures.items():
        try:
            check_on_bodies(text, file=str(folder / f"{name}.yaml"))
        except FigureFileError as error:
            problems += error.problems
    if problems:
        raise CommandError("\n".join([*problems, f"{len(problems)} problem(s)."]))


def _known() -> Known:
    """What the database knows; files can be checked before there is one."""
    there = Movement._meta.db_table in connection.introspection.table_names()
    return known_codes() if there else Known()
