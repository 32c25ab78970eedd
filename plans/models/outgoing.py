"""The columns of what waits to be handed over to a mail server."""

from django.db import models
from django.db.models import Q

from plans.models.leased import LeasedInTurn


class MailState(models.TextChoices):
    """Where a mail stands. `sent`: a mail server took it. `unknown`: whether one did is not known; never sent again."""

    QUEUED = "queued", "waits"
    RUNNING = "running", "being sent"
    SENT = "sent", "sent"
    UNKNOWN = "unknown", "not known whether it was sent"
    FAILED = "failed", "failed"
    BOUNCED = "bounced", "came back"
    CANCELLED = "cancelled", "not sent"


WAITING = (MailState.QUEUED, MailState.RUNNING)


class OutgoingMail(LeasedInTurn):
    """A letter as a row. Its words are made when it is sent, never stored.

    `handover_at` is when its hand-over to the mail server began: a sender that dies after that may have sent it.
    `written_to_file` without a mail server. `answer` is what the server said.
    """

    state = models.CharField(max_length=9, choices=MailState, default=MailState.QUEUED)
    error_code = models.CharField(max_length=24, blank=True)
    answer = models.CharField(max_length=200, blank=True)
    written_to_file = models.BooleanField(default=False)
    handover_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


def turns_of(name: str) -> list[models.Index]:
    """Return the indexes by which the clinics take turns."""
    return [
        models.Index(
            fields=["clinic", "created_at"], condition=Q(state=MailState.QUEUED), name=f"{name}_waiting"
        ),
        models.Index(fields=["clinic"], condition=Q(state=MailState.RUNNING), name=f"{name}_running"),
        models.Index(
            fields=["clinic", "-started_at"], condition=Q(started_at__isnull=False), name=f"{name}_served"
        ),
    ]


def ends_told(name: str) -> list[models.CheckConstraint]:
    """Return the constraints that an end says when, and if it is no good end, why."""
    return [
        models.CheckConstraint(
            condition=Q(state__in=(*WAITING, MailState.SENT)) | ~Q(error_code=""),
            name=f"{name}_end_has_reason",
        ),
        models.CheckConstraint(
            condition=Q(state__in=WAITING) | Q(finished_at__isnull=False), name=f"{name}_end_has_time"
        ),
    ]
