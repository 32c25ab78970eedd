"""Protocols and plans: a plan is started from one, joined by one, saved as one."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.apply_protocol import Joined, add_protocol, next_phase, start_plan
from plans.actions.protocols import save_as_protocol
from plans.api.exceptions import refuse
from plans.api.lookups.conditions import one_condition
from plans.api.permissions import Call
from plans.api.serializers.base import EmptySerializer
from plans.api.serializers.plans import PlanSerializer
from plans.api.serializers.protocols import (
    AddProtocolInputSerializer,
    JoinedSerializer,
    NextPhaseInputSerializer,
    ProtocolSerializer,
    SaveAsProtocolInputSerializer,
    StartPlanInputSerializer,
)
from plans.api.views.protocols import rows_of_protocol
from plans.api.viewsets.base import ApiViewSet
from plans.api.viewsets.etags import version_of
from plans.api.viewsets.plans import version_of_plan
from plans.models import AuditVerb, Exercise, LibraryProtocol, PhaseBegan, Plan, Protocol
from plans.permissions import Person
from plans.queries.plans import with_details, with_external_id
from plans.queries.programmes import AnyProtocol
from plans.queries.protocols import with_items

JOIN = Call("plans:write", reads=("plans:read", "protocols:read"))
"""What comes of a protocol tells what stands in it."""


def exercises_to_take(given: dict[str, Any]) -> list[UUID] | None:
    """Read the codes of the exercises that join; None where the rules decide."""
    codes = given.pop("take", None)
    if codes is None:
        return None
    return list(Exercise.objects.filter(code__in=codes).values_list("pk", flat=True))


def _treats_and_keeps(person: Person) -> bool:
    return permissions.may_have_patients(person) and permissions.may_keep_protocols(person)


class _AddedProtocolViewSet(ApiViewSet):
    """Answers with a plan after a protocol joined it."""

    serializer_class = EmptySerializer

    def answer_joined(self, joined: Joined, *, status: int = 200) -> Response:
        rows = with_details(Plan.objects.filter(pk=joined.plan.pk))
        plan = with_external_id(rows, self.system).get()
        self.note_reading(AuditVerb.PLAN_VIEWED, plan, plan.patient)
        data = {
            "plan": PlanSerializer(plan).data,
            "added": [str(item.pk) for item in joined.added],
            "left_out": [
                {
                    "exercise": str(left.exercise.pk),
                    "exercise_code": left.exercise.code,
                    "why": left.why.value,
                }
                for left in joined.left_out
            ],
        }
        location = reverse("api:plans-detail", args=[plan.pk]) if status == 201 else ""
        return self.answer(data, version=version_of_plan(plan), status=status, location=location)


class ProtocolPlanViewSet(_AddedProtocolViewSet):
    """Plans that begin with a protocol."""

    tag = "protocols"
    calls = {"start_plan": JOIN}

    def rows(self) -> QuerySet[Any]:
        return permissions.protocols_of(self.person)

    @extend_schema(
        summary="Start a plan from a protocol",
        description="Makes a draft with the protocol's exercises, doses, frequency, goals, note and therapies. Each "
        "exercise comes in the newest revision that the clinic approves; those that cannot be used are named in "
        "`left_out`. Look at the plan's findings afterwards.",
        request=StartPlanInputSerializer,
        responses={201: JoinedSerializer},
    )
    @action(detail=True, methods=["post"], url_path="start-plan", serializer_class=StartPlanInputSerializer)
    def start_plan(self, request: Request, pk: UUID) -> Response:
        given = self.body()
        protocol = self.get_object()
        patient = permissions.patients_of(self.person).filter(pk=given.pop("patient")).first()
        if patient is None:
            refuse("patient", "You have no such patient.", "unknown")
        take = exercises_to_take(given)
        joined = start_plan(protocol=protocol, patient=patient, take=take, by=self.person, **given)
        return self.answer_joined(joined, status=201)


class LibraryProtocolPlanViewSet(ProtocolPlanViewSet):
    """Plans that begin with a protocol of the library."""

    def rows(self) -> QuerySet[Any]:
        return permissions.entries_of(self.person, LibraryProtocol)


class PlanProtocolViewSet(_AddedProtocolViewSet):
    """Protocols that join a plan, and plans that become protocols."""

    tag = "plans"
    calls = {
        "add_protocol": JOIN,
        "next_phase": JOIN,
        "save_as_protocol": Call(
            "protocols:write", _treats_and_keeps, reads=("protocols:read", "plans:read")
        ),
    }
    optional_if_match = frozenset({"add_protocol", "next_phase"})

    def rows(self) -> QuerySet[Plan]:
        return with_details(permissions.plans_of(self.person))

    def version(self, row: Plan) -> str:
        return version_of_plan(row)

    @extend_schema(
        summary="Add a protocol to a plan",
        description="Appends the protocol's exercises with their doses; what the plan says already stays, blank goals "
        "and a blank note are filled. Exercises that the plan has already, that are retired, or of which the clinic "
        "approves nothing are named in `left_out`. Look at the plan's findings afterwards.",
        request=AddProtocolInputSerializer,
        responses=JoinedSerializer,
    )
    @action(
        detail=True, methods=["post"], url_path="add-protocol", serializer_class=AddProtocolInputSerializer
    )
    def add_protocol(self, request: Request, pk: UUID) -> Response:
        given = self.body()
        plan = self.locked_for_command()
        protocol = self._protocol(given["protocol"])
        take = exercises_to_take(given)
        return self.answer_joined(add_protocol(plan=plan, protocol=protocol, take=take, by=self.person))

    @extend_schema(
        summary="Go on to the next phase",
        description="Changes the draft to the protocol that follows on the plan's: exercises of the phase before that "
        "the next one has not go, doses become those of the next one, new ones join, what was chosen beside the "
        "protocol stays. The plan begins today. Publish it afterwards; `no_next_phase` where nothing follows.",
        request=NextPhaseInputSerializer,
        responses=JoinedSerializer,
    )
    @action(detail=True, methods=["post"], url_path="next-phase", serializer_class=NextPhaseInputSerializer)
    def next_phase(self, request: Request, pk: UUID) -> Response:
        given = self.body()
        joined = next_phase(
            plan=self.locked_for_command(),
            because=PhaseBegan(given["because"]),
            of=given.get("of"),
            take=exercises_to_take(given),
            by=self.person,
        )
        return self.answer_joined(joined)

    def _protocol(self, wanted: UUID) -> AnyProtocol:
        own = permissions.protocols_of(self.person).filter(pk=wanted).first()
        if own is not None:
            return own
        shared = permissions.entries_of(self.person, LibraryProtocol).filter(pk=wanted).first()
        if shared is None:
            refuse("protocol", "You have no such protocol.", "unknown")
        return shared

    @extend_schema(
        summary="Save a plan as a protocol",
        description="Makes a protocol of the plan's exercises, doses, frequency and therapies. What was written for "
        "the patient stays behind unless `with_words` asks for it.",
        request=SaveAsProtocolInputSerializer,
        responses={201: ProtocolSerializer},
    )
    @action(
        detail=True,
        methods=["post"],
        url_path="save-as-protocol",
        serializer_class=SaveAsProtocolInputSerializer,
    )
    def save_as_protocol(self, request: Request, pk: UUID) -> Response:
        given = self.body()
        plan = self.get_object()
        made = save_as_protocol(
            plan=plan,
            title=given["title"],
            condition=one_condition(given.get("condition"), plan.patient.clinic),
            with_words=given.get("with_words", False),
            by=self.person,
        )
        self.note_reading(AuditVerb.PLAN_VIEWED, plan, plan.patient)
        protocol = with_external_id(with_items(Protocol.objects.filter(pk=made.pk)), self.system).get()
        location = reverse("api:protocols-detail", args=[protocol.pk])
        version = version_of(rows_of_protocol(protocol))
        return self.answer(ProtocolSerializer(protocol).data, version=version, status=201, location=location)
