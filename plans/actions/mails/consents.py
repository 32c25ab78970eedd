"""What patients agreed to: mails at one address, until they say otherwise or the address fails."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from plans import audit, permissions
from plans.actions.mail_cancelling import (
    ADDRESS_CHANGED,
    CONSENT_WITHDRAWN,
    cancel_of_consent,
    end_all_reminders,
)
from plans.exceptions import PlansError
from plans.models import AuditVerb, MailConsent, Patient, User
from plans.permissions import NotAllowed

MAX_ADDRESS = 254
MAX_ANSWER = 200


class WrongMailAddress(PlansError):
    """This is no mail address: it has one @, a host with a dot, and no spaces or line breaks."""

    code = "wrong_mail_address"


class NoMailConsent(PlansError):
    """Nobody has recorded that the patient agrees to get mails at this address."""

    code = "no_mail_consent"


class MailAddressFails(PlansError):
    """Mails to this address came back or were refused. Ask the patient, and record the agreement again."""

    code = "mail_address_fails"


def check_address(address: str) -> str:
    """Return the address. Raises WrongMailAddress, also for what would begin another line of the letter."""
    if not address.isprintable() or len(address) > MAX_ADDRESS:
        raise WrongMailAddress
    try:
        validate_email(address)
    except ValidationError:
        raise WrongMailAddress from None
    return address


def open_consent(patient: Patient) -> MailConsent | None:
    open_ones = MailConsent.objects.filter(patient=patient, withdrawn_at=None)
    return open_ones.select_related("recorded_by").first()


def consent_for(patient: Patient, address: str, *, consented: bool, by: User) -> MailConsent:
    """Return the agreement that a mail to this address rests on; `consented` records it, for a patient who is held.

    Raises NoMailConsent, MailAddressFails.
    """
    held = open_consent(patient)
    if held and held.address == address and not (consented and held.failing_since):
        if held.failing_since:
            raise MailAddressFails
        return held
    if not consented:
        raise NoMailConsent
    return consent_to(patient=patient, address=address, by=by)


def consent_to(*, patient: Patient, address: str, by: User) -> MailConsent:
    """Record that the patient, whom the caller holds, agrees to mails at this address and at no other.

    Also what failed before is tried again: somebody asked the patient.
    """
    _end(patient, by)
    made = MailConsent.objects.create(patient=patient, address=address, recorded_by=by)
    audit.append(verb=AuditVerb.MAIL_CONSENT_GIVEN, by=by, what=made, **audit.place_of(patient))
    if not patient.email:
        patient.email = address
        patient.save(update_fields=["email"])
        audit.append(verb=AuditVerb.PATIENT_CHANGED, by=by, what=patient, **audit.place_of(patient))
    return made


@transaction.atomic
def withdraw_consent(*, patient: Patient, by: User) -> None:
    """Send this patient no mail any more, also none that waits. Raises NotAllowed, NoMailConsent."""
    rows = Patient.objects.select_for_update(of=("self",)).select_related("clinic")
    patient = rows.get(pk=patient.pk)
    if not permissions.may_care_for(by, patient):
        raise NotAllowed
    if not _end(patient, by):
        raise NoMailConsent
    end_all_reminders(patient, by=by)


def end_consent_elsewhere(*, patient: Patient, by: User) -> None:
    """End the agreement to an address that the record, which the caller holds, does not name any more."""
    held = open_consent(patient)
    if held and held.address != patient.email:
        _end(patient, by, why=ADDRESS_CHANGED)


def mark_failing(consent: MailConsent, answer: str) -> None:
    """Note that the address takes no mail, since when and in whose words; the first answer stays."""
    MailConsent.objects.filter(pk=consent.pk, failing_since=None).update(
        failing_since=Now(), failing_answer=answer[:MAX_ANSWER]
    )


def _end(patient: Patient, by: User, *, why: str = CONSENT_WITHDRAWN) -> bool:
    held = open_consent(patient)
    if held is None:
        return False
    held.withdrawn_at, held.withdrawn_by = timezone.now(), by
    held.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.append(verb=AuditVerb.MAIL_CONSENT_WITHDRAWN, by=by, what=held, **audit.place_of(patient))
    cancel_of_consent(held, why=why, by=by)
    return True
