"""One reminder: how far it is, and that it came back."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.reminders.bounces import report_reminder_bounce
from plans.api.permissions import Call
from plans.api.serializers.mails import BounceInputSerializer
from plans.api.serializers.reminders import ReminderSerializer
from plans.api.viewsets.mixins import RetrieveMixin
from plans.models import Reminder


@extend_schema_view(retrieve=extend_schema(summary="Read a reminder"))
class ReminderViewSet(RetrieveMixin):
    """Mails of the reminders of the caller's patients, by the id in their Message-ID."""

    calls = {
        "retrieve": Call("mails:read"),
        "bounce": Call("mails:write", reads=("mails:read",)),
    }
    optional_if_match = frozenset({"bounce"})
    model = Reminder
    versioned = True
    serializer_class = ReminderSerializer

    def rows(self) -> QuerySet[Reminder]:
        rows = permissions.reminders_of(self.person)
        return rows.select_related("schedule__plan__patient", "schedule__consent")

    @extend_schema(
        summary="Report that a reminder came back",
        description="Ends the reminders to its address, and marks it: no further mail goes there until the patient "
        "agreed again.",
        request=BounceInputSerializer,
        responses=ReminderSerializer,
    )
    @action(detail=True, methods=["post"], serializer_class=BounceInputSerializer)
    def bounce(self, request: Request, pk: UUID) -> Response:
        given, reminder = self.body(), self.locked_for_command()
        report_reminder_bounce(reminder=reminder, answer=given.get("answer", ""), by=self.person)
        reminder = self.rows().get(pk=reminder.pk)
        self.concerns.add(reminder.schedule.plan.patient_id)
        return self.answer_row(reminder)
