"""Consent to mails: withdrawn at any time, and then nothing that waits goes."""

import pytest

from plans.actions.mails.consents import NoMailConsent, mark_failing, open_consent, withdraw_consent
from plans.models import MailConsent, MailState
from plans.permissions import NotAllowed
from tests import factories


def test_withdrawn_consent_cancels_what_waits(therapist):
    mail = factories.mail(therapist)
    withdraw_consent(patient=mail.consent.patient, by=therapist)
    mail.refresh_from_db()
    assert (mail.state, mail.error_code) == (MailState.CANCELLED, "consent_withdrawn")
    assert open_consent(mail.consent.patient) is None
    with pytest.raises(NoMailConsent):
        withdraw_consent(patient=mail.consent.patient, by=therapist)


def test_colleagues_withdraw_nothing(therapist, clinic):
    mail = factories.mail(therapist)
    with pytest.raises(NotAllowed):
        withdraw_consent(patient=mail.consent.patient, by=factories.therapist(clinic))
    assert open_consent(mail.consent.patient) is not None


def test_the_first_answer_of_a_failing_address_stays(therapist):
    consent = factories.mail(therapist).consent
    mark_failing(consent, "550 " + "x" * 300)
    mark_failing(consent, "551 moved")
    held = MailConsent.objects.get()
    assert held.failing_since
    assert held.failing_answer.startswith("550 xxx")
    assert len(held.failing_answer) == 200
