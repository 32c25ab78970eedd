"""From the row that waits to its end: sent once, tried again with pauses, never sent twice, cancelled in time."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from plans import tasks
from plans.actions.links import renew_link, revoke_link
from plans.actions.mails import sending
from plans.actions.mails.consents import withdraw_consent
from plans.actions.mails.sending import MAILS, PAUSES, send_next, sweep_mails
from plans.actions.outgoing import queue
from plans.actions.outgoing.queue import LEASE, MAX_PER_CLINIC
from plans.actions.patients import save_patient
from plans.actions.pausing import pause_plan
from plans.actions.plans import stop_plan
from plans.models import AuditEvent, AuditVerb, DownloadLink, Mail, MailConsent, MailState
from tests import factories

pytestmark = pytest.mark.usefixtures("broker")


@pytest.fixture
def mail(therapist):
    return factories.mail(therapist)


def make_due():
    Mail.objects.update(not_before=Now() - timedelta(seconds=1))


def seen(mail):
    mail.refresh_from_db()
    return mail.state, mail.error_code


def test_it_is_sent_once(mail, server):
    send_next()
    send_next()
    assert seen(mail) == (MailState.SENT, "")
    assert len(server.letters) == 1
    assert not mail.written_to_file
    assert "To: robin@example.org" in server.letters[0]
    ended = AuditEvent.objects.get(verb=AuditVerb.MAIL_ENDED)
    assert ended.detail == {"state": "sent", "error_code": ""}


def test_the_task_sends_it(mail, server):
    tasks.send_mail()
    assert seen(mail) == (MailState.SENT, "")


def test_a_refusal_for_good_marks_the_address(mail, server):
    server.answers["RCPT"] = "550 5.1.1 no such user"
    send_next()
    assert seen(mail) == (MailState.FAILED, "refused")
    consent = MailConsent.objects.get()
    assert consent.failing_since
    assert consent.failing_answer == mail.answer == "550 5.1.1 no such user"


def test_what_the_server_has_against_us_marks_no_address(mail, server):
    server.answers["MAIL"] = "553 not for you"
    send_next()
    assert seen(mail) == (MailState.FAILED, "sender_refused")
    assert MailConsent.objects.get().failing_since is None


def test_a_refusal_for_now_is_tried_again_with_growing_pauses(mail, server):
    server.answers["RCPT"] = "450 greylisted"
    assert list(PAUSES) == sorted(PAUSES)
    for pause in PAUSES:
        before = timezone.now()
        send_next()
        assert seen(mail) == (MailState.QUEUED, "not_now")
        assert abs((mail.not_before - before).total_seconds() - pause) < 30
        send_next()  # not due yet
        make_due()
    send_next()
    assert (seen(mail), mail.attempts) == ((MailState.FAILED, "not_now"), MAILS.max_attempts)
    assert MailConsent.objects.get().failing_since is None


def test_while_the_server_is_away_nothing_is_lost(mail, server, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    send_next()
    assert seen(mail) == (MailState.QUEUED, "unreachable")
    settings.EMAIL_PORT = port
    make_due()
    send_next()
    assert seen(mail) == (MailState.SENT, "")


def test_a_hand_over_that_breaks_off_is_not_known_and_never_repeated(mail, server):
    server.answers["."] = None
    send_next()
    assert seen(mail) == (MailState.UNKNOWN, "broke_off")
    server.answers.clear()
    make_due()
    sweep_mails()
    send_next()
    assert seen(mail) == (MailState.UNKNOWN, "broke_off")
    assert len(server.letters) == 1


class SenderDied(BaseException):
    """What ends a process in the middle of sending."""


@pytest.mark.parametrize(
    ("module", "where", "ends"),
    [
        (sending, "write_letter", (MailState.QUEUED, "")),
        (queue, "hand_over", (MailState.UNKNOWN, "broke_off")),
    ],
)
def test_what_a_dead_sender_held_is_freed(mail, server, monkeypatch, module, where, ends):
    def die(*_args, begin=lambda: None, **_kwargs):
        begin()
        raise SenderDied

    monkeypatch.setattr(module, where, die)
    with pytest.raises(SenderDied):
        send_next()
    assert seen(mail)[0] == MailState.RUNNING
    Mail.objects.update(lease_until=timezone.now() - LEASE)
    sweep_mails()
    assert seen(mail) == ends


def test_the_late_end_of_a_sender_that_was_given_up_counts_no_more(mail, server, monkeypatch):
    hand_over = queue.hand_over

    def be_late(*args, **kwargs):
        handed = hand_over(*args, **kwargs)
        Mail.objects.update(lease_until=timezone.now() - LEASE)
        sweep_mails()
        return handed

    monkeypatch.setattr(queue, "hand_over", be_late)
    send_next()
    assert seen(mail) == (MailState.UNKNOWN, "broke_off")


ENDS = {
    "plan_stopped": lambda mail, by: stop_plan(plan=mail.publication.plan, by=by),
    "plan_paused": lambda mail, by: pause_plan(plan=mail.publication.plan, by=by),
    "link_ended": lambda mail, by: revoke_link(plan=mail.publication.plan, by=by),
    "consent_withdrawn": lambda mail, by: withdraw_consent(patient=mail.consent.patient, by=by),
    "address_changed": lambda mail, by: move(mail.consent.patient, by),
}


# One that is on its way finds the consent to the former address ended.
ON_ITS_WAY = {"address_changed": "consent_withdrawn"}


def move(patient, by):
    patient.refresh_from_db()
    patient.email = "moved@example.org"
    save_patient(patient=patient, by=by)


@pytest.mark.parametrize("why", ENDS)
def test_what_waits_is_cancelled_at_once(mail, server, therapist, why):
    ENDS[why](mail, therapist)
    assert seen(mail) == (MailState.CANCELLED, why)
    assert AuditEvent.objects.get(verb=AuditVerb.MAIL_CANCELLED).detail == {"why": why}
    make_due()
    send_next()
    assert server.letters == []


@pytest.mark.parametrize("why", ENDS)
def test_what_was_on_its_way_meanwhile_is_not_tried_again(mail, server, therapist, why):
    server.answers["RCPT"] = "450 later"
    hand_over = queue.hand_over
    send_next()
    Mail.objects.update(state="running", attempt_token=mail.pk, lease_until=timezone.now() + LEASE)
    ENDS[why](mail, therapist)
    Mail.objects.update(state="queued", attempt_token=None, lease_until=None)
    make_due()
    send_next()
    assert hand_over is queue.hand_over
    assert seen(mail) == (MailState.CANCELLED, ON_ITS_WAY.get(why, why))


@pytest.mark.parametrize("why", ENDS)
def test_what_ends_while_the_server_keeps_us_waiting_is_not_handed_over(
    mail, server, therapist, monkeypatch, why
):
    hand_over = queue.hand_over

    def wait_for_the_server(letter, *, begin):
        ENDS[why](mail, therapist)
        return hand_over(letter, begin=begin)

    monkeypatch.setattr(queue, "hand_over", wait_for_the_server)
    send_next()
    ended = ON_ITS_WAY.get(why, why)
    assert (seen(mail), mail.handover_at) == ((MailState.CANCELLED, ended), None)
    assert server.letters == []
    assert AuditEvent.objects.get(verb=AuditVerb.MAIL_CANCELLED).detail == {"why": ended}


def test_a_renewed_link_is_not_sent_in_the_old_ones_place(mail, server, therapist):
    renew_link(plan=mail.publication.plan, by=therapist)
    assert seen(mail) == (MailState.CANCELLED, "link_ended")


def test_a_link_that_ended_by_its_day_is_not_sent(mail, server):
    DownloadLink.objects.update(expires_on=timezone.localdate() - timedelta(days=2))
    send_next()
    assert seen(mail) == (MailState.CANCELLED, "link_ended")
    assert server.letters == []


def test_a_link_whose_key_is_gone_says_so(mail, server, settings):
    settings.LINK_KEYS = ["another-key-of-this-service-with-32-characters"]
    send_next()
    assert seen(mail) == (MailState.FAILED, "link_key_missing")


def test_one_clinics_mails_do_not_keep_the_others_waiting(mail, server):
    for _ in range(MAX_PER_CLINIC):
        factories.mail(factories.therapist(mail.clinic))
    other = factories.mail(factories.therapist(factories.clinic()))
    running = Mail.objects.filter(clinic=mail.clinic).values_list("pk", flat=True)[:MAX_PER_CLINIC]
    Mail.objects.filter(pk__in=list(running)).update(
        state="running", attempt_token=mail.pk, lease_until=timezone.now() + LEASE
    )
    send_next()
    send_next()
    assert seen(other) == (MailState.SENT, "")
    assert len(server.letters) == 1


def test_without_a_server_the_row_says_that_it_is_a_file(mail, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_FILE_PATH = "", tmp_path / "mails"
    send_next()
    assert seen(mail) == (MailState.SENT, "")
    assert mail.written_to_file
