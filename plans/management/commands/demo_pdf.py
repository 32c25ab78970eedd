"""`demo_pdf`: wait for the worker's PDFs of the demo's plans and say where they are."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from plans import tokens
from plans.handout.formats import Format, Size
from plans.management.demo import find_demo, find_others
from plans.models import Publication, Rendering, RenderingState
from plans.rendering.queue import ask


class Command(BaseCommand):
    """Wait for the files of the demo's plans, made by a running worker."""

    help = "Wait until the worker has made the files of the demo's plans; print where the patients' PDFs are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=int, default=120)

    def handle(self, *args: Any, **options: Any) -> None:
        publication = find_demo()
        if publication is None:
            raise CommandError("There is no demo plan; run demo_data first.")
        self._ask_again(publication)
        rendering = self._wait(publication, Format(), seconds=options["seconds"])
        self.stdout.write(f"PDF: {_local_copy(rendering)}")
        link = publication.plan.links.filter(revoked_at=None).first()
        if link:
            token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
            birth_date = publication.plan.patient.birth_date.isoformat()
            self.stdout.write(f"Patient's page: {settings.PUBLIC_URL}/p/{token}/  (birth date {birth_date})")
        for what, other in find_others():
            self._ask_again(other)
            rendering = self._wait(other, _as_read(other), seconds=options["seconds"])
            self.stdout.write(f"PDF of {what}: {_local_copy(rendering, name=f'demo-{other.pk}.pdf')}")

    def _ask_again(self, publication: Publication) -> None:
        """Ask for the files of today's templates; those that are there are not made again."""
        for key in publication.formats:
            form = Format.from_key(key)
            frozen = publication.record if form.copy == "clinician" else publication.content
            ask(content=frozen, formats=[form], again=True)

    def _wait(self, publication: Publication, form: Format, *, seconds: int) -> Rendering:
        ours = Rendering.objects.filter(Q(content=publication.content) | Q(content=publication.record))
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            failed = ours.filter(state=RenderingState.FAILED).first()
            if failed:
                raise CommandError(f"The PDF failed: {failed.error_code}: {failed.error_details}")
            if not ours.exclude(state=RenderingState.READY).exists():
                newest = ours.filter(format=form.key).order_by("-queued_at").first()
                if newest:
                    return newest
            time.sleep(0.1)
        raise CommandError(f"The worker has not made the PDF within {seconds} s.")


def _as_read(publication: Publication) -> Format:
    """Return the format that the patient reads: in large print where it was asked for."""
    large = Format(size=Size.LARGE)
    return large if large.key in publication.formats else Format()


def _local_copy(rendering: Rendering, *, name: str = "demo.pdf") -> Path:
    try:
        return Path(default_storage.path(rendering.file.name or ""))
    except NotImplementedError:
        copy = Path(settings.DATA_DIR) / name
        with default_storage.open(rendering.file.name or "", "rb") as file:
            copy.write_bytes(file.read())
        return copy
