"""The library besides its exercises, for reading: movements, conditions, symptoms, rules, advice."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.api.filters import ConditionFilter, YesNo, condition_codes
from plans.api.serializers.library import (
    AdviceShown,
    ConditionShown,
    MovementShown,
    SymptomShown,
)
from plans.api.serializers.rules import RuleShown
from plans.api.views.exercises import READ
from plans.api.viewsets.base import ApiViewSet
from plans.models import (
    Advice,
    Condition,
    Movement,
    Rule,
    RuleRevision,
    Symptom,
)
from plans.queries import library
from plans.queries.approvals import with_waiting_change
from plans.queries.rules import versions_in_force


class EntryFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What entries of the library can be found by."""

    code = filters.CharFilter(max_length=64, label="The code, whole.")


class ConditionEntryFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What conditions can be found by."""

    code = ConditionFilter(field_name="code", label="The code, whole, or an ICD-10 code.")


class _Entries(ApiViewSet):
    calls = {"list": READ, "retrieve": READ}
    filterset_class = EntryFilter
    search_fields: ClassVar[tuple[str, ...]] = ("code", "name")
    ordering_fields = ("code",)
    ordering = ("code",)
    model: Any = None

    def rows(self) -> QuerySet[Any]:
        return permissions.entries_of(self.person, self.model)

    def marked(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Add whether a change of what the rules read in each entry waits for review."""
        return with_waiting_change(rows, clinics=permissions.clinics_with(self.person))

    def queryset_for_schema(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.all()
        return rows

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        return self.answer(self.get_serializer(self.get_object()).data)


@extend_schema_view(
    list=extend_schema(summary="List movements"), retrieve=extend_schema(summary="Read a movement")
)
class Movements(_Entries):
    """What exercises ask of the body."""

    model = Movement
    serializer_class = MovementShown

    def rows(self) -> QuerySet[Any]:
        return self.marked(super().rows().prefetch_related("implies"))


@extend_schema_view(
    list=extend_schema(summary="List conditions"), retrieve=extend_schema(summary="Read a condition")
)
class Conditions(_Entries):
    """Diagnoses and states that rules speak of."""

    model = Condition
    search_fields = ("search_text",)
    searched = "code, name, other names, ICD-10 codes"
    serializer_class = ConditionShown
    filterset_class = ConditionEntryFilter

    def rows(self) -> QuerySet[Any]:
        return self.marked(super().rows().select_related("parent"))


@extend_schema_view(
    list=extend_schema(summary="List symptoms"), retrieve=extend_schema(summary="Read a symptom")
)
class Symptoms(_Entries):
    """What patients may report, warning signs among them."""

    model = Symptom
    serializer_class = SymptomShown

    def rows(self) -> QuerySet[Any]:
        return self.marked(super().rows())


@extend_schema_view(list=extend_schema(summary="List advice"), retrieve=extend_schema(summary="Read advice"))
class AdviceEntries(_Entries):
    """General advice, and therapies that a plan may note."""

    tag = "advice"
    model = Advice
    serializer_class = AdviceShown
    search_fields = ("code",)


class RuleFilter(EntryFilter):
    """What rules can be found by."""

    condition = filters.CharFilter(
        max_length=64,
        method="by_condition",
        label="The code of the condition it speaks of, or an ICD-10 code.",
    )
    retired = YesNo(method="by_retired", label="Whether it fires no more.")

    def by_condition(self, rows: QuerySet[Rule], name: str, value: str) -> QuerySet[Rule]:
        codes = condition_codes(value, self.request.user)
        return rows.filter(pk__in=self._in_force().filter(condition__code__in=codes).values("rule"))

    def by_retired(self, rows: QuerySet[Rule], name: str, value: bool) -> QuerySet[Rule]:
        return rows.filter(pk__in=self._in_force().filter(retired=value).values("rule"))

    def _in_force(self) -> QuerySet[RuleRevision]:
        return versions_in_force(permissions.clinics_with(self.request.user))


@extend_schema_view(list=extend_schema(summary="List rules"), retrieve=extend_schema(summary="Read a rule"))
class Rules(_Entries):
    """The rules that findings come from, with their sources and what speaks against them."""

    model = Rule
    serializer_class = RuleShown
    filterset_class = RuleFilter
    search_fields = ("code",)

    def rows(self) -> QuerySet[Any]:
        return library.with_versions(
            permissions.rules_of(self.person), clinics=permissions.clinics_with(self.person)
        )

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(RuleShown(self._told(page), many=True).data)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        found = self._told([self.get_object()])
        if not found:
            raise NotFound
        return self.answer(RuleShown(found[0]).data)

    def _told(self, rules: Sequence[Rule]) -> Sequence[dict[str, Any]]:
        """Return what is told of each rule, left out where it has no version yet."""
        states = {rule.pk: library.state_of_rule(rule) for rule in rules}
        versions = [state.in_force.pk for state in states.values() if state]
        approved = library.approving_clinics("rule", versions, permissions.clinics_with(self.person))
        return [_rule(rule, state, approved) for rule in rules if (state := states[rule.pk])]


def _rule(rule: Rule, state: library.RuleState, approved: dict[UUID, list[UUID]]) -> dict[str, Any]:
    return {
        "id": rule.pk,
        "code": rule.code,
        "clinic_id": rule.clinic_id,
        "retired_on": state.retired_on,
        "in_force": state.in_force,
        "approved_for": [str(pk) for pk in approved.get(state.in_force.pk, ())],
        "pending": state.pending,
    }
