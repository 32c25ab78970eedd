"""The columns of what waits to be worked on and is then held by one worker: files, drawings, deliveries of webhooks."""

from django.db import models
from django.db.models import Q

from plans.models.clinics import Clinic

QUEUED = "queued"
RUNNING = "running"


class Leased(models.Model):
    """A row that one worker at a time holds: by `attempt_token`, until `lease_until`.

    It may be taken at once unless `not_before` says when; `started_at` is when it was last taken. Times that two
    machines compare are the database's.
    """

    state = models.CharField(max_length=9, default=QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    attempt_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class LeasedInTurn(Leased):
    """One of a clinic's: clinics take turns."""

    # Its own indexes begin with the clinic.
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


def running_has_lease(name: str) -> models.CheckConstraint:
    """Return the constraint that whatever is being worked on is held by someone, and not for ever."""
    held = Q(attempt_token__isnull=False, lease_until__isnull=False)
    return models.CheckConstraint(condition=~Q(state=RUNNING) | held, name=name)
