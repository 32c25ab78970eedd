"""What patients told, or did not tell, and a therapist should look at."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from django.utils import translation
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.follow_ups import finish_follow_up, see_follow_up
from plans.api.filters import FlagFilter, IdFilter
from plans.api.permissions import Call
from plans.api.serializers.base import EmptySerializer
from plans.api.serializers.follow_ups import FollowUpSerializer
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.languages import SOURCE
from plans.models import FollowUp, FollowUpKind
from plans.models.follow_ups import OPEN
from plans.queries.follow_ups import ShownFollowUp, items_of, show_follow_ups


class FollowUpFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What follow-ups can be found by."""

    patient = IdFilter(field_name="plan__patient_id", label="The patient's id.")
    plan = IdFilter(field_name="plan_id", label="The plan's id.")
    kind = filters.ChoiceFilter(choices=FollowUpKind.choices, label="Why.")
    open = FlagFilter(method="only_open", label="Whether it waits still.")

    def only_open(self, rows: QuerySet[FollowUp], _name: str, wanted: bool) -> QuerySet[FollowUp]:
        return rows.filter(OPEN) if wanted else rows.exclude(OPEN)


@extend_schema_view(
    list=extend_schema(summary="List follow-ups"), retrieve=extend_schema(summary="Read a follow-up")
)
class FollowUpViewSet(ListMixin, RetrieveMixin):
    """The follow-up list of the caller's caseload. A silence says that nothing is known, not that nothing was done."""

    calls = {
        "list": Call("follow-ups:read"),
        "retrieve": Call("follow-ups:read"),
        "see": Call("follow-ups:write", reads=("follow-ups:read",)),
        "done": Call("follow-ups:write", reads=("follow-ups:read",)),
    }
    optional_if_match = frozenset({"see", "done"})
    model = FollowUp
    versioned = True
    serializer_class = FollowUpSerializer
    filterset_class = FollowUpFilter
    ordering_fields = ("raised_at", "day")
    ordering = ("-raised_at",)
    columns = {"raised_at": "created_at"}

    def rows(self) -> QuerySet[FollowUp]:
        return permissions.follow_ups_of(self.person).select_related("plan__patient__clinic")

    def present(self, rows: Sequence[FollowUp]) -> list[dict[str, Any]]:
        with translation.override(SOURCE):
            return [_told(shown) for shown in show_follow_ups(rows)]

    @extend_schema(summary="See a follow-up", request=EmptySerializer, responses=FollowUpSerializer)
    @action(detail=True, methods=["post"], serializer_class=EmptySerializer)
    def see(self, request: Request, pk: UUID) -> Response:
        """Note that you have seen it; whoever saw it first stays. 409 `follow_up_over` if it waits no more."""
        self.body()
        see_follow_up(follow_up=self.locked_for_command(), by=self.person)
        return self.answer_row(self.get_object())

    @extend_schema(summary="Be done with a follow-up", request=EmptySerializer, responses=FollowUpSerializer)
    @action(detail=True, methods=["post"], serializer_class=EmptySerializer)
    def done(self, request: Request, pk: UUID) -> Response:
        """Take it off the list; newer days can raise it again. 409 `follow_up_over` if it waits no more."""
        self.body()
        finish_follow_up(follow_up=self.locked_for_command(), by=self.person)
        return self.answer_row(self.get_object())


def _told(shown: ShownFollowUp) -> dict[str, Any]:
    row, facts = shown.row, shown.row.facts
    hurting = facts["hurt"] + facts["cannot"] if row.kind == FollowUpKind.HURTS else None
    return {
        "id": row.pk,
        "patient": row.plan.patient_id,
        "plan": row.plan_id,
        "publication": row.publication_id,
        "kind": row.kind,
        "sentence": shown.sentence,
        "items": items_of(row),
        "day": row.day,
        "since": facts["since"],
        "days": facts.get("days"),
        "sessions": facts.get("sessions", hurting),
        "pain": facts.get("pain"),
        "over": facts.get("over"),
        "signs": facts.get("signs", []),
        "corrected": facts.get("corrected", False),
        "raised_at": row.created_at,
        "seen_at": row.seen_at,
        "seen_by": row.seen_by_id,
        "done_at": row.done_at,
        "done_by": row.done_by_id,
        "ended_at": row.ended_at,
    }
