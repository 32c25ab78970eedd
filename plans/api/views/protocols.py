"""Protocols of the caller's clinics: written whole, retired, used again."""

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
from plans.actions import protocols as writing
from plans.actions.columns import set_columns
from plans.api.filters import ConditionFilter, IdFilter, WordsFilter, YesNo
from plans.api.lookups.conditions import one_condition
from plans.api.lookups.library import therapies_by_codes
from plans.api.lookups.protocol_items import read_protocol_items
from plans.api.permissions import Call
from plans.api.schema.openapi import Nothing, expand_parameter
from plans.api.serializers.doses import check_dose
from plans.api.serializers.protocols import ProtocolShown
from plans.api.viewsets.base import ApiViewSet, refuse
from plans.models import Clinic, Exercise, Protocol, ProtocolItem
from plans.models.base import FREQUENCY_COLUMNS
from plans.queries.exercises import revisions_in_use
from plans.queries.plans import with_external_id
from plans.queries.protocols import names_of, with_items

READ = Call("protocols:read", permissions.may_read_library)
WRITE = Call("protocols:write", permissions.may_keep_protocols, reads=("protocols:read",))
EXPANDS = {"exercises": "library:read"}
INNER = {"clinic_id", "external_id", "condition", "therapy_codes", "items"}


class ProtocolFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What protocols can be found by."""

    clinic = IdFilter(field_name="clinic_id", label="The clinic's id.")
    external_id = WordsFilter(max_length=120, label="Your own id for the protocol.")
    condition = ConditionFilter(
        field_name="condition__code", label="The code of the condition it is for, or an ICD-10 code."
    )
    exercise = filters.CharFilter(
        field_name="items__exercise__code",
        max_length=64,
        distinct=True,
        label="The code of an exercise in it.",
    )
    retired = YesNo(
        field_name="retired_on", lookup_expr="isnull", exclude=True, label="Whether it is offered no more."
    )


@extend_schema_view(
    list=extend_schema(summary="List protocols", parameters=[expand_parameter(EXPANDS, "exercises")]),
    retrieve=extend_schema(summary="Read a protocol", parameters=[expand_parameter(EXPANDS, "exercises")]),
)
class Protocols(ApiViewSet):
    """Programmes of the caller's clinics, with their items."""

    calls = {
        "list": READ,
        "retrieve": READ,
        "create": WRITE,
        "partial_update": WRITE,
        "retire": WRITE,
        "restore": WRITE,
    }
    holds = frozenset({"retire", "restore"})
    expands = EXPANDS
    serializer_class = ProtocolShown
    filterset_class = ProtocolFilter
    search_fields = ("search_text",)
    searched = "title"
    ordering_fields = ("title", "created_at", "changed_at")
    ordering = ("title",)

    def rows(self) -> QuerySet[Protocol]:
        return with_external_id(with_items(permissions.protocols_of(self.person)), self.system)

    def queryset_for_schema(self) -> QuerySet[Protocol]:
        return Protocol.objects.all()

    # --- Reading ----------------------------------------------------------------------------------------

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(told(page, expanded=self.expanded))

    def retrieve(self, request: Request, pk: UUID) -> Response:
        return self._shown(self.get_object())

    # --- Writing ----------------------------------------------------------------------------------------

    @extend_schema(summary="Add a protocol", description="With its items, or without any yet.")
    def create(self, request: Request) -> Response:
        given = self.body()
        protocol = Protocol(clinic=self._clinic(given.get("clinic_id")))
        self._save(protocol, given)
        return self._written(protocol, status=201)

    @extend_schema(
        summary="Change a protocol",
        description="Fields that are not given stay. Lists are replaced whole: items that are named by id stay, those "
        "without are new, the rest goes. Plans that were made from it hold their own copy.",
    )
    def partial_update(self, request: Request, pk: UUID) -> Response:
        protocol = self.locked()
        self.expect(rows_of(protocol))
        given = self.body(partial=True)
        if given.get("clinic_id", protocol.clinic_id) != protocol.clinic_id:
            refuse("clinic", "A protocol stays with its clinic: make another protocol.")
        self._save(protocol, given)
        return self._written(protocol)

    @extend_schema(summary="Retire a protocol", request=Nothing, responses=ProtocolShown)
    @action(detail=True, methods=["post"], serializer_class=Nothing)
    def retire(self, request: Request, pk: UUID) -> Response:
        """It is offered no more. Plans that were made from it stay."""
        self.body()
        return self._written(writing.retire_protocol(protocol=self._commanded(), by=self.person))

    @extend_schema(summary="Use a retired protocol again", request=Nothing, responses=ProtocolShown)
    @action(detail=True, methods=["post"], serializer_class=Nothing)
    def restore(self, request: Request, pk: UUID) -> Response:
        """Refused when another protocol has its title by now."""
        self.body()
        return self._written(writing.restore_protocol(protocol=self._commanded(), by=self.person))

    # --- Inside -----------------------------------------------------------------------------------------

    def _commanded(self) -> Protocol:
        protocol: Protocol = self.locked()
        self.expect_if_told(rows_of(protocol))
        return protocol

    def _clinic(self, given: UUID | None) -> Clinic:
        own = permissions.clinics_with(self.person, *permissions.PROTOCOL_WRITERS)
        if given is None and len(own) != 1:
            refuse("clinic", "You write the protocols of several clinics: say of which.", "required")
        if given is not None and given not in own:
            refuse("clinic", "You write no protocols of such a clinic.", "unknown")
        return Clinic.objects.get(pk=given or own.pop())

    def _save(self, protocol: Protocol, given: dict[str, Any]) -> None:
        own = {name: value for name, value in given.items() if name not in INNER}
        set_columns(protocol, own, columns=writing.PROTOCOL_COLUMNS)
        check_dose({name: getattr(protocol, name) for name in FREQUENCY_COLUMNS})
        if "condition" in given:
            protocol.condition = one_condition(given["condition"]["code"], protocol.clinic)
        rows: Sequence[ProtocolItem] = []
        gone: Collection[UUID] = ()
        if "items" in given:
            rows, gone = read_protocol_items(given["items"], protocol=protocol, clinic=protocol.clinic)
        therapies = None
        if "therapy_codes" in given:
            therapies = therapies_by_codes(given["therapy_codes"], protocol.clinic)
        writing.save_protocol(
            protocol=protocol, items=rows, removed=gone, therapies=therapies, by=self.person
        )
        self.keep_external_id(protocol, given)

    def _written(self, protocol: Protocol, status: int = 200) -> Response:
        return self._shown(self.rows().get(pk=protocol.pk), status=status)

    def _shown(self, protocol: Protocol, status: int = 200) -> Response:
        location = f"/api/v1/protocols/{protocol.pk}/" if status == 201 else ""
        data = told([protocol], expanded=self.expanded)[0]
        return self.answer(data, rows=rows_of(protocol), status=status, location=location)


