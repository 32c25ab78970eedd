"""Pictures on the desk's pages: kept ones by their bytes, figures as soon as they are drawn."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _lazy

from plans.admin.base.requests import person_of
from plans.content import DRAWING
from plans.models import Drawing, DrawingState, Picture
from plans.permissions import clinics_with
from plans.rendering.storage import StorageFailed, read

WAITS = _lazy("This figure is being drawn.")
FAILED = _lazy("This figure cannot be drawn.")
PLACEHOLDER = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 850 350" width="850" height="350">
<rect x="2" y="2" width="846" height="346" rx="16" fill="#f6f8fa" stroke="#c3ccd5" stroke-width="3"/>
<text x="425" y="185" font-family="sans-serif" font-size="30" fill="#4a5866" text-anchor="middle">{words}</text>
</svg>"""


def picture_address(name: str) -> str:
    """Return where the desk finds a picture of a content, by the name that the page knows."""
    if name.startswith(DRAWING):
        return reverse("admin:plans_drawing", args=[name.removeprefix(DRAWING)])
    return reverse("admin:plans_picture", args=[name])


def show_drawing(request: HttpRequest, drawing_id: UUID) -> HttpResponse:
    """Answer with a figure, or with a picture that says that it is being drawn: drawings.js looks again."""
    if not clinics_with(person_of(request)):
        raise Http404
    row = get_object_or_404(Drawing.objects.select_related("picture"), pk=drawing_id)
    if row.picture:
        return kept_picture(row.picture)
    words = FAILED if row.state == DrawingState.FAILED else WAITS
    answer = HttpResponse(PLACEHOLDER.format(words=escape(words)), content_type="image/svg+xml")
    answer["Cache-Control"] = "no-store"
    return answer


def kept_picture(picture: Picture) -> HttpResponse:
    try:
        data = read(picture.file.name or "")
    except (FileNotFoundError, StorageFailed) as error:
        raise Http404 from error
    answer = HttpResponse(data, content_type=picture.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    # Named by what it shows, so it never changes; private, because a clinic's pictures are its own.
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    return answer
