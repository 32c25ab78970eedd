"""Publications, their renderings, and the way to a PDF: 202 while it is made, 303 or 200 when it is there."""

from typing import Any
from uuid import UUID

import django_filters as filters
import structlog
from django.db.models import F, Prefetch, Q, QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.downloads import record_reading
from plans.actions.publishing import ask_formats
from plans.api.exception_handler import FileLost, PlanPaused, RenderingUnusable
from plans.api.filters import DayFilter, IdFilter
from plans.api.permissions import Call
from plans.api.schema.openapi import header
from plans.api.serializers.publications import (
    KEYS,
    FormatsBody,
    PublicationShown,
    RenderingShown,
    read_formats,
)
from plans.api.viewsets.base import ApiViewSet, refuse
from plans.models import AuditVerb, Publication, Rendering, RenderingState
from plans.queries.pauses import paused_since
from plans.queries.renderings import counting
from plans.rendering.download import FileGone, is_part, open_pdf, pdf_answer, sends_bytes
from plans.rendering.storage import StorageFailed

log = structlog.get_logger(__name__)

WAIT_SECONDS = "1"
PAUSED_AT = paused_since("content__plan")
WAITING = OpenApiResponse(RenderingShown, description="Not there yet: ask again after Retry-After seconds.")
FORMAT = OpenApiParameter(
    "format", str, enum=KEYS, description="The format; the publication's first when not given."
)

PAUSED = OpenApiParameter(
    "paused",
    str,
    enum=["include"],
    description="`include` gives the file of a paused plan too, for the record: its patient is told not to exercise.",
)
WHILE_PAUSED = "The plan is paused: `plan_paused`."


class PublicationFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What publications can be found by."""

    plan = IdFilter(field_name="plan_id", label="The plan's id.")
    patient = IdFilter(field_name="plan__patient_id", label="The patient's id.")
    issued_after = DayFilter(field_name="issued_on", lookup_expr="gte", label="Issued on or after.")
    sheet_code = filters.CharFilter(max_length=12, label="The code printed on a sheet.")


@extend_schema_view(
    list=extend_schema(summary="List publications"), retrieve=extend_schema(summary="Read a publication")
)
class Publications(ApiViewSet):
    """Issued versions of the plans of the caller's patients."""

    calls = {
        "list": Call("publications:read"),
        "retrieve": Call("publications:read"),
        "pdf": Call("publications:read"),
        "renderings": Call("renderings:write", reads=("publications:read",)),
    }
    serializer_class = PublicationShown
    filterset_class = PublicationFilter
    ordering_fields = ("published_at",)
    ordering = ("-published_at",)

    def rows(self) -> QuerySet[Publication]:
        return with_files(permissions.publications_of(self.person))

    def queryset_for_schema(self) -> QuerySet[Publication]:
        return Publication.objects.all()

    @property
    def parameters(self) -> tuple[str, ...]:  # type: ignore[override]  # of one action alone
        return ("format", "paused") if self.action == "pdf" else ()

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(PublicationShown(page, many=True).data)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        publication = self.get_object()
        self.note_reading(AuditVerb.PUBLICATION_VIEWED, publication, publication.plan.patient)
        return self.answer(PublicationShown(publication).data)

    @extend_schema(
        summary="Go to a publication's PDF",
        parameters=[FORMAT, PAUSED],
        responses={
            303: OpenApiResponse(description="It is at Location."),
            202: WAITING,
            409: OpenApiResponse(
                description=f"{WHILE_PAUSED} Or it could not be made: `rendering_unusable`."
            ),
        },
    )
    @action(detail=True, methods=["get"])
    def pdf(self, request: Request, pk: UUID) -> Response:
        """Lead to the newest file of a format; while a newer one is made, or has failed, to the one that is there."""
        publication = self.get_object()
        knowing = hold_paused(request, publication, plan=publication.plan_id)
        key = request.query_params.get("format", publication.formats[0])
        if key not in KEYS:
            refuse("format", "There is no such format.")
        found = counting(publication.renderings).get(key)
        if found is None:
            raise NotFound("Nobody has asked for this format yet.")
        if found.state != RenderingState.READY:
            return wait_answer(found)
        query = "?paused=include" if knowing else ""
        return Response(status=303, headers={"Location": f"/api/v1/renderings/{found.pk}/pdf/{query}"})

    @extend_schema(
        summary="Ask for further formats",
        description="Also asks again for one that failed.",
        request=FormatsBody,
        responses={202: PublicationShown},
    )
    @action(detail=True, methods=["post"], serializer_class=FormatsBody)
    def renderings(self, request: Request, pk: UUID) -> Response:
        publication = self.get_object()
        formats = read_formats(self.body()["formats"])
        ask_formats(publication=publication, formats=formats, by=self.person)
        publication = self.rows().get(pk=publication.pk)
        self.concerns.add(publication.plan.patient_id)
        response = Response(PublicationShown(publication).data, status=202)
        response["Location"] = f"/api/v1/publications/{pk}/pdf/?format={formats[0].key}"
        response["Retry-After"] = WAIT_SECONDS
        return response