def told(protocols: Any, *, expanded: Collection[str] = ()) -> list[Any]:
    """Give protocols, read with their items and external ids, as JSON."""
    found = list(protocols)
    exercises = _exercises(found) if "exercises" in expanded else None
    for protocol in found:
        protocol.therapy_codes = [advice.code for advice in protocol.therapies.all()]
        protocol.expanded = None if exercises is None else {"exercises": exercises[protocol.pk]}
    return list(ProtocolShown(found, many=True).data)


def rows_of(protocol: Protocol) -> list[Any]:
    """Give the rows that a protocol's version names."""
    therapies = sorted(protocol.therapies.all(), key=lambda advice: advice.pk)
    return [protocol, *protocol.items.all(), *therapies]


def _exercises(protocols: Sequence[Protocol]) -> dict[UUID, list[dict[str, Any]]]:
    """Give what is told of each protocol's exercises; the queries grow with the clinics, not with the rows."""
    of = {
        protocol.pk: {item.exercise_id: item.exercise for item in protocol.items.all()}
        for protocol in protocols
    }
    names = names_of(
        {key for exercises in of.values() for key in exercises},
        clinics={protocol.clinic_id for protocol in protocols},
    )
    approved = {}
    for clinic in {protocol.clinic for protocol in protocols}:
        own = {key for one in protocols if one.clinic_id == clinic.pk for key in of[one.pk]}
        approved[clinic.pk] = revisions_in_use(own, clinic=clinic)
    return {
        protocol.pk: [
            _exercise(exercise, names.get(key), approved[protocol.clinic_id].get(key))
            for key, exercise in of[protocol.pk].items()
        ]
        for protocol in protocols
    }


def _exercise(exercise: Exercise, name: str | None, revision: Any) -> dict[str, Any]:
    return {
        "exercise": exercise.pk,
        "code": exercise.code,
        "name": name or exercise.code,
        "retired": exercise.retired_on is not None,
        "revision": revision and revision.pk,
    }
