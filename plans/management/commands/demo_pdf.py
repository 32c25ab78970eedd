"""Waits until a worker has rendered the demonstration clinic's newest publication; prints the file."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.core.management.base import BaseCommand, CommandError

from plans.models import Publication, Rendering, RenderingState

PAUSE_SECONDS = 0.2


class Command(BaseCommand):
    help = "Waits for the demonstration's PDF and prints where it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=float, default=120, help="how long to wait at most")

    def handle(self, *args: Any, seconds: float, **options: Any) -> None:
        publication = Publication.objects.filter(plan__patient__clinic__demonstration=True).first()
        if publication is None:
            raise CommandError("There is no publication of a demonstration clinic.")
        for rendering in _finished(publication, seconds):
            on_disk = isinstance(rendering.file.storage, FileSystemStorage)
            self.stdout.write(f"PDF: {rendering.file.path if on_disk else rendering.file.name}")


def _finished(publication: Publication, seconds: float) -> list[Rendering]:
    end = time.monotonic() + seconds
    while True:
        renderings = list(publication.content.renderings.order_by("format"))
        failed = [one for one in renderings if one.state == RenderingState.FAILED]
        if failed:
            raise CommandError(f"Rendering failed: {failed[0].error_code} {failed[0].error_details}")
        if renderings and all(one.state == RenderingState.READY for one in renderings):
            return renderings
        if time.monotonic() > end:
            raise CommandError(f"No worker has finished the PDF in {seconds:.0f} seconds.")
        time.sleep(PAUSE_SECONDS)
