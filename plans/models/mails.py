"""Mails to patients: what a patient agreed to, and each letter with the link as a row that waits to be sent."""

from django.db import models
from django.db.models import Q

from plans.models.base import Identified
from plans.models.clinics import User
from plans.models.leased import running_has_lease
from plans.models.links import DownloadLink
from plans.models.outgoing import WAITING, OutgoingMail, ends_told, turns_of
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


class Mail(Identified, OutgoingMail):
    """A letter with a plan's link, to the address of a consent."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="mails")
    link = models.ForeignKey(DownloadLink, on_delete=models.PROTECT, related_name="mails")
    consent = models.ForeignKey(MailConsent, on_delete=models.PROTECT, related_name="mails")
    language = models.CharField(max_length=10)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-created_at"]
        indexes = turns_of("mail")
        constraints = [
            models.UniqueConstraint(
                fields=["link"], condition=Q(state__in=WAITING), name="mail_one_waiting_per_link"
            ),
            running_has_lease("mail_running_has_lease"),
            *ends_told("mail"),
        ]

    def __str__(self) -> str:
        return f"mail, {self.state}"
