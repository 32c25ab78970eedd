"""The reminders of a plan: read, switched on with the patient's agreement, switched off."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.mails.consents import WrongMailAddress
from plans.actions.reminders.switching import RemindersOff, move_reminders, switch_off, switch_on
from plans.api.exceptions import refuse
from plans.api.permissions import Call
from plans.api.serializers.reminders import RemindersInputSerializer, RemindersSerializer
from plans.api.viewsets.base import ApiViewSet
from plans.api.viewsets.etags import version_of
from plans.models import Plan
from plans.queries.reminders import Reminders, reminders_of

NEVER_ASKED = "none"


class PlanReminderViewSet(ApiViewSet):
    """Whether the patient is reminded of a plan by mail."""

    tag = "plans"
    calls = {
        "reminders": Call("mails:read"),
        "set_reminders": Call("mails:write", reads=("mails:read",)),
    }
    model = Plan
    serializer_class = RemindersSerializer

    def rows(self) -> QuerySet[Plan]:
        return permissions.plans_of(self.person).select_related("patient__clinic")

    def version(self, row: Plan) -> str:
        schedule = reminders_of(row).schedule
        return version_of([schedule]) if schedule else NEVER_ASKED

    @extend_schema(summary="Read a plan's reminders", responses=RemindersSerializer)
    @action(detail=True, methods=["get"])
    def reminders(self, request: Request, pk: UUID) -> Response:
        """Whether they are on, since when and by whom, the last, the next, and those not known."""
        return self._answer(self.get_object())

    @extend_schema(
        summary="Switch a plan's reminders",
        description="On, at an hour and with the patient's agreement to the address; changed, if they are on; or off. "
        "409 `no_mail_consent` without an agreement, `plan_not_live` and `paused_plan_not_reminded` for a plan that "
        "stands still.",
        request=RemindersInputSerializer,
        responses=RemindersSerializer,
    )
    @reminders.mapping.put
    def set_reminders(self, request: Request, pk: UUID) -> Response:
        plan = self.locked_as_seen()
        given = self.body(RemindersInputSerializer)
        try:
            self._set(plan, given)
        except WrongMailAddress as error:
            refuse("address", str(error), error.code)
        return self._answer(plan)

    def _set(self, plan: Plan, given: dict[str, Any]) -> None:
        stand = reminders_of(plan)
        is_open = bool(stand.schedule and not stand.schedule.ended_at)
        if not given["on"]:
            if is_open:
                switch_off(plan=plan, by=self.person)
            return
        if "hour" not in given:
            refuse("hour", "Say at which hour.", "required")
        when = {"hour": given["hour"], "time_zone": given.get("time_zone", "")}
        if "address" in given:
            consented = given.get("consented", False)
            switch_on(plan=plan, address=given["address"], consented=consented, by=self.person, **when)
        elif is_open:
            move_reminders(plan=plan, by=self.person, **when)
        else:
            raise RemindersOff

    def _answer(self, plan: Plan) -> Response:
        self.concerns.add(plan.patient_id)
        stand = reminders_of(plan)
        version = version_of([stand.schedule]) if stand.schedule else NEVER_ASKED
        return self.answer(RemindersSerializer(_told(plan, stand)).data, version=version)


def _told(plan: Plan, stand: Reminders) -> dict[str, Any]:
    schedule, last = stand.schedule, stand.last
    state = "on" if stand.is_on else "asked" if stand.waits_for_answer else "off"
    return {
        "plan": plan.pk,
        "state": state,
        "hour": schedule.hour if schedule else None,
        "time_zone": schedule.zone.key if schedule else None,
        "address": schedule.address if schedule else None,
        "by_patient": schedule.created_by_id is None if schedule else None,
        "since": schedule.confirmed_at if schedule else None,
        "ended_at": schedule.ended_at if schedule else None,
        "ended_why": (schedule.ended_why or None) if schedule else None,
        "next_at": stand.next_at,
        "last_at": last.due_at if last else None,
        "last_state": last.state if last else None,
        "last_error_code": (last.error_code or None) if last else None,
        "unknown": [mail.due_at for mail in stand.unknown],
    }
