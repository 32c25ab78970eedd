"""A mail is asked for: with consent, to an address that can be one, once."""

import pytest

from plans.actions.links import revoke_link
from plans.actions.mails.asking import (
    LinkClosed,
    MailOnItsWay,
    PausedPlanNotMailed,
    mail_link,
)
from plans.actions.mails.consents import (
    MailAddressFails,
    NoMailConsent,
    WrongMailAddress,
    mark_failing,
    open_consent,
)
from plans.actions.patients import save_patient
from plans.actions.pausing import PlanNotLive, pause_plan
from plans.actions.plans import stop_plan
from plans.models import AuditEvent, AuditVerb, DownloadLink, Mail, MailConsent, MailState
from plans.permissions import NotAllowed
from tests import factories

ADDRESS = "robin@example.org"


@pytest.fixture
def publication(therapist):
    return factories.publication(therapist)


def ask(publication, by, *, to=ADDRESS, consented=True):
    return mail_link(publication=publication, address=to, consented=consented, by=by)


def nothing_written():
    return not Mail.objects.exists() and not MailConsent.objects.exists()


def test_it_waits_with_consent_and_address_on_record(publication, therapist):
    mail = ask(publication, therapist)
    assert (mail.state, mail.language, mail.created_by) == (MailState.QUEUED, "en", therapist)
    assert mail.link == publication.plan.links.get()
    assert (mail.consent.address, mail.consent.recorded_by) == (ADDRESS, therapist)
    patient = publication.plan.patient
    patient.refresh_from_db()
    assert patient.email == ADDRESS
    verbs = set(AuditEvent.objects.filter(patient_id=patient.pk).values_list("verb", flat=True))
    assert {AuditVerb.MAIL_ASKED, AuditVerb.MAIL_CONSENT_GIVEN} <= verbs
    assert not AuditEvent.objects.filter(detail__icontains="example.org").exists()


def test_asked_twice_it_goes_once(publication, therapist):
    assert ask(publication, therapist) == ask(publication, therapist, consented=False)
    assert Mail.objects.count() == 1


def test_without_consent_nothing_goes(publication, therapist):
    with pytest.raises(NoMailConsent):
        ask(publication, therapist, consented=False)
    assert nothing_written()


def test_consent_is_to_one_address(publication, therapist):
    first = ask(publication, therapist)
    with pytest.raises(NoMailConsent):
        ask(publication, therapist, to="other@example.org", consented=False)
    second = ask(publication, therapist, to="other@example.org")
    first.refresh_from_db()
    assert (first.state, first.error_code) == (MailState.CANCELLED, "consent_withdrawn")
    assert open_consent(publication.plan.patient).address == second.consent.address == "other@example.org"


def test_a_new_address_on_record_asks_for_consent_again(publication, therapist):
    first = ask(publication, therapist)
    patient = publication.plan.patient
    for address, consent in ((ADDRESS, first.consent), ("moved@example.org", None)):
        patient.refresh_from_db()
        patient.email = address
        save_patient(patient=patient, by=therapist)
        assert open_consent(patient) == consent
    first.refresh_from_db()
    assert (first.state, first.error_code) == (MailState.CANCELLED, "address_changed")
    for address in (ADDRESS, "moved@example.org"):
        with pytest.raises(NoMailConsent):
            ask(publication, therapist, to=address, consented=False)
    assert ask(publication, therapist, to="moved@example.org").consent.address == "moved@example.org"


@pytest.mark.parametrize(
    "address",
    ["", "robin", "robin@host", "a b@example.org", "robin@example.org\n", "robin@example.org\r\nBcc: x@example.org",
     "robin@example.org,other@example.org", "<robin@example.org>", "r" * 250 + "@example.org",
     "rob\u2028in@example.org"],
)  # fmt: skip
def test_what_is_no_address_is_refused(publication, therapist, address):
    with pytest.raises(WrongMailAddress):
        ask(publication, therapist, to=address)
    assert nothing_written()


def test_an_address_that_fails_is_tried_again_only_with_new_consent(publication, therapist):
    mark_failing(ask(publication, therapist).consent, "550 no such user")
    with pytest.raises(MailAddressFails):
        ask(publication, therapist, consented=False)
    again = ask(publication, therapist)
    assert again.consent.failing_since is None


@pytest.mark.parametrize(("end", "error"), [(stop_plan, PlanNotLive), (pause_plan, PausedPlanNotMailed)])
def test_nothing_goes_for_a_plan_that_nobody_shall_follow(publication, therapist, end, error):
    end(plan=publication.plan, by=therapist)
    with pytest.raises(error):
        ask(publication, therapist)
    assert nothing_written()


def test_a_link_that_was_closed_is_not_sent(publication, therapist):
    DownloadLink.objects.update(blocked_at=publication.published_at)
    with pytest.raises(LinkClosed):
        ask(publication, therapist)
    assert nothing_written()


def test_a_revoked_link_is_followed_by_a_new_one(publication, therapist):
    revoke_link(plan=publication.plan, by=therapist)
    assert ask(publication, therapist).link.revoked_at is None


def test_while_one_is_on_its_way_to_the_former_address_no_other_is_asked_for(publication, therapist):
    mail = ask(publication, therapist)
    Mail.objects.update(state="running", attempt_token=mail.pk, lease_until=mail.created_at)
    with pytest.raises(MailOnItsWay):
        ask(publication, therapist, to="other@example.org")
    assert open_consent(publication.plan.patient) == mail.consent


def test_colleagues_send_nothing(publication, clinic):
    with pytest.raises(NotAllowed):
        ask(publication, factories.therapist(clinic))
    assert nothing_written()
