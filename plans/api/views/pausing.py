"""Pause a plan and let it go on."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions import pausing
from plans.api.serializers.base import EmptySerializer
from plans.api.serializers.plans import PlanSerializer
from plans.api.views.plans import WRITE
from plans.api.viewsets.base import ApiViewSet
from plans.api.viewsets.plans import version_of_plan
from plans.models import Plan
from plans.queries.locks import lock_patient_of
from plans.queries.plans import with_details, with_external_id


class PlanPauseViewSet(ApiViewSet):
    """What holds for a time: while a plan is paused, its patient is told not to exercise."""

    tag = "plans"
    calls = {"pause": WRITE, "resume": WRITE}
    optional_if_match = frozenset({"pause", "resume"})
    serializer_class = EmptySerializer

    def rows(self) -> QuerySet[Plan]:
        return with_external_id(with_details(permissions.plans_of(self.person)), self.system)

    @extend_schema(summary="Pause a plan", request=EmptySerializer, responses=PlanSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: UUID) -> Response:
        """Its link and its sheets' codes answer: do not exercise, call the clinic; the link gives no PDF.

        A plan that is paused stays so. 409 `plan_not_live` for one that was never published, or was stopped.
        """
        return self._written(pausing.pause_plan(plan=self.locked_for_command(), by=self.person))

    @extend_schema(summary="Resume a plan", request=EmptySerializer, responses=PlanSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: UUID) -> Response:
        """Let the patient go on with the newest version. 409 `stop_stands`, with the `findings`, while one stops it."""
        lock_patient_of(pk)
        return self._written(pausing.resume_plan(plan=self.locked_for_command(), by=self.person))

    def version(self, row: Plan) -> str:
        return version_of_plan(row)

    def locked_for_command(self) -> Plan:
        self.body()
        plan: Plan = super().locked_for_command()
        return plan

    def _written(self, plan: Plan) -> Response:
        stored = self.rows().get(pk=plan.pk)
        return self.answer(PlanSerializer(stored).data, version=self.version(stored))
