"""`check_library PATH`: say what is wrong with library files, by file and line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from plans.management.library_files import check_bodies, read_files


class Command(BaseCommand):
    """Check library files; nothing is loaded."""

    help = "Check library files (a folder or one YAML file); nothing is loaded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--bodies",
            action="store_true",
            help="Pose each figure as every person in every build too; that takes about five seconds a figure.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        library, figures = read_files(options["path"])
        if options["bodies"]:
            check_bodies(figures, folder=options["path"] / "figures")
        self.stdout.write(
            f"{len(library.exercises)} exercises, {len(library.rules)} rules, {len(library.protocols)} protocols,"
            f" {len(figures)} figures: no problems."
        )
