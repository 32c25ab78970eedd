"""The library besides its exercises, for reading: movements, conditions, symptoms, rules, advice."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

import django_filters as filters
from django.db.models import Prefetch, Q, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from plans import permissions
from plans.api.filters import ConditionFilter, FlagFilter, condition_codes
from plans.api.permissions import READ_LIBRARY
from plans.api.serializers.fields import CODE_LENGTH
from plans.api.serializers.library import (
    AdviceSerializer,
    ConditionSerializer,
    MovementSerializer,
    SymptomSerializer,
)
from plans.api.serializers.rules import RuleSerializer
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.models import (
    Advice,
    Condition,
    Movement,
    Rule,
    RuleRevision,
    Symptom,
    SymptomSentence,
)
from plans.queries import library
from plans.queries.approvals import newest_signs, with_waiting_change
from plans.queries.rules import versions_in_force


class EntryFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What entries of the library can be found by."""

    code = filters.CharFilter(max_length=CODE_LENGTH, label="The code, whole.")


class RetirableFilter(EntryFilter):
    """What entries that a newer library may withdraw can be found by."""

    retired = FlagFilter(
        field_name="retired_on", lookup_expr="isnull", exclude=True, label="Whether it is offered no more."
    )


class ConditionEntryFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What conditions can be found by."""

    code = ConditionFilter(field_name="code", label="The code, whole, or an ICD-10 code.")


class _EntryViewSet(ListMixin, RetrieveMixin):
    calls = {"list": READ_LIBRARY, "retrieve": READ_LIBRARY}
    filterset_class = EntryFilter
    search_fields: ClassVar[tuple[str, ...]] = ("code", "name")
    ordering_fields = ("code",)
    ordering = ("code",)

    def rows(self) -> QuerySet[Any]:
        return permissions.entries_of(self.person, self.model)

    def marked(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Add whether a change of what the rules read in each entry waits for review."""
        return with_waiting_change(rows, clinics=permissions.clinics_with(self.person))


@extend_schema_view(
    list=extend_schema(summary="List movements"), retrieve=extend_schema(summary="Read a movement")
)
class MovementViewSet(_EntryViewSet):
    """What exercises ask of the body."""

    model = Movement
    serializer_class = MovementSerializer

    def rows(self) -> QuerySet[Any]:
        return self.marked(super().rows().prefetch_related("implies"))


@extend_schema_view(
    list=extend_schema(summary="List conditions"), retrieve=extend_schema(summary="Read a condition")
)
class ConditionViewSet(_EntryViewSet):
    """Diagnoses and states that rules speak of."""

    model = Condition
    search_fields = ("search_text",)
    search_description = "code, name, other names, ICD-10 codes"
    serializer_class = ConditionSerializer
    filterset_class = ConditionEntryFilter

    def rows(self) -> QuerySet[Any]:
        return self.marked(super().rows().select_related("parent"))


@extend_schema_view(
    list=extend_schema(summary="List symptoms"), retrieve=extend_schema(summary="Read a symptom")
)
class SymptomViewSet(_EntryViewSet):
    """What patients may report, warning signs among them."""

    model = Symptom
    serializer_class = SymptomSerializer
    filterset_class = RetirableFilter

    def rows(self) -> QuerySet[Any]:
        held = Q(approvals__withdrawn_at=None, approvals__clinic__in=permissions.clinics_with(self.person))
        told = SymptomSentence.objects.filter(Q(pk__in=newest_signs()) | held).distinct()
        told = told.order_by("language", "-number")
        rows = super().rows().prefetch_related(Prefetch("sentences", queryset=told, to_attr="told"))
        return self.marked(rows)

    def present(self, rows: Sequence[Any]) -> list[Any]:
        """Say for which of the person's clinics each sentence is approved."""
        ids = [sentence.pk for row in rows for sentence in row.told]
        approved = library.approving_clinics("sign", ids, permissions.clinics_with(self.person))
        for row in rows:
            for sentence in row.told:
                sentence.approved_for = [str(pk) for pk in approved.get(sentence.pk, ())]
        return list(rows)


@extend_schema_view(list=extend_schema(summary="List advice"), retrieve=extend_schema(summary="Read advice"))
class AdviceViewSet(_EntryViewSet):
    """General advice, and therapies that a plan may note."""

    tag = "advice"
    model = Advice
    serializer_class = AdviceSerializer
    filterset_class = RetirableFilter
    search_fields = ("code",)


class RuleFilter(EntryFilter):
    """What rules can be found by."""

    condition = filters.CharFilter(
        max_length=CODE_LENGTH,
        method="by_condition",
        label="The code of the condition it speaks of, or an ICD-10 code.",
    )
    retired = FlagFilter(method="by_retired", label="Whether it fires no more.")

    def by_condition(self, rows: QuerySet[Rule], name: str, value: str) -> QuerySet[Rule]:
        codes = condition_codes(value, self.request.user)
        return rows.filter(pk__in=self._in_force().filter(condition__code__in=codes).values("rule"))

    def by_retired(self, rows: QuerySet[Rule], name: str, value: bool) -> QuerySet[Rule]:
        return rows.filter(pk__in=self._in_force().filter(retired=value).values("rule"))

    def _in_force(self) -> QuerySet[RuleRevision]:
        return versions_in_force(permissions.clinics_with(self.request.user))


@extend_schema_view(list=extend_schema(summary="List rules"), retrieve=extend_schema(summary="Read a rule"))
class RuleViewSet(_EntryViewSet):
    """The rules that findings come from, with their sources and what speaks against them."""

    model = Rule
    serializer_class = RuleSerializer
    filterset_class = RuleFilter
    search_fields = ("code",)

    def rows(self) -> QuerySet[Any]:
        return library.with_versions(
            permissions.rules_of(self.person), clinics=permissions.clinics_with(self.person)
        )

    def answer_row(self, row: Rule, *, status: int = 200) -> Response:
        if library.state_of_rule(row) is None:
            raise NotFound
        return super().answer_row(row, status=status)

    def present(self, rows: Sequence[Rule]) -> list[dict[str, Any]]:
        """Return what is told of each rule, left out where it has no version yet."""
        states = {rule.pk: library.state_of_rule(rule) for rule in rows}
        versions = [state.in_force.pk for state in states.values() if state]
        approved = library.approving_clinics("rule", versions, permissions.clinics_with(self.person))
        return [_rule(rule, state, approved) for rule in rows if (state := states[rule.pk])]


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
