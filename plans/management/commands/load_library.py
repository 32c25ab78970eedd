"""`load_library PATH`: load library files into the shared library, all or nothing."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from plans.actions.load_library import load_library
from plans.libraryfiles import WithdrawnData
from plans.management.library_files import read_files


class Command(BaseCommand):
    """Load library files; the same files twice change nothing."""

    help = "Load library files (a folder or one YAML file) into the shared library, all of them or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        library, figures = read_files(options["path"])
        loaded = load_library(library=library, figures=figures)
        self.stdout.write(
            f"{loaded.exercises} exercises, {loaded.rules} rules, {loaded.leaflets} leaflets and"
            f" {loaded.protocols} protocols read,"
            f" {loaded.changed} new or changed."
            " What is new needs review."
        )
        if loaded.changed_words:
            self.stdout.write(
                f"{loaded.changed_words} movements, conditions or symptoms say something else to the rules: until a"
                " clinic's reviewer approves that, what they said before counts there as well."
            )
        if loaded.urgent:
            self.stdout.write(
                "WARNING: these signs threaten life, and are withdrawn: no plan that is published from now on"
                " prints them."
            )
            self._list(loaded.urgent)
        if loaded.never_loaded:
            self.stdout.write("Withdrawn, and never loaded here (nothing to do, unless a code is misspelt):")
            self._list(loaded.never_loaded)

    def _list(self, entries: Iterable[WithdrawnData]) -> None:
        for entry in entries:
            self.stdout.write(f"  {entry.place}: {entry.kind} {entry.code}: {entry.reason}")
