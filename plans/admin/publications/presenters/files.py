"""The files of a publication in words: made, waiting, being made, failed and why."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.admin.publications.forms import in_words
from plans.handout.formats import Copy, Format
from plans.models import Publication, Rendering, RenderingState
from plans.queries.renderings import PAUSED, counting

LONG_WAIT_SECONDS = 10
NOTHING_NEW = 204
LAST_ANSWER = 286
"""The status by which a polling page learns that nothing more will come."""
WORDS = {
    RenderingState.QUEUED: (_lazy("Waits for the worker"), "schedule"),
    RenderingState.RUNNING: (_lazy("Being made"), "sync"),
    RenderingState.READY: (_lazy("Ready"), "check_circle"),
    RenderingState.FAILED: (_lazy("Failed"), "error"),
}
REASONS = {
    "worker_lost": _lazy(
        "The worker stopped three times while making it. Try again; if it fails again, shorten the plan."
    ),
    "renderer_broke": _lazy(
        "The program met a fault in it, which is logged. Tell whoever runs the service, then try again."
    ),
    "rendering_too_slow": _lazy("It took too long to make. Shorten the plan, or use smaller pictures."),
    "rendering_too_large": _lazy("It needs too much memory. Use smaller pictures."),
    "picture_missing": _lazy("A picture of this plan is missing in the storage."),
    "picture_broken": _lazy(
        "A picture of this plan cannot be read. Replace it in the library and publish again."
    ),
    "fonts_missing": _lazy("The service's own fonts are missing: its installation is damaged."),
}
"""What to do about an error, by its code; others say it in their own words."""
WITHOUT_PATIENT = {
    PAUSED: _lazy("The storage or the database failed. It is tried again by itself after a pause."),
    "preflight_failed": _lazy("The finished file did not pass its check."),
    "renderer_complained": _lazy("The renderer was not content with the page."),
}
"""The same for those whose own words may quote the plan, for people who may not read it."""


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """One file of a publication, as its line says it."""

    rendering: Rendering
    copy: str
    format: str
    word: str
    icon: str
    reason: str
    waits_long: bool

    @property
    def state(self) -> str:
        return self.rendering.state

    @property
    def stands_still(self) -> bool:
        """Whether a person can start it again: it failed, or rests until the next try."""
        rests = self.state == RenderingState.QUEUED and bool(self.rendering.error_code)
        return rests or self.state == RenderingState.FAILED

    @property
    def final(self) -> bool:
        return self.state in (RenderingState.READY, RenderingState.FAILED)

    @property
    def stand(self) -> str:
        """Name all that is said of it, for a page that asks whether there is news."""
        said = f"{self.rendering.pk} {self.state} {self.reason} {self.waits_long}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class Files:
    """All files of a publication; `final` when none will change by itself; `digest` names what is shown."""

    lines: tuple[FileLine, ...]
    final: bool
    digest: str

    @property
    def waits_long(self) -> bool:
        return any(line.waits_long for line in self.lines)


def files_of(publication: Publication) -> Files:
    rows = Rendering.objects.filter(content__in=[publication.content_id, publication.record_id])
    lines = tuple(file_line(row) for row in sorted(counting(rows).values(), key=_rank))
    said = "".join(line.stand for line in lines)
    return Files(
        lines=lines,
        final=all(line.final for line in lines),
        digest=hashlib.sha256(said.encode()).hexdigest()[:16],
    )


def file_line(row: Rendering) -> FileLine:
    word, icon = WORDS[RenderingState(row.state)]
    form = Format.from_key(row.format)
    return FileLine(
        rendering=row,
        copy=form.copy.value,
        format=in_words(form),
        word=str(word),
        icon=icon,
        reason=_reason(row),
        waits_long=row.state == RenderingState.QUEUED
        and not row.error_code
        and _seconds(row.queued_at) > LONG_WAIT_SECONDS,
    )


def _reason(row: Rendering) -> str:
    if row.state == RenderingState.FAILED:
        return str(REASONS.get(row.error_code) or row.error_details or row.error_code)
    if row.state == RenderingState.QUEUED and row.error_details:
        again = (
            _(" Next try at %(moment)s.") % {"moment": f"{timezone.localtime(row.not_before):%H:%M:%S}"}
            if row.not_before
            else ""
        )
        return f"{row.error_details}{again}"
    return ""


def reason_in_words(code: str) -> str:
    """Return a reason by its code alone, for those who may not read the plan."""
    return str(REASONS.get(code) or WITHOUT_PATIENT.get(code) or code.replace("_", " ").capitalize())


def _seconds(since: datetime) -> float:
    return (timezone.now() - since).total_seconds()


def _rank(row: Rendering) -> tuple[int, str]:
    order: Sequence[Copy] = (Copy.PATIENT, Copy.SUMMARY, Copy.CLINICIAN)
    return order.index(Format.from_key(row.format).copy), row.format
