"""What a patient may download: files of the newest publication, never a clinician's copy, never an older version."""

from collections.abc import Iterable
from dataclasses import dataclass

from plans.handout.formats import Copy, Format, Ink, Size
from plans.models import Plan, Publication, Rendering, RenderingState


@dataclass(frozen=True, kw_only=True)
class PatientFiles:
    """The ready files by format, the one to offer first, and whether that one has failed."""

    ready: dict[Format, Rendering]
    first: Format
    failed: bool

    @property
    def others(self) -> list[Format]:
        return sorted((form for form in self.ready if form != self.first), key=_rank)


def newest_publication(plan: Plan) -> Publication | None:
    return plan.publications.order_by("-number").select_related("content", "plan").first()


def patient_files(publication: Publication) -> PatientFiles:
    ready: dict[Format, Rendering] = {}
    waiting: set[Format] = set()
    failed: set[Format] = set()
    rows = publication.content.renderings.exclude(format__startswith=Copy.CLINICIAN).order_by("queued_at")
    for row in rows:
        form = Format.from_key(row.format)
        if row.state == RenderingState.READY:
            ready[form] = row
        else:
            (failed if row.state == RenderingState.FAILED else waiting).add(form)
    first = _first(Format.from_key(key) for key in publication.formats)
    return PatientFiles(ready=ready, first=first, failed=first in failed - waiting - ready.keys())


def ready_file(publication: Publication, key: str) -> Rendering | None:
    return next((row for form, row in patient_files(publication).ready.items() if form.key == key), None)


def _first(formats: Iterable[Format]) -> Format:
    """The whole plan as the therapist asked for it first; the usual one where only a summary was asked for."""
    return next((form for form in formats if form.copy is Copy.PATIENT), Format())


def _rank(form: Format) -> tuple[bool, bool, bool, str]:
    return form.copy is Copy.SUMMARY, form.size is Size.LARGE, form.ink is Ink.GREY, form.key
