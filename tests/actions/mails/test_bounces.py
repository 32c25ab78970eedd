"""A mail that came back: reported once, the address is marked."""

import pytest
from django.utils import timezone

from plans.actions.mails.bounces import MailNotHandedOver, report_bounce
from plans.models import AuditEvent, AuditVerb, Mail, MailConsent, MailState
from plans.permissions import NotAllowed
from tests import factories


@pytest.fixture
def mail(therapist):
    return factories.mail(therapist)


def hand_over(mail, state=MailState.SENT, code=""):
    Mail.objects.update(state=state, error_code=code, finished_at=timezone.now())
    mail.refresh_from_db()


@pytest.mark.parametrize(("state", "code"), [(MailState.SENT, ""), (MailState.UNKNOWN, "broke_off")])
def test_it_marks_the_address_once(mail, therapist, state, code):
    hand_over(mail, state, code)
    report_bounce(mail=mail, answer="550\n no such user", by=therapist)
    report_bounce(mail=mail, answer="again", by=therapist)
    mail.refresh_from_db()
    assert (mail.state, mail.error_code, mail.answer) == (MailState.BOUNCED, "came_back", "550 no such user")
    assert MailConsent.objects.get().failing_answer == "550 no such user"
    assert AuditEvent.objects.filter(verb=AuditVerb.MAIL_BOUNCED).count() == 1


def test_what_was_not_handed_over_cannot_come_back(mail, therapist):
    with pytest.raises(MailNotHandedOver):
        report_bounce(mail=mail, by=therapist)


def test_colleagues_report_nothing(mail, clinic):
    hand_over(mail)
    with pytest.raises(NotAllowed):
        report_bounce(mail=mail, by=factories.therapist(clinic))
