"""Publications, their renderings, and the way to a PDF: 202 while it is made, 303 or 200 when it is there."""

from typing import Any
from uuid import UUID

import django_filters as filters
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.publishing import ask_formats
from plans.actions.teaching import record_teaching, take_back_teaching
from plans.api.exceptions import refuse
from plans.api.filters import DayFilter, IdFilter
from plans.api.permissions import Call
from plans.api.serializers.base import EmptySerializer
from plans.api.serializers.publications import (
    KEYS,
    FormatsInputSerializer,
    PublicationSerializer,
    RecordTextSerializer,
    TeachingInputSerializer,
    read_formats,
)
from plans.api.views.renderings import (
    PAUSED,
    PAUSED_AT,
    WAIT_SECONDS,
    WAITING,
    WHILE_PAUSED,
    hold_paused,
    wait_answer,
)
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.models import AuditVerb, Publication, Rendering, RenderingState
from plans.queries.pauses import paused_since
from plans.queries.record_text import record_text
from plans.queries.renderings import counting
from plans.queries.sheets import plain_code

MAX_TYPED_CODE = 30
"""Letters of a sheet's code with what is typed between them."""
FORMAT = OpenApiParameter(
    "format", str, enum=KEYS, description="The format; the publication's first when not given."
)


class PublicationFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What publications can be found by."""

    plan = IdFilter(field_name="plan_id", label="The plan's id.")
    patient = IdFilter(field_name="plan__patient_id", label="The patient's id.")
    issued_after = DayFilter(field_name="issued_on", lookup_expr="gte", label="Issued on or after.")
    sheet_code = filters.CharFilter(
        max_length=MAX_TYPED_CODE,
        method="by_code",
        label="The code printed on a sheet; spaces, dashes and small letters do not matter.",
    )

    def by_code(self, rows: QuerySet[Publication], name: str, value: str) -> QuerySet[Publication]:
        return rows.filter(sheet_code=plain_code(value))


@extend_schema_view(
    list=extend_schema(summary="List publications"), retrieve=extend_schema(summary="Read a publication")
)
class PublicationViewSet(ListMixin, RetrieveMixin):
    """Issued versions of the plans of the caller's patients."""

    calls = {
        "list": Call("publications:read"),
        "retrieve": Call("publications:read"),
        "pdf": Call("publications:read"),
        "renderings": Call("renderings:write", reads=("publications:read",)),
        "record": Call("publications:read"),
        "taught_back": Call("publications:write", reads=("publications:read",)),
        "take_back": Call("publications:write", reads=("publications:read",)),
    }
    model = Publication
    serializer_class = PublicationSerializer
    filterset_class = PublicationFilter
    ordering_fields = ("published_at",)
    ordering = ("-published_at",)
    parameters = {"pdf": ("format", "paused")}

    def rows(self) -> QuerySet[Publication]:
        return with_files(permissions.publications_of(self.person))

    def answer_row(self, row: Publication, *, status: int = 200) -> Response:
        self.note_reading(AuditVerb.PUBLICATION_VIEWED, row, row.plan.patient)
        return super().answer_row(row, status=status)

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
        location = reverse("api:renderings-pdf", args=[found.pk]) + ("?paused=include" if knowing else "")
        return Response(status=303, headers={"Location": location})

    @extend_schema(
        summary="Ask for further formats",
        description="Also asks again for one that failed.",
        request=FormatsInputSerializer,
        responses={202: PublicationSerializer},
    )
    @action(detail=True, methods=["post"], serializer_class=FormatsInputSerializer)
    def renderings(self, request: Request, pk: UUID) -> Response:
        publication = self.get_object()
        formats = read_formats(self.body()["formats"])
        ask_formats(publication=publication, formats=formats, by=self.person)
        publication = self.rows().get(pk=publication.pk)
        self.concerns.add(publication.plan.patient_id)
        response = Response(PublicationSerializer(publication).data, status=202)
        response["Location"] = f"{reverse('api:publications-pdf', args=[pk])}?format={formats[0].key}"
        response["Retry-After"] = WAIT_SECONDS
        return response

    @extend_schema(summary="Read a publication as text for the record", responses=RecordTextSerializer)
    @action(detail=True, methods=["get"])
    def record(self, request: Request, pk: UUID) -> Response:
        """Tell plan, findings and reasons as plain text, in English; names and notes as they are printed."""
        publication = self.get_object()
        self.note_reading(AuditVerb.PUBLICATION_VIEWED, publication, publication.plan.patient)
        return Response(RecordTextSerializer({"text": record_text(publication)}).data)

    @extend_schema(
        summary="Record that it was shown and taught back",
        description="What is recorded already stays as it is.",
        request=TeachingInputSerializer,
        responses=PublicationSerializer,
    )
    @action(detail=True, methods=["post"], url_path="taught-back", serializer_class=TeachingInputSerializer)
    def taught_back(self, request: Request, pk: UUID) -> Response:
        publication = self.get_object()
        record_teaching(publication=publication, taught_on=self.body().get("taught_on"), by=self.person)
        return self.answer_row(self.rows().get(pk=publication.pk))

    @extend_schema(
        summary="Take back that it was shown and taught back",
        description="It was recorded by mistake.",
        request=EmptySerializer,
        responses=PublicationSerializer,
    )
    @action(detail=True, methods=["post"], url_path="taught-back/undo", serializer_class=EmptySerializer)
    def take_back(self, request: Request, pk: UUID) -> Response:
        self.body()
        publication = self.get_object()
        take_back_teaching(publication=publication, by=self.person)
        return self.answer_row(self.rows().get(pk=publication.pk))


def with_files(publications: QuerySet[Publication]) -> QuerySet[Publication]:
    files = Rendering.objects.defer("error_details").annotate(paused_at=PAUSED_AT)
    return (
        publications.annotate(paused_at=paused_since("plan"))
        .select_related("published_by", "plan__patient__clinic", "content", "record")
        .prefetch_related(
            Prefetch("content__renderings", queryset=files),
            Prefetch("record__renderings", queryset=files),
            "teachings__created_by",
        )
    )


def serialize_publication(publication: Publication) -> Any:
    return PublicationSerializer(with_files(Publication.objects.all()).get(pk=publication.pk)).data
