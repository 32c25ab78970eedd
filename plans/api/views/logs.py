"""What patients told of a plan: read by day, and told by a client for them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions import logs
from plans.api.exceptions import refuse
from plans.api.filters import DayFilter, FilterBackend
from plans.api.permissions import Call
from plans.api.serializers.logs import (
    DayEntryInputSerializer,
    DayEntrySerializer,
    IntentionSerializer,
    LogEntryInputSerializer,
    LogEntrySerializer,
)
from plans.api.viewsets.base import ApiViewSet
from plans.models import AuditVerb, DayEntry, Intention, LogEntry, LogSource, Plan
from plans.queries.logs import version_of_day

READ, WRITE = Call("log:read"), Call("log:write", reads=("log:read",))
DAYS = [
    OpenApiParameter("from_day", str, description="This day and later ones, YYYY-MM-DD."),
    OpenApiParameter("to_day", str, description="This day and earlier ones, YYYY-MM-DD."),
]


class DaysFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What a log can be found by."""

    from_day = DayFilter(field_name="day", lookup_expr="gte", label="This day and later ones.")
    to_day = DayFilter(field_name="day", lookup_expr="lte", label="This day and earlier ones.")


class PlanLogViewSet(ApiViewSet):
    """The log of a plan: its exercises, and its days as a whole."""

    tag = "plans"
    calls = {
        "log": READ,
        "add_to_log": WRITE,
        "log_days": READ,
        "add_to_log_days": WRITE,
        "intention": READ,
    }
    paged_actions = ("log", "log_days")
    parameters = {"log": ("from_day", "to_day"), "log_days": ("from_day", "to_day")}
    model = Plan
    serializer_class = LogEntrySerializer
    filterset_class = DaysFilter
    ordering = ("-day",)

    def rows(self) -> QuerySet[Plan]:
        return permissions.plans_of(self.person).select_related("patient__clinic")

    @extend_schema(
        summary="Read a plan's log", parameters=DAYS, responses=LogEntrySerializer(many=True), filters=False
    )
    @action(detail=True, methods=["get"])
    def log(self, request: Request, pk: UUID) -> Response:
        """What was told of each session of each exercise, newest day first. A day without an entry is unknown: it does
        not say that nothing was done.
        """
        return self._list(LogEntry.objects.all(), LogEntrySerializer)

    @extend_schema(
        summary="Tell of an exercise", request=LogEntryInputSerializer, responses={201: LogEntrySerializer}
    )
    @log.mapping.post
    def add_to_log(self, request: Request, pk: UUID) -> Response:
        """Tell one session of one exercise for the patient, or correct what was told of it.

        Follow-ups are raised as on the patient's page. The event `log.told` is sent at most once in 15 minutes.
        """
        given = self.body(LogEntryInputSerializer)
        given["item_key"], given["session"] = given.pop("item"), given.get("session", 1)
        entry = self._tell(logs.tell_exercise, given)
        return self.answer(LogEntrySerializer(entry).data, status=201)

    @extend_schema(
        summary="Read the days of a plan's log",
        parameters=DAYS,
        responses=DayEntrySerializer(many=True),
        filters=False,
    )
    @action(detail=True, methods=["get"], url_path="log-days", serializer_class=DayEntrySerializer)
    def log_days(self, request: Request, pk: UUID) -> Response:
        """What was told of each day as a whole, newest first: the worst pain, warning signs, a few words."""
        return self._list(DayEntry.objects.all(), DayEntrySerializer)

    @extend_schema(
        summary="Tell of a day", request=DayEntryInputSerializer, responses={201: DayEntrySerializer}
    )
    @log_days.mapping.post
    def add_to_log_days(self, request: Request, pk: UUID) -> Response:
        """Tell of a day as a whole for the patient, or correct what was told of it."""
        entry = self._tell(logs.tell_day, self.body(DayEntryInputSerializer))
        return self.answer(DayEntrySerializer(entry).data, status=201)

    @extend_schema(summary="Read a patient's goal", responses=IntentionSerializer, filters=False)
    @action(detail=True, methods=["get"], serializer_class=IntentionSerializer)
    def intention(self, request: Request, pk: UUID) -> Response:
        """What the patient exercises for, and when and where, as it stands on their page."""
        plan = self.get_object()
        self.note_reading(AuditVerb.LOG_VIEWED, plan, plan.patient)
        kept = Intention.objects.filter(plan=plan).first()
        told = {
            "plan": plan.pk,
            "goal": kept.goal if kept else "",
            "when_and_where": kept.when_and_where if kept else "",
            "changed_at": kept.changed_at if kept else None,
        }
        return self.answer(IntentionSerializer(told).data)

    def _list(self, rows: QuerySet[Any], serializer: Any) -> Response:
        plan = self.get_object()
        self.note_reading(AuditVerb.LOG_VIEWED, plan, plan.patient)
        found = FilterBackend().filter_queryset(self.request, rows.filter(plan=plan), self)
        page = self.paginate_queryset(found.select_related("publication")) or []
        return self.get_paginated_response(serializer(page, many=True).data)

    def _tell(self, tell: Callable[..., Any], given: dict[str, Any]) -> Any:
        plan = self.get_object()
        self.concerns.add(plan.patient_id)
        publication = self._publication(plan, given)
        given.setdefault("client_id", uuid4())
        return tell(publication=publication, source=LogSource.API, by=self.person, **given)

    def _publication(self, plan: Plan, given: dict[str, Any]) -> Any:
        wanted = given.pop("publication", None)
        if wanted is None:
            found = version_of_day(plan, given["day"])
        else:
            found = (
                plan.publications.select_related("content", "plan__patient__clinic").filter(pk=wanted).first()
            )
        if found is None:
            refuse("publication", "This plan has no such publication.", "unknown")
        return found
