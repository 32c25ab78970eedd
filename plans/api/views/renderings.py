"""The files of publications: 202 while one is made, its bytes when it is there."""

from typing import Any
from uuid import UUID

import structlog
from django.db.models import F, Q, QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.downloads import record_reading
from plans.api.exceptions import FileLost, PlanPaused, RenderingUnusable, refuse
from plans.api.permissions import Call
from plans.api.schema.openapi import header
from plans.api.serializers.publications import (
    RenderingSerializer,
)
from plans.api.viewsets.mixins import RetrieveMixin
from plans.models import Rendering, RenderingState
from plans.queries.pauses import paused_since
from plans.rendering.download import FileGone, open_pdf, pdf_answer
from plans.rendering.storage import StorageFailed

log = structlog.get_logger(__name__)

WAIT_SECONDS = "1"
PAUSED_AT = paused_since("content__plan")


WAITING = OpenApiResponse(
    RenderingSerializer, description="Not there yet: ask again after Retry-After seconds."
)

PAUSED = OpenApiParameter(
    "paused",
    str,
    enum=["include"],
    description="`include` gives the file of a paused plan too, for the record: its patient is told not to exercise.",
)

WHILE_PAUSED = "The plan is paused: `plan_paused`."


@extend_schema_view(retrieve=extend_schema(summary="Read a rendering's state"))
class RenderingViewSet(RetrieveMixin):
    """The files of publications."""

    calls = {"retrieve": Call("publications:read"), "pdf": Call("publications:read")}
    model = Rendering
    serializer_class = RenderingSerializer
    parameters = {"pdf": ("paused",)}

    def rows(self) -> QuerySet[Rendering]:
        # What was rendered ahead for a plan that was never published is nobody's.
        issued = Q(content__publication__isnull=False) | Q(content__publication_record__isnull=False)
        files = Rendering.objects.filter(issued, content__plan__in=permissions.plans_of(self.person))
        return files.annotate(paused_at=PAUSED_AT, plan_id=F("content__plan"))

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
        return pdf_answer(
            request._request,
            file,
            name=f"plan-{rendering.format}.pdf",
            sha256=rendering.sha256,
            record=lambda part: record_reading(rendering=rendering, by=self.person, part=part),
        )


def hold_paused(request: Request, row: Any, *, plan: UUID) -> bool:
    """Return whether the caller takes the file of a paused plan knowingly. Raises PlanPaused where it does not."""
    asked = request.query_params.get("paused")
    if asked not in (None, "include"):
        refuse("paused", "There is `include` alone.", "invalid_choice")
    if row.paused_at and not asked:
        raise PlanPaused(plan=plan)
    return bool(asked)


def wait_answer(rendering: Rendering) -> Response:
    if rendering.state == RenderingState.FAILED:
        raise RenderingUnusable(reason=rendering.error_code)
    response = Response(RenderingSerializer(rendering).data, status=202)
    response["Location"] = reverse("api:renderings-detail", args=[rendering.pk])
    response["Retry-After"] = WAIT_SECONDS
    return response
