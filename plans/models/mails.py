"""Mails to patients: what a patient agreed to, and each letter with the link as a row that waits to be sent."""

from django.db import models
from django.db.models import Q

from plans.models.base import Identified
from plans.models.clinics import User
from plans.models.leased import LeasedInTurn, running_has_lease
from plans.models.links import DownloadLink
from plans.models.patients import Patient
from plans.models.publications import Publication


class MailConsent(Identified):
    """A patient's agreement to get mails at one address, as somebody recorded it; one at a time.

    `failing_since` is when a mail server refused the address for good, or a mail came back; `failing_answer` its words.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="mail_consents")
    address = models.EmailField()
    given_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    failing_answer = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(withdrawn_at=None), name="mail_consent_one_per_patient"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="mail_consent_withdrawn_by_someone",
            ),
            models.CheckConstraint(condition=~Q(address=""), name="mail_consent_has_address"),
        ]

    def __str__(self) -> str:
        return f"consent of {self.given_at:%Y-%m-%d}"


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


class Mail(Identified, LeasedInTurn):
    """A letter with a plan's link, to the address of a consent. Its words are made when it is sent, never stored.

    `handover_at` is when its hand-over to the mail server began: a sender that dies after that may have sent it.
    `written_to_file` without a mail server. `answer` is what the server said.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="mails")
    link = models.ForeignKey(DownloadLink, on_delete=models.PROTECT, related_name="mails")
    consent = models.ForeignKey(MailConsent, on_delete=models.PROTECT, related_name="mails")
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=9, choices=MailState, default=MailState.QUEUED)
    error_code = models.CharField(max_length=24, blank=True)
    answer = models.CharField(max_length=200, blank=True)
    written_to_file = models.BooleanField(default=False)
    handover_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["clinic", "created_at"], condition=Q(state=MailState.QUEUED), name="mail_waiting"
            ),
            models.Index(fields=["clinic"], condition=Q(state=MailState.RUNNING), name="mail_running"),
            models.Index(
                fields=["clinic", "-started_at"], condition=Q(started_at__isnull=False), name="mail_served"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["link"], condition=Q(state__in=WAITING), name="mail_one_waiting_per_link"
            ),
            running_has_lease("mail_running_has_lease"),
            models.CheckConstraint(
                condition=Q(state__in=(*WAITING, MailState.SENT)) | ~Q(error_code=""),
                name="mail_end_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WAITING) | Q(finished_at__isnull=False), name="mail_end_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"mail, {self.state}"
