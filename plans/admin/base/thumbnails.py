"""An exercise's small picture: in the rows of plans, and on the cards of the library."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from plans.admin.base.requests import person_of
from plans.content import DrawingContent
from plans.models import DrawingState, ExerciseRevision, Picture, RevisionPicture
from plans.permissions import exercises_of
from plans.queries.exercise_pictures import example_of
from plans.rendering import drawings
from plans.rendering.storage import StorageFailed
from plans.rendering.thumbnails import MEDIA_TYPE, thumbnail_of

WAITS = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 850 638" width="850" height="638">
<g fill="#7d8894"><circle cx="305" cy="319" r="36"/><circle cx="425" cy="319" r="36"/>
<circle cx="545" cy="319" r="36"/></g></svg>"""
"""As wide as drawings.js expects of a picture that is still drawn."""
FAILED = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60" width="80" height="60">
<path d="M20 10h40v40h-40zM20 10l40 40M60 10l-40 40" fill="none" stroke="#7d8894" stroke-width="3"/></svg>"""


def thumbnail_address(revision: ExerciseRevision, kept: Iterable[RevisionPicture]) -> str:
    """Return where the revision's small picture is, blank without any; it asks nothing of the database.

    The address names what is shown, so that a browser may keep it for as long as it likes.
    """
    if shown := example_of(revision, kept):
        name = shown.id_in(grey=False).hex if isinstance(shown, DrawingContent) else shown.sha256
        return reverse("admin:plans_exercise_thumbnail", args=[revision.pk, name[:16]])
    return ""


def show_thumbnail(request: HttpRequest, revision_id: UUID, version: str) -> HttpResponse:
    """Answer with the small picture; `version` is for the browser alone."""
    own = ExerciseRevision.objects.filter(exercise__in=exercises_of(person_of(request)))
    revision = own.filter(pk=revision_id).only("kept_figure_id").first()
    shown = example_of(revision, revision.pictures.select_related("picture")) if revision else None
    if shown is None:
        raise Http404
    if not isinstance(shown, DrawingContent):
        return _kept(shown)
    row = drawings.ask([shown])[shown.id_in(grey=False)]
    if row.picture:
        return _kept(row.picture)
    return _instead(FAILED if row.state == DrawingState.FAILED else WAITS)


def _kept(picture: Picture) -> HttpResponse:
    try:
        data = thumbnail_of(picture)
    except (FileNotFoundError, StorageFailed) as error:
        raise Http404 from error
    answer = HttpResponse(data, content_type=MEDIA_TYPE)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def _instead(drawn: str) -> HttpResponse:
    answer = HttpResponse(drawn, content_type="image/svg+xml")
    answer["Cache-Control"] = "no-store"
    return answer
