"""Measures of the library, and of a plan: read with what changed, and told by a client for the patient."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.measures import Answer, tell_measure
from plans.api.lookups.library import by_codes
from plans.api.permissions import READ_LIBRARY, Call
from plans.api.serializers.measures import (
    MeasureInputSerializer,
    MeasureSerializer,
    PlanMeasuresSerializer,
    ScoreSerializer,
)
from plans.api.views.library import RetirableFilter
from plans.api.viewsets.base import ApiViewSet
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.models import AuditVerb, LogSource, Measure, MeasureText, Occasion, OwnActivity, Plan, Score
from plans.models.measures import NOW
from plans.queries.approvals import newest_measures
from plans.queries.library import approving_clinics
from plans.queries.measures.results import Result, results_of

READ, WRITE = Call("measures:read"), Call("measures:write", reads=("measures:read",))
TEXT = (
    "language",
    "number",
    "name",
    "question",
    "help",
    "lowest",
    "lowest_words",
    "highest",
    "highest_words",
    "kind",
    "better",
    "differences",
)


@extend_schema_view(
    list=extend_schema(summary="List measures"), retrieve=extend_schema(summary="Read a measure")
)
class MeasureViewSet(ListMixin, RetrieveMixin):
    """What patients are asked at the start of a plan and at its review, and which change counts."""

    calls = {"list": READ_LIBRARY, "retrieve": READ_LIBRARY}
    model = Measure
    serializer_class = MeasureSerializer
    filterset_class = RetirableFilter
    search_fields = ("code",)
    ordering_fields = ("code",)
    ordering = ("code",)

    def rows(self) -> QuerySet[Any]:
        clinics = permissions.clinics_with(self.person)
        held = Q(approvals__withdrawn_at=None, approvals__clinic__in=clinics)
        told = MeasureText.objects.filter(Q(pk__in=newest_measures()) | held).distinct()
        texts = Prefetch("texts", queryset=told.order_by("language", "-number"), to_attr="told")
        return permissions.entries_of(self.person, Measure).prefetch_related(texts)

    def present(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return each measure with its texts, and for which of the person's clinics each text is approved."""
        ids = [text.pk for row in rows for text in row.told]
        approved = approving_clinics("measure", ids, permissions.clinics_with(self.person))
        names = ("id", "code", "clinic_id", "source", "retired_on")
        return [
            {
                **{name: getattr(row, name) for name in names},
                "texts": [
                    {
                        **{name: getattr(text, name) for name in TEXT},
                        "approved_for": [str(pk) for pk in approved.get(text.pk, ())],
                    }
                    for text in row.told
                ],
            }
            for row in rows
        ]


class PlanMeasureViewSet(ApiViewSet):
    """The measures of a plan: what was told, and what changed."""

    tag = "plans"
    calls = {"measures": READ, "tell_measures": WRITE, "scores": READ}
    paged_actions = ("scores",)
    model = Plan
    serializer_class = ScoreSerializer
    ordering = ("-day",)

    def rows(self) -> QuerySet[Plan]:
        return permissions.plans_of(self.person).select_related("patient__clinic")

    @extend_schema(summary="Read a plan's measures", responses=PlanMeasuresSerializer)
    @action(detail=True, methods=["get"], serializer_class=PlanMeasuresSerializer)
    def measures(self, request: Request, pk: UUID) -> Response:
        """The numbers at the start and at the last review, the change, and by which sources it counts.

        A measure that was told of for neither is left out: it is unknown.
        """
        plan = self.get_object()
        self.note_reading(AuditVerb.MEASURE_VIEWED, plan, plan.patient)
        return self.answer(_told(plan))

    @extend_schema(
        summary="Tell a measure", request=MeasureInputSerializer, responses={201: PlanMeasuresSerializer}
    )
    @measures.mapping.post
    def tell_measures(self, request: Request, pk: UUID) -> Response:
        """Tell the numbers of one measure for the patient, or correct them. The same again changes nothing."""
        given = self.body(MeasureInputSerializer)
        plan = self.get_object()
        self.concerns.add(plan.patient_id)
        code = given["measure"]
        found = by_codes(Measure, [code], plan.patient.clinic, "measure")
        tell_measure(
            plan=plan,
            measure=found[code],
            occasion=Occasion(given["occasion"]),
            day=given["day"],
            answers=_answers(given),
            whole=given.get("whole", False),
            source=LogSource.API,
            by=self.person,
        )
        return self.answer(_told(plan), status=201)

    @extend_schema(summary="List a plan's scores", responses=ScoreSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], serializer_class=ScoreSerializer)
    def scores(self, request: Request, pk: UUID) -> Response:
        """Each number that counts now, newest day first; one that was corrected is told no more."""
        plan = self.get_object()
        self.note_reading(AuditVerb.MEASURE_VIEWED, plan, plan.patient)
        rows = Score.objects.filter(NOW, plan=plan).select_related("measure", "activity")
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(ScoreSerializer(page, many=True).data)


def _answers(given: dict[str, Any]) -> list[Answer]:
    answers = [
        Answer(place=one["place"], words=one.get("words"), value=one.get("value"))
        for one in given.get("activities", ())
    ]
    if "value" in given or not answers:
        answers.append(Answer(value=given.get("value")))
    return answers


def _told(plan: Plan) -> dict[str, Any]:
    told = {
        "activities": OwnActivity.objects.filter(NOW, plan=plan),
        "results": [_result(one) for one in results_of([plan])[plan.pk]],
    }
    return dict(PlanMeasuresSerializer(told).data)


def _result(result: Result) -> dict[str, Any]:
    numbers = {name: getattr(result, name) for name in ("start", "review", "change")}
    names = ("start_day", "review_day", "is_better", "reached", "sources", "judged", "activities")
    return {
        "measure": result.measure.code,
        "is_approved": result.scale.is_approved,
        "better": result.scale.text.better,
        **{name: None if value is None else round(float(value), 2) for name, value in numbers.items()},
        **{name: getattr(result, name) for name in names},
    }
