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
from plans.api.exceptions import refuse
from plans.api.filters import ConditionFilter, FlagFilter, IdFilter, WordsFilter
from plans.api.lookups.clinics import named_clinic
from plans.api.lookups.conditions import one_condition
from plans.api.lookups.item_rows import read_protocol_items
from plans.api.lookups.library import therapies_by_codes
from plans.api.lookups.protocol_exercises import exercises_of
from plans.api.permissions import Call
from plans.api.schema.openapi import expand_parameter
from plans.api.serializers.base import EmptySerializer
from plans.api.serializers.doses import check_dose
from plans.api.serializers.fields import CODE_LENGTH, EXTERNAL_ID_LENGTH
from plans.api.serializers.protocols import ProtocolSerializer
from plans.api.viewsets.etags import version_of
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.models import Clinic, Protocol, ProtocolItem
from plans.models.base import FREQUENCY_COLUMNS
from plans.queries.plans import with_external_id
from plans.queries.protocols import with_items

READ = Call("protocols:read", permissions.may_read_library)
WRITE = Call("protocols:write", permissions.may_keep_protocols, reads=("protocols:read",))
EXPANDS = {"exercises": "library:read"}
WRITTEN_ELSEWHERE = (
    "clinic_id",
    "external_id",
    "condition",
    "therapies",
    "items",
    "window_anchor",
    "criteria",
    "next_id",
)


class ProtocolFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What protocols can be found by."""

    clinic = IdFilter(field_name="clinic_id", label="The clinic's id.")
    external_id = WordsFilter(max_length=EXTERNAL_ID_LENGTH, label="Your own id for the protocol.")
    condition = ConditionFilter(
        field_name="condition__code", label="The code of the condition it is for, or an ICD-10 code."
    )
    exercise = filters.CharFilter(
        field_name="items__exercise__code",
        max_length=CODE_LENGTH,
        distinct=True,
        label="The code of an exercise in it.",
    )
    retired = FlagFilter(
        field_name="retired_on", lookup_expr="isnull", exclude=True, label="Whether it is offered no more."
    )


@extend_schema_view(
    list=extend_schema(summary="List protocols", parameters=[expand_parameter(EXPANDS, "exercises")]),
    retrieve=extend_schema(summary="Read a protocol", parameters=[expand_parameter(EXPANDS, "exercises")]),
)
class ProtocolViewSet(ListMixin, RetrieveMixin):
    """Programmes of the caller's clinics, with their items."""

    calls = {
        "list": READ,
        "retrieve": READ,
        "create": WRITE,
        "partial_update": WRITE,
        "retire": WRITE,
        "restore": WRITE,
    }
    optional_if_match = frozenset({"retire", "restore"})
    expands = EXPANDS
    model = Protocol
    serializer_class = ProtocolSerializer
    filterset_class = ProtocolFilter
    search_fields = ("search_text",)
    search_description = "title"
    ordering_fields = ("title", "created_at", "changed_at")
    columns = {"changed_at": "updated_at"}
    ordering = ("title",)

    def rows(self) -> QuerySet[Protocol]:
        return with_external_id(with_items(permissions.protocols_of(self.person)), self.system)

    def version(self, row: Protocol) -> str:
        return version_of(rows_of_protocol(row))

    def beside(self, rows: Sequence[Protocol]) -> dict[str, Any]:
        if "exercises" not in self.expanded:
            return {}
        return {"expanded": {pk: {"exercises": told} for pk, told in exercises_of(rows).items()}}

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
        protocol = self.locked_as_seen()
        given = self.body(partial=True)
        if given.get("clinic_id", protocol.clinic_id) != protocol.clinic_id:
            refuse("clinic", "A protocol stays with its clinic: make another protocol.")
        self._save(protocol, given)
        return self._written(protocol)

    @extend_schema(summary="Retire a protocol", request=EmptySerializer, responses=ProtocolSerializer)
    @action(detail=True, methods=["post"], serializer_class=EmptySerializer)
    def retire(self, request: Request, pk: UUID) -> Response:
        """It is offered no more. Plans that were made from it stay."""
        self.body()
        return self._written(writing.retire_protocol(protocol=self.locked_for_command(), by=self.person))

    @extend_schema(
        summary="Use a retired protocol again", request=EmptySerializer, responses=ProtocolSerializer
    )
    @action(detail=True, methods=["post"], serializer_class=EmptySerializer)
    def restore(self, request: Request, pk: UUID) -> Response:
        """Refused when another protocol has its title by now."""
        self.body()
        return self._written(writing.restore_protocol(protocol=self.locked_for_command(), by=self.person))

    # --- Inside -----------------------------------------------------------------------------------------

    def _clinic(self, given: UUID | None) -> Clinic:
        return named_clinic(
            given,
            among=permissions.clinics_with(self.person, *permissions.PROTOCOL_WRITERS),
            several="You write the protocols of several clinics: say of which.",
            unknown="You write no protocols of such a clinic.",
        )

    def _save(self, protocol: Protocol, given: dict[str, Any]) -> None:
        own = {name: value for name, value in given.items() if name not in WRITTEN_ELSEWHERE}
        set_columns(protocol, own, columns=writing.PROTOCOL_COLUMNS)
        check_dose({name: getattr(protocol, name) for name in FREQUENCY_COLUMNS})
        if "condition" in given:
            protocol.condition = one_condition(given["condition"]["code"], protocol.clinic)
        self._take_phase(protocol, given)
        rows: Sequence[ProtocolItem] = []
        gone: Collection[UUID] = ()
        if "items" in given:
            rows, gone = read_protocol_items(given["items"], protocol=protocol, clinic=protocol.clinic)
        therapies = None
        if "therapies" in given:
            therapies = therapies_by_codes(given["therapies"], protocol, protocol.clinic)
        writing.save_protocol(
            protocol=protocol, items=rows, removed=gone, therapies=therapies, by=self.person
        )
        self.keep_external_id(protocol, given)

    def _take_phase(self, protocol: Protocol, given: dict[str, Any]) -> None:
        if "window_anchor" in given:
            protocol.window_anchor = given["window_anchor"] or ""
        if "criteria" in given:
            languages = [one["language"] for one in given["criteria"]]
            if len(set(languages)) < len(languages):
                refuse("go_on_when", "A language is given twice.", "given_twice")
            protocol.go_on_when = {one["language"]: one["words"] for one in given["criteria"]}
        if "next_id" in given:
            own = permissions.protocols_of(self.person).filter(clinic=protocol.clinic_id)
            protocol.next = own.filter(pk=given["next_id"]).first() if given["next_id"] else None
            if given["next_id"] and protocol.next is None:
                refuse("next", "The clinic has no such protocol.", "unknown")

    def _written(self, protocol: Protocol, status: int = 200) -> Response:
        return self.answer_row(self.rows().get(pk=protocol.pk), status=status)


def rows_of_protocol(protocol: Protocol) -> list[Any]:
    therapies = sorted(protocol.therapies.all(), key=lambda advice: advice.pk)
    return [protocol, *protocol.items.all(), *therapies]