class Renderings(ApiViewSet):
    """The files of publications."""

    calls = {"retrieve": Call("publications:read"), "pdf": Call("publications:read")}
    serializer_class = RenderingShown

    @property
    def parameters(self) -> tuple[str, ...]:  # type: ignore[override]  # of one action alone
        return ("paused",) if self.action == "pdf" else ()

    def rows(self) -> QuerySet[Rendering]:
        # What was rendered ahead for a plan that was never published is nobody's.
        issued = Q(content__publication__isnull=False) | Q(content__publication_record__isnull=False)
        files = Rendering.objects.filter(issued, content__plan__in=permissions.plans_of(self.person))
        return files.annotate(paused_at=PAUSED_AT, plan_id=F("content__plan"))

    def queryset_for_schema(self) -> QuerySet[Rendering]:
        return Rendering.objects.all()

    @extend_schema(summary="Read a rendering's state")
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return self.answer(RenderingShown(self.get_object()).data)

    @extend_schema(
        summary="Download a PDF",
        parameters=[
            PAUSED,
            header("Range", "One range of bytes, to go on with a broken download."),
            header("If-Range", "The ETag that the range belongs to."),
        ],
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            (206, "application/pdf"): OpenApiTypes.BINARY,
            202: WAITING,
            409: OpenApiResponse(
                description=f"{WHILE_PAUSED} Or it could not be made: `rendering_unusable`."
            ),
            416: OpenApiResponse(description="The range is past the end."),
            503: OpenApiResponse(description="The storage does not give the file now: `file_lost`."),
        },
    )
    @action(detail=True, methods=["get"])
    def pdf(self, request: Request, pk: UUID) -> HttpResponseBase:
        """Give the file: patients' names stand in it, but not in its file name. A file that is gone is made again."""
        rendering = self.get_object()
        hold_paused(request, rendering, plan=rendering.plan_id)
        if rendering.state == RenderingState.FAILED:
            raise RenderingUnusable(reason=rendering.error_code)
        if rendering.state != RenderingState.READY:
            return wait_answer(rendering)
        try:
            file = open_pdf(rendering)
        except FileGone:
            rendering.refresh_from_db()
            return wait_answer(rendering)
        except StorageFailed:
            log.exception("file_lost", rendering=str(rendering.pk))
            raise FileLost from None
        answer = pdf_answer(
            request._request,
            file,
            name=f"plan-{rendering.format}.pdf",
            sha256=rendering.sha256,
        )
        if sends_bytes(request._request, answer):
            record_reading(rendering=rendering, by=self.person, part=is_part(answer))
        return answer


def with_files(publications: QuerySet[Publication]) -> QuerySet[Publication]:
    """Read publications with their renderings."""
    files = Rendering.objects.defer("error_details").annotate(paused_at=PAUSED_AT)
    return (
        publications.annotate(paused_at=paused_since("plan"))
        .select_related("published_by", "plan__patient__clinic", "content", "record")
        .prefetch_related(
            Prefetch("content__renderings", queryset=files), Prefetch("record__renderings", queryset=files)
        )
    )


def shown_publication(publication: Publication) -> Any:
    """Give one publication as JSON values."""
    return PublicationShown(with_files(Publication.objects.all()).get(pk=publication.pk)).data


def hold_paused(request: Request, row: Any, *, plan: UUID) -> bool:
    """Return whether the caller takes the file of a paused plan knowingly. Raises PlanPaused where it does not."""
    asked = request.query_params.get("paused")
    if asked not in (None, "include"):
        refuse("paused", "There is `include` alone.", "invalid_choice")
    if row.paused_at and not asked:
        raise PlanPaused(plan=plan)
    return bool(asked)


def wait_answer(rendering: Rendering) -> Response:
    """Tell to come back."""
    if rendering.state == RenderingState.FAILED:
        raise RenderingUnusable(reason=rendering.error_code)
    response = Response(RenderingShown(rendering).data, status=202)
    response["Location"] = f"/api/v1/renderings/{rendering.pk}/"
    response["Retry-After"] = WAIT_SECONDS
    return response
