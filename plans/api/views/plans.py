"""Plans: written whole or by their items; copied, ordered, renewed, stopped."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions import plans as writing
from plans.actions.columns import set_columns
from plans.api.filters import DayFilter, IdFilter, WordsFilter, YesNo
from plans.api.lookups.items import read_items
from plans.api.lookups.library import therapies_by_codes
from plans.api.lookups.plan_exercises import exercises_of, names_in_plans, revisions_in_use
from plans.api.permissions import Call
from plans.api.schema.openapi import Nothing, expand_parameter
from plans.api.serializers.doses import check_dose
from plans.api.serializers.findings import shown_findings
from plans.api.serializers.plans import ItemsBody, PlanSearchBody, PlanShown
from plans.api.viewsets.base import refuse
from plans.api.viewsets.etags import version_of
from plans.api.viewsets.search import Searchable
from plans.models import AuditVerb, Patient, Plan, PlanItem
from plans.models.base import FREQUENCY_COLUMNS
from plans.queries.checks import check_plan
from plans.queries.pauses import is_paused
from plans.queries.plans import with_details, with_external_id

WRITE = Call("plans:write", reads=("plans:read",))
EXPANDS = {"patient": "patients:read", "exercises": "library:read", "findings": "plans:read"}
EXPAND = expand_parameter(EXPANDS, "patient", "exercises")
INNER = {"patient_id", "external_id", "therapy_codes", "items"}


class PlanFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What plans can be found by."""

    patient = IdFilter(field_name="patient_id", label="The patient's id.")
    external_id = WordsFilter(max_length=120, label="Your own id for the plan.")
    published = YesNo(
        field_name="last_number", lookup_expr="isnull", exclude=True, label="Whether it was ever issued."
    )
    stopped = YesNo(
        field_name="stopped_on", lookup_expr="isnull", exclude=True, label="Whether it was ended."
    )
    paused = YesNo(method="filter_paused", label="Whether it is paused now.")
    exercise = filters.CharFilter(
        field_name="items__revision__exercise__code",
        max_length=64,
        distinct=True,
        label="The code of an exercise in it.",
    )
    review_before = DayFilter(
        field_name="review_on", lookup_expr="lt", label="To be looked at before this day."
    )

    def filter_paused(self, plans: QuerySet[Plan], name: str, value: bool) -> QuerySet[Plan]:
        return plans.filter(is_paused() if value else ~is_paused())


