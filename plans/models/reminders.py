"""Reminders by mail: that a patient wants one a day, and each as a row that waits to be sent."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from plans.models.base import Identified
from plans.models.clinics import User
from plans.models.leased import running_has_lease
from plans.models.links import DownloadLink
from plans.models.mails import MailConsent
from plans.models.outgoing import OutgoingMail, ends_told, turns_of
from plans.models.plans import Plan

LAST_HOUR = 23


class ReminderSchedule(Identified):
    """That reminders of a plan are wanted, at an hour of the day; one at a time for each plan, never beyond its link.

    They go to the address of a consent that the clinic recorded, or to one that was typed on the page. To a typed one
    nothing goes but the mail that asks to confirm it, until `confirmed_at`. Nobody is `created_by` on the page.
    `next_at` is when the next one is due; a blank `time_zone` is the clinic's. Digests are of the tokens in its mails.
    """

    BOOKKEEPING = frozenset({"next_at"})

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reminder_schedules")
    link = models.ForeignKey(DownloadLink, on_delete=models.PROTECT, related_name="reminder_schedules")
    consent = models.ForeignKey(
        MailConsent, on_delete=models.PROTECT, null=True, blank=True, related_name="reminder_schedules"
    )
    typed_address = models.EmailField(blank=True)
    hour = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=64, blank=True)
    stop_digest = models.CharField(max_length=64, unique=True, editable=False)
    confirm_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_why = models.CharField(max_length=24, blank=True, editable=False)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(ended_at=None), name="reminder_schedule_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(ended_at=None), name="reminder_schedule_one_per_plan"
            ),
            models.CheckConstraint(
                condition=Q(consent=None) & ~Q(typed_address="")
                | Q(consent__isnull=False, typed_address="", confirmed_at__isnull=False),
                name="reminder_schedule_one_address",
            ),
            models.CheckConstraint(
                condition=Q(next_at=None) | Q(confirmed_at__isnull=False),
                name="reminder_schedule_confirmed_first",
            ),
            models.CheckConstraint(condition=Q(hour__lte=LAST_HOUR), name="reminder_schedule_hour_of_a_day"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="") | Q(ended_at__isnull=False) & ~Q(ended_why=""),
                name="reminder_schedule_end_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"reminders at {self.hour}"

    @property
    def address(self) -> str:
        return self.consent.address if self.consent else self.typed_address

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone) if self.time_zone else self.plan.patient.clinic.zone

    @property
    def is_on(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None


class ReminderKind(models.TextChoices):
    """What a mail of a schedule is for."""

    REMINDER = "reminder", "reminder"
    CONFIRM = "confirm", "asks to confirm the address"


class Reminder(Identified, OutgoingMail):
    """One mail of a schedule: the reminder of a day, or the one that asks to confirm the address.

    `day` and `due_at` are those for which it was meant: sent hours later it would disturb more than it helps.
    """

    schedule = models.ForeignKey(ReminderSchedule, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=8, choices=ReminderKind, default=ReminderKind.REMINDER)
    day = models.DateField()
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["-due_at"]
        indexes = turns_of("reminder")
        constraints = [
            # Two schedulers that find the same hour due make one row.
            models.UniqueConstraint(
                fields=["schedule", "day"],
                condition=Q(kind=ReminderKind.REMINDER),
                name="reminder_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["schedule"], condition=Q(kind=ReminderKind.CONFIRM), name="reminder_confirms_once"
            ),
            running_has_lease("reminder_running_has_lease"),
            *ends_told("reminder"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.state}"
