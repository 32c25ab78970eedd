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
from plans.api.exceptions import refuse
from plans.api.filters import DayFilter, FlagFilter, IdFilter, WordsFilter
from plans.api.lookups.item_rows import read_plan_items
from plans.api.lookups.library import leaflets_by_codes, therapies_by_codes
from plans.api.lookups.plan_exercises import exercises_of, names_in_plans, revisions_in_use
from plans.api.permissions import Call
from plans.api.schema.openapi import expand_parameter
from plans.api.serializers.base import EmptySerializer
from plans.api.serializers.doses import check_dose
from plans.api.serializers.fields import CODE_LENGTH, EXTERNAL_ID_LENGTH
from plans.api.serializers.findings import serialize_findings
from plans.api.serializers.plans import ItemsInputSerializer, PlanSearchInputSerializer, PlanSerializer
from plans.api.viewsets.mixins import RetrieveMixin
from plans.api.viewsets.plans import version_of_plan
from plans.api.viewsets.search import SearchableViewSet
from plans.models import AuditVerb, Patient, Plan, PlanItem
from plans.models.base import FREQUENCY_COLUMNS
from plans.queries.checks import check_plan
from plans.queries.pauses import is_paused
from plans.queries.plans import with_details, with_external_id

WRITE = Call("plans:write", reads=("plans:read",))
EXPANDS = {"patient": "patients:read", "exercises": "library:read", "findings": "plans:read"}
EXPAND = expand_parameter(EXPANDS, "patient", "exercises")
WRITTEN_ELSEWHERE = ("patient_id", "external_id", "therapies", "leaflets", "items")


class PlanFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What plans can be found by."""

    patient = IdFilter(field_name="patient_id", label="The patient's id.")
    external_id = WordsFilter(max_length=EXTERNAL_ID_LENGTH, label="Your own id for the plan.")
    published = FlagFilter(
        field_name="last_number", lookup_expr="isnull", exclude=True, label="Whether it was ever issued."
    )
    stopped = FlagFilter(
        field_name="stopped_on", lookup_expr="isnull", exclude=True, label="Whether it was ended."
    )
    paused = FlagFilter(method="filter_paused", label="Whether it is paused now.")
    exercise = filters.CharFilter(
        field_name="items__revision__exercise__code",
        max_length=CODE_LENGTH,
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
    search=extend_schema(summary="Search plans", parameters=[EXPAND], request=PlanSearchInputSerializer),
)
class PlanViewSet(RetrieveMixin, SearchableViewSet):
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
    optional_if_match = frozenset({"stop", "order_by_position", "renew", "undo_renew"})
    expands = EXPANDS
    model = Plan
    serializer_class = PlanSerializer
    search_body = PlanSearchInputSerializer
    personal_parameters = frozenset({"search", "external_id"})
    filterset_class = PlanFilter
    search_fields = ("search_text",)
    search_description = "title"
    ordering_fields = ("changed_at", "created_at", "title")
    ordering = ("-changed_at",)
    columns = {"changed_at": "updated_at"}

    def rows(self) -> QuerySet[Plan]:
        return with_external_id(with_details(permissions.plans_of(self.person)), self.system)

    def version(self, row: Plan) -> str:
        return version_of_plan(row)

    # --- Reading ----------------------------------------------------------------------------------------

    def list(self, request: Request) -> Response:
        if "findings" in self.expanded:
            refuse("expand", "Findings are told for one plan at a time.")
        return super().list(request)

    def answer_row(self, row: Plan, *, status: int = 200) -> Response:
        self.note_reading(AuditVerb.PLAN_VIEWED, row, row.patient)
        return super().answer_row(row, status=status)

    def beside(self, rows: Sequence[Plan]) -> dict[str, Any]:
        if not self.expanded:
            return {}
        told: dict[UUID, dict[str, Any]] = {plan.pk: {} for plan in rows}
        if "patient" in self.expanded:
            patients = self._patients(rows)
            for plan in rows:
                told[plan.pk]["patient"] = patients[plan.patient_id]
        if "exercises" in self.expanded:
            names, in_use = names_in_plans(rows), revisions_in_use(rows)
            for plan in rows:
                told[plan.pk]["exercises"] = exercises_of(plan, names, in_use)
        if "findings" in self.expanded:
            for plan in rows:
                check = check_plan(plan)
                told[plan.pk]["findings"] = serialize_findings(check.findings, check.causes, check.reasons)
        return {"expanded": told}

    def _patients(self, plans: Sequence[Plan]) -> dict[UUID, Patient]:
        rows = permissions.patients_of(self.person).filter(pk__in={plan.patient_id for plan in plans})
        rows = rows.select_related("clinic").prefetch_related(
            "conditions__condition", "symptoms__symptom", "limits__movement"
        )
        found = {patient.pk: patient for patient in with_external_id(rows, self.system)}
        self.note_readings(AuditVerb.PATIENT_VIEWED, [(patient, patient) for patient in found.values()])
        return found

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
        plan = self.locked_as_seen()
        given = self.body(partial=True)
        if given.get("patient_id", plan.patient_id) != plan.patient_id:
            refuse("patient", "A plan stays with its patient: make another plan.")
        self._save(plan, plan.patient, given)
        return self._written(plan)

    @extend_schema(
        summary="Replace all items",
        description="In one call: keeps items that are named by id, adds those without, removes the rest, "
        "and puts them in the order of the list.",
        request=ItemsInputSerializer,
        responses=PlanSerializer,
    )
    @action(detail=True, methods=["put"], url_path="items", serializer_class=ItemsInputSerializer)
    def replace_items(self, request: Request, pk: UUID) -> Response:
        plan = self.locked_as_seen()
        rows, gone = read_plan_items(self.body()["items"], plan=plan, clinic=plan.patient.clinic)
        writing.save_plan(plan=plan, items=rows, removed=gone, by=self.person)
        return self._written(plan)

    @extend_schema(summary="Copy a plan", request=EmptySerializer, responses={201: PlanSerializer})
    @action(detail=True, methods=["post"], serializer_class=EmptySerializer)
    def copy(self, request: Request, pk: UUID) -> Response:
        """Make a new draft with the same words, items and doses, for the same patient."""
        self.body()
        return self._written(writing.copy_plan(plan=self.get_object(), by=self.person), status=201)

    @extend_schema(summary="End a plan today", request=EmptySerializer, responses=PlanSerializer)
    @action(detail=True, methods=["post"], serializer_class=EmptySerializer)
    def stop(self, request: Request, pk: UUID) -> Response:
        """Its sheets answer that they are stopped."""
        self.body()
        return self._written(writing.stop_plan(plan=self.locked_for_command(), by=self.person))

    @extend_schema(summary="Order items by position", request=EmptySerializer, responses=PlanSerializer)
    @action(detail=True, methods=["post"], url_path="order-by-position", serializer_class=EmptySerializer)
    def order_by_position(self, request: Request, pk: UUID) -> Response:
        """Put the items in the order with the fewest changes of position."""
        self.body()
        return self._written(writing.order_by_position(plan=self.locked_for_command(), by=self.person))

    @extend_schema(
        summary="Take the newest approved revisions", request=EmptySerializer, responses=PlanSerializer
    )
    @action(detail=True, methods=["post"], serializer_class=EmptySerializer)
    def renew(self, request: Request, pk: UUID) -> Response:
        """Point every item at the revision of its exercise that the clinic approved last; doses and notes stay."""
        self.body()
        return self._written(writing.take_newest_revisions(plan=self.locked_for_command(), by=self.person))

    @extend_schema(
        summary="Take the newest revisions back", request=EmptySerializer, responses=PlanSerializer
    )
    @action(detail=True, methods=["post"], url_path="renew/undo", serializer_class=EmptySerializer)
    def undo_renew(self, request: Request, pk: UUID) -> Response:
        """Point items back at the revision that they named before they took a newer one; doses and notes stay.

        409 `nothing_to_take_back` if none can go back.
        """
        self.body()
        return self._written(writing.take_former_revisions(plan=self.locked_for_command(), by=self.person))

    # --- Inside -----------------------------------------------------------------------------------------

    def _save(self, plan: Plan, patient: Patient, given: dict[str, Any]) -> None:
        own = {name: value for name, value in given.items() if name not in WRITTEN_ELSEWHERE}
        set_columns(plan, own, columns=writing.PLAN_COLUMNS)
        check_dose({name: getattr(plan, name) for name in FREQUENCY_COLUMNS})
        rows: Sequence[PlanItem] = []
        gone: Collection[UUID] = ()
        if "items" in given:
            rows, gone = read_plan_items(given["items"], plan=plan, clinic=patient.clinic)
        therapies = None
        if "therapies" in given:
            therapies = therapies_by_codes(given["therapies"], plan, patient.clinic)
        leaflets = None
        if "leaflets" in given:
            leaflets = leaflets_by_codes(given["leaflets"], plan, patient.clinic)
        writing.save_plan(
            plan=plan, items=rows, removed=gone, therapies=therapies, leaflets=leaflets, by=self.person
        )
        self.keep_external_id(plan, given)

    def _written(self, plan: Plan, status: int = 200) -> Response:
        return self.answer_row(self.rows().get(pk=plan.pk), status=status)