@extend_schema_view(
    list=extend_schema(summary="List plans", parameters=[EXPAND]),
    retrieve=extend_schema(summary="Read a plan", parameters=[expand_parameter(EXPANDS, *EXPANDS)]),
    search=extend_schema(summary="Search plans", parameters=[EXPAND], request=PlanSearchBody),
)
class Plans(Searchable):
    """Plans of the caller's patients, with their items."""

    calls = {
        "list": Call("plans:read"),
        "search": Call("plans:read"),
        "search_page": Call("plans:read"),
        "retrieve": Call("plans:read"),
        "create": WRITE,
        "partial_update": WRITE,
        "replace_items": WRITE,
        "copy": WRITE,
        "stop": WRITE,
        "order_by_position": WRITE,
        "renew": WRITE,
        "undo_renew": WRITE,
    }
    holds = frozenset({"stop", "order_by_position", "renew", "undo_renew"})
    expands = EXPANDS
    serializer_class = PlanShown
    search_body = PlanSearchBody
    personal = frozenset({"search", "external_id"})
    filterset_class = PlanFilter
    search_fields = ("search_text",)
    searched = "title"
    ordering_fields = ("changed_at", "created_at", "title")
    ordering = ("-changed_at",)

    def rows(self) -> QuerySet[Plan]:
        return with_external_id(with_details(permissions.plans_of(self.person)), self.system)

    def queryset_for_schema(self) -> QuerySet[Plan]:
        return with_details(Plan.objects.all()).annotate()

    # --- Reading ----------------------------------------------------------------------------------------

    def list(self, request: Request) -> Response:
        if "findings" in self.expanded:
            refuse("expand", "Findings are told for one plan at a time.")
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        context = self.get_serializer_context()
        return self.get_paginated_response(PlanShown(self._expand(page), many=True, context=context).data)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        plan = self.get_object()
        return self._shown(plan)

    # --- Writing ----------------------------------------------------------------------------------------

    @extend_schema(summary="Add a plan", description="With its items, or without any yet.")
    def create(self, request: Request) -> Response:
        given = self.body()
        patient = permissions.patients_of(self.person).filter(pk=given["patient_id"]).first()
        if patient is None:
            refuse("patient", "You have no such patient.", "unknown")
        plan = Plan(patient=patient)
        self._save(plan, patient, given)
        return self._written(plan, status=201)

    @extend_schema(
        summary="Change a plan", description="Fields that are not given stay. Lists are replaced whole."
    )
    def partial_update(self, request: Request, pk: UUID) -> Response:
        plan = self._seen()
        given = self.body(partial=True)
        if given.get("patient_id", plan.patient_id) != plan.patient_id:
            refuse("patient", "A plan stays with its patient: make another plan.")
        self._save(plan, plan.patient, given)
        return self._written(plan)

    @extend_schema(
        summary="Replace all items",
        description="In one call: keeps items that are named by id, adds those without, removes the rest, "
        "and puts them in the order of the list.",
        request=ItemsBody,
        responses=PlanShown,
    )
    @action(detail=True, methods=["put"], url_path="items", serializer_class=ItemsBody)
    def replace_items(self, request: Request, pk: UUID) -> Response:
        plan = self._seen()
        rows, gone = read_items(self.body()["items"], plan=plan, clinic=plan.patient.clinic)
        writing.save_plan(plan=plan, items=rows, removed=gone, by=self.person)
        return self._written(plan)

    @extend_schema(summary="Copy a plan", request=Nothing, responses={201: PlanShown})
    @action(detail=True, methods=["post"], serializer_class=Nothing)
    def copy(self, request: Request, pk: UUID) -> Response:
        """Make a new draft with the same words, items and doses, for the same patient."""
        self.body()
        return self._written(writing.copy_plan(plan=self.get_object(), by=self.person), status=201)

    @extend_schema(summary="End a plan today", request=Nothing, responses=PlanShown)
    @action(detail=True, methods=["post"], serializer_class=Nothing)
    def stop(self, request: Request, pk: UUID) -> Response:
        """Its sheets answer that they are stopped."""
        self.body()
        return self._written(writing.stop_plan(plan=self._commanded(), by=self.person))

    @extend_schema(summary="Order items by position", request=Nothing, responses=PlanShown)
    @action(detail=True, methods=["post"], url_path="order-by-position", serializer_class=Nothing)
    def order_by_position(self, request: Request, pk: UUID) -> Response:
        """Put the items in the order with the fewest changes of position."""
        self.body()
        return self._written(writing.order_by_position(plan=self._commanded(), by=self.person))

    @extend_schema(summary="Take the newest approved revisions", request=Nothing, responses=PlanShown)
    @action(detail=True, methods=["post"], serializer_class=Nothing)
    def renew(self, request: Request, pk: UUID) -> Response:
        """Point every item at the revision of its exercise that the clinic approved last; doses and notes stay."""
        self.body()
        return self._written(writing.take_newest_revisions(plan=self._commanded(), by=self.person))

    @extend_schema(summary="Take the newest revisions back", request=Nothing, responses=PlanShown)
    @action(detail=True, methods=["post"], url_path="renew/undo", serializer_class=Nothing)
    def undo_renew(self, request: Request, pk: UUID) -> Response:
        """Point items back at the revision that they named before they took a newer one; doses and notes stay.

        409 `nothing_to_take_back` if none can go back.
        """
        self.body()
        return self._written(writing.take_former_revisions(plan=self._commanded(), by=self.person))

    # --- Inside -----------------------------------------------------------------------------------------

    def _seen(self) -> Plan:
        plan: Plan = self.locked()
        self.expect(stored_rows(plan))
        return plan

    def _commanded(self) -> Plan:
        plan: Plan = self.locked()
        self.expect_if_told(stored_rows(plan))
        return plan

    def _save(self, plan: Plan, patient: Patient, given: dict[str, Any]) -> None:
        own = {name: value for name, value in given.items() if name not in INNER}
        set_columns(plan, own, columns=writing.PLAN_COLUMNS)
        check_dose({name: getattr(plan, name) for name in FREQUENCY_COLUMNS})
        rows: Sequence[PlanItem] = []
        gone: Collection[UUID] = ()
        if "items" in given:
            rows, gone = read_items(given["items"], plan=plan, clinic=patient.clinic)
        therapies = None
        if "therapy_codes" in given:
            therapies = therapies_by_codes(given["therapy_codes"], patient.clinic)
        writing.save_plan(plan=plan, items=rows, removed=gone, therapies=therapies, by=self.person)
        self.keep_external_id(plan, given)

    def _written(self, plan: Plan, status: int = 200) -> Response:
        return self._shown(self.rows().get(pk=plan.pk), status=status)

    def _shown(self, plan: Plan, status: int = 200) -> Response:
        self.note_reading(AuditVerb.PLAN_VIEWED, plan, plan.patient)
        data = self._data(next(iter(self._expand([plan]))))
        location = f"/api/v1/plans/{plan.pk}/" if status == 201 else ""
        return self.answer(data, version=version_of_plan(plan), status=status, location=location)

    def _data(self, plan: Plan) -> dict[str, Any]:
        return PlanShown(plan, context=self.get_serializer_context()).data

    def _expand(self, plans: Any) -> Any:
        plans = list(plans)
        patients = self._patients(plans) if "patient" in self.expanded else {}
        names = names_in_plans(plans) if "exercises" in self.expanded else {}
        in_use = revisions_in_use(plans) if "exercises" in self.expanded else {}
        for plan in plans:
            _note(plan)
            plan.expanded = {} if self.expanded else None
            if "patient" in self.expanded:
                plan.expanded["patient"] = patients[plan.patient_id]
            if "exercises" in self.expanded:
                plan.expanded["exercises"] = exercises_of(plan, names, in_use)
            if "findings" in self.expanded:
                check = check_plan(plan)
                plan.expanded["findings"] = shown_findings(check.findings, check.reasons)
        return plans

    def _patients(self, plans: Any) -> dict[UUID, Patient]:
        rows = permissions.patients_of(self.person).filter(pk__in={plan.patient_id for plan in plans})
        rows = rows.select_related("clinic").prefetch_related("conditions__condition", "symptoms__symptom")
        found = {patient.pk: patient for patient in with_external_id(rows, self.system)}
        self.note_readings(AuditVerb.PATIENT_VIEWED, [(patient, patient) for patient in found.values()])
        return found


def shown_plan(plan: Any) -> dict[str, Any]:
    """Give a plan, read with its details and external id, as JSON without anything expanded."""
    _note(plan)
    plan.expanded = None
    return PlanShown(plan).data


def stored_rows(plan: Any) -> list[Any]:
    """Give the rows that a plan's version names: what stands in it, and the pause that it is in."""
    return [
        plan,
        *plan.open_pauses,
        *plan.items.all(),
        *sorted(plan.therapies.all(), key=lambda advice: advice.pk),
    ]


def version_of_plan(plan: Any) -> str:
    """Name what stands in the draft, and its newest publication."""
    return f"{version_of(stored_rows(plan))}.{plan.last_number or 0}"


def _note(plan: Any) -> None:
    plan.therapy_codes = [advice.code for advice in plan.therapies.all()]
    plan.paused_at = plan.open_pauses[0].paused_at if plan.open_pauses else None
    plan.last_publication = plan.last_id and {"id": plan.last_id, "number": plan.last_number}
