"""Private files at the desk: checked, recorded, never cached."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.clickjacking import xframe_options_sameorigin

from plans.actions.downloads import record_reading
from plans.admin.base.pictures import kept_picture
from plans.admin.base.requests import person_of
from plans.models import Picture, Publication, Rendering, RenderingState
from plans.permissions import clinics_with, plans_of
from plans.rendering.download import FileGone, open_pdf, pdf_answer
from plans.rendering.storage import StorageFailed

FRAMED_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""A PDF may stand in a page of ours, and nowhere else."""


@xframe_options_sameorigin
def open_rendering(request: HttpRequest, rendering_id: UUID) -> HttpResponseBase:
    person = person_of(request)
    rows = Rendering.objects.select_related("content__plan__patient__clinic")
    rendering = get_object_or_404(
        rows, pk=rendering_id, state=RenderingState.READY, content__plan__in=plans_of(person)
    )
    try:
        file = open_pdf(rendering)
    except FileGone as error:
        return _come_back(request, rendering, error)
    except StorageFailed as error:
        raise Http404 from error
    name = f"handout-{rendering.content_id[:8]}-{rendering.format}.pdf"
    answer = pdf_answer(
        request,
        file,
        name=name,
        sha256=rendering.sha256,
        attachment=False,
        record=lambda part: record_reading(rendering=rendering, by=person, part=part),
    )
    answer["Content-Security-Policy"] = FRAMED_PDF
    return answer


def show_picture(request: HttpRequest, sha256: str) -> HttpResponse:
    clinics = clinics_with(person_of(request))
    own = Picture.objects.filter(Q(clinic=None) | Q(clinic__in=clinics), sha256=sha256)
    picture = own.first() if clinics else None
    if picture is None:
        raise Http404
    return kept_picture(picture)


def _come_back(request: HttpRequest, rendering: Rendering, error: FileGone) -> HttpResponse:
    """Lead to the page of the publication, which tells when its file is there again."""
    issued = Q(content=rendering.content_id) | Q(record=rendering.content_id)
    publication = Publication.objects.filter(issued).first()
    if publication is None:
        raise Http404 from error
    messages.warning(request, str(error))
    return redirect("admin:plans_publication_change", publication.pk)
