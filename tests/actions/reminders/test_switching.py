"""Reminders on and off: by the clinic with consent, by the patient after a yes by mail; and what ends them."""

from datetime import timedelta

import pytest

from plans import tokens
from plans.actions import pausing
from plans.actions.clinics import UnknownTimeZone
from plans.actions.links import renew_link, revoke_link
from plans.actions.mails.asking import LinkClosed
from plans.actions.mails.consents import (
    MailAddressFails,
    NoMailConsent,
    WrongMailAddress,
    mark_failing,
    open_consent,
    withdraw_consent,
)
from plans.actions.patients import save_patient
from plans.actions.pausing import PlanNotLive
from plans.actions.plans import stop_plan
from plans.actions.reminders.by_mail import ConfirmationEnded, confirm_address, stop_by_mail
from plans.actions.reminders.due import make_due
from plans.actions.reminders.switching import (
    PausedPlanNotReminded,
    RemindersOff,
    TooManyConfirmations,
    WrongReminderHour,
    ask_on_page,
    move_reminders,
    switch_off,
)
from plans.models import (
    AuditEvent,
    AuditVerb,
    DownloadLink,
    MailConsent,
    MailState,
    Reminder,
    ReminderKind,
    ReminderSchedule,
)
from plans.permissions import NotAllowed
from plans.queries.reminders import reminders_of
from plans.tokens import Opens
from tests import factories
from tests.actions.reminders.conftest import ADDRESS, fresh, go_to, link_of, switch_on

SIX_TODAY, SIX_TOMORROW = "2026-06-10T23:00:00+00:00", "2026-06-11T23:00:00+00:00"


def verbs():
    return list(
        AuditEvent.objects.filter(verb__startswith="reminders.")
        .order_by("created_at")
        .values_list("verb", flat=True)
    )


def confirm_token(schedule):
    return tokens.token_for(Opens.CONFIRM_REMINDERS, schedule.pk, digest=schedule.confirm_digest)


def stop_token(schedule):
    return tokens.token_for(Opens.STOP_REMINDERS, schedule.pk, digest=schedule.stop_digest)


# --- By the clinic


def test_the_clinic_switches_them_on_with_the_patients_agreement(plan, therapist):
    made = switch_on(plan, therapist)
    assert made.is_on
    assert (made.address, made.next_at.isoformat()) == (ADDRESS, SIX_TODAY)
    assert (made.created_by, made.consent.recorded_by) == (therapist, therapist)
    assert verbs() == [AuditVerb.REMINDERS_ON]
    assert not Reminder.objects.exists()


def test_without_agreement_nothing_is_switched_on(plan, therapist):
    from plans.actions.reminders.switching import switch_on as switch

    with pytest.raises(NoMailConsent):
        switch(plan=plan, hour=18, address=ADDRESS, by=therapist)
    assert not ReminderSchedule.objects.exists()


def test_an_agreement_that_stands_is_enough(plan, therapist):
    factories.mail(therapist, of=plan.publications.get())
    made = switch_on(plan, therapist)
    assert made.consent == MailConsent.objects.get()


def test_switched_on_again_the_hour_is_changed(schedule, plan, therapist):
    assert switch_on(plan, therapist, hour=7).pk == schedule.pk
    assert fresh(schedule).hour == 7
    assert switch_on(plan, therapist, hour=7).pk == schedule.pk
    assert verbs() == [AuditVerb.REMINDERS_ON, AuditVerb.REMINDERS_CHANGED]


def test_another_address_begins_anew_and_ends_the_other(schedule, plan, therapist):
    from plans.actions.reminders.switching import switch_on as switch

    made = switch(plan=plan, hour=18, address="new@example.org", consented=True, by=therapist)
    assert made.pk != schedule.pk
    assert fresh(schedule).ended_why == "consent_withdrawn"  # one address at a time
    assert ReminderSchedule.objects.filter(ended_at=None).get() == made


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"hour": 24}, WrongReminderHour),
        ({"hour": -1}, WrongReminderHour),
        ({"time_zone": "Mars/Base"}, UnknownTimeZone),
        ({"time_zone": "../../etc/passwd"}, UnknownTimeZone),
        ({"address": "robin@example.org\nBcc: all@example.org"}, WrongMailAddress),
    ],
)
def test_what_cannot_be_is_refused(plan, therapist, given, error):
    from plans.actions.reminders.switching import switch_on as switch

    with pytest.raises(error):
        switch(**{"plan": plan, "hour": 18, "address": ADDRESS, "consented": True, "by": therapist, **given})
    assert not ReminderSchedule.objects.exists()
    assert not MailConsent.objects.exists()


def test_only_who_cares_for_the_patient_switches(plan, schedule, clinic):
    stranger = factories.therapist(clinic)
    for deed in (
        lambda: switch_on(plan, stranger),
        lambda: move_reminders(plan=plan, hour=7, by=stranger),
        lambda: switch_off(plan=plan, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert fresh(schedule).is_on


def test_a_plan_that_nobody_follows_or_that_is_paused_is_not_reminded_of(plan, therapist):
    with pytest.raises(PlanNotLive):
        switch_on(factories.plan(therapist), therapist)
    pausing.pause_plan(plan=plan, by=therapist)
    with pytest.raises(PausedPlanNotReminded):
        switch_on(plan, therapist)
    stop_plan(plan=plan, by=therapist)
    with pytest.raises(PlanNotLive):
        switch_on(plan, therapist)


def test_a_link_that_wrong_dates_closed_is_not_sent(plan, therapist, clock):
    DownloadLink.objects.update(blocked_at=clock.now)
    with pytest.raises(LinkClosed):
        switch_on(plan, therapist)


# --- On the page


def test_to_a_typed_address_goes_one_mail_that_asks_and_nothing_else(plan, clock):
    made = ask_on_page(link=link_of(plan), hour=18, address="me@example.org")
    assert not made.is_on
    assert reminders_of(plan).waits_for_answer
    go_to(clock, 10, 18, 30)
    make_due()
    assert [row.kind for row in Reminder.objects.all()] == [ReminderKind.CONFIRM]
    assert verbs() == [AuditVerb.REMINDERS_ASKED]
    assert not MailConsent.objects.exists()


def test_a_yes_by_mail_begins_them(plan, clock):
    asked = ask_on_page(link=link_of(plan), hour=18, address="me@example.org")
    confirmed = confirm_address(token=confirm_token(asked))
    assert confirmed.is_on
    assert confirmed.next_at.isoformat() == SIX_TODAY
    confirm_address(token=confirm_token(asked))
    assert verbs() == [AuditVerb.REMINDERS_ASKED, AuditVerb.REMINDERS_ON]
    go_to(clock, 10, 18)
    make_due()
    assert Reminder.objects.filter(kind=ReminderKind.REMINDER).get().state == MailState.QUEUED


def test_a_yes_that_comes_too_late_or_of_a_wrong_token_begins_nothing(plan, clock):
    asked = ask_on_page(link=link_of(plan), hour=18, address="me@example.org")
    for token in ("", "x" * 43, stop_token(asked), "\n", "𝄞"):
        with pytest.raises(ConfirmationEnded):
            confirm_address(token=token)
    clock.now += timedelta(days=3, seconds=1)
    with pytest.raises(ConfirmationEnded):
        confirm_address(token=confirm_token(asked))
    assert not fresh(asked).is_on


@pytest.mark.parametrize("end", [stop_plan, pausing.pause_plan, revoke_link])
def test_a_yes_begins_nothing_once_the_plan_stands_still(plan, therapist, end):
    asked = ask_on_page(link=link_of(plan), hour=18, address="me@example.org")
    end(plan=plan, by=therapist)
    with pytest.raises(ConfirmationEnded):
        confirm_address(token=confirm_token(asked))
    assert not Reminder.objects.filter(state=MailState.QUEUED).exists()


def test_the_page_may_use_the_address_that_the_clinic_recorded(plan, therapist):
    factories.mail(therapist, of=plan.publications.get())
    made = ask_on_page(link=link_of(plan), hour=18)
    assert (made.is_on, made.created_by, made.address) == (True, None, ADDRESS)
    assert ask_on_page(link=link_of(plan), hour=9).pk == made.pk


def test_the_page_cannot_use_an_address_that_is_not_there_or_fails(plan, therapist):
    with pytest.raises(NoMailConsent):
        ask_on_page(link=link_of(plan), hour=18)
    factories.mail(therapist, of=plan.publications.get())
    mark_failing(open_consent(plan.patient), "550")
    with pytest.raises(MailAddressFails):
        ask_on_page(link=link_of(plan), hour=18)


def test_asking_again_ends_what_was_asked_and_nobody_fills_a_mailbox(plan, clock):
    asked = [ask_on_page(link=link_of(plan), hour=18, address=f"{n}@example.org") for n in range(3)]
    assert [bool(fresh(one).ended_at) for one in asked] == [True, True, False]
    waiting = Reminder.objects.filter(state=MailState.QUEUED)
    assert [row.schedule for row in waiting] == [asked[-1]]
    with pytest.raises(TooManyConfirmations):
        ask_on_page(link=link_of(plan), hour=18, address="4@example.org")
    assert fresh(asked[-1]).ended_at is None
    clock.now += timedelta(days=1, minutes=1)
    ask_on_page(link=link_of(plan), hour=18, address="4@example.org")


@pytest.mark.parametrize("address", ["robin", "a@b.example\r\nBcc: c@d.example", "x" * 250 + "@e.org", " "])
def test_what_is_no_address_is_not_asked(plan, address):
    with pytest.raises(WrongMailAddress):
        ask_on_page(link=link_of(plan), hour=18, address=address)
    assert not Reminder.objects.exists()


# --- Another hour, and the end


def test_who_had_one_today_gets_none_today_at_another_hour(schedule, plan, clock):
    go_to(clock, 10, 18)
    make_due()
    Reminder.objects.update(state=MailState.SENT, finished_at=clock.now)
    assert move_reminders(plan=plan, hour=20, by=None).next_at.isoformat() == "2026-06-12T01:00:00+00:00"


def test_nor_after_off_and_on_again(schedule, plan, clock, therapist):
    go_to(clock, 10, 18)
    make_due()
    Reminder.objects.update(state=MailState.SENT, finished_at=clock.now)
    switch_off(plan=plan, by=None)
    assert switch_on(plan, therapist, hour=20).next_at.isoformat() == "2026-06-12T01:00:00+00:00"


def test_the_clinics_own_zone_is_kept_as_that_of_the_clinic(plan, therapist):
    assert switch_on(plan, therapist, time_zone="America/Chicago").time_zone == ""
    assert switch_on(plan, therapist, time_zone="Europe/Berlin").time_zone == "Europe/Berlin"


def test_off_cancels_what_waits(schedule, plan, clock, therapist):
    go_to(clock, 10, 18)
    make_due()
    switch_off(plan=plan, by=therapist)
    ended, row = fresh(schedule), Reminder.objects.get()
    assert (ended.ended_why, ended.ended_by, ended.next_at) == ("switched_off", therapist, None)
    assert (row.state, row.error_code) == (MailState.CANCELLED, "switched_off")
    assert AuditEvent.objects.get(verb=AuditVerb.REMINDERS_OFF).detail == {"why": "switched_off"}
    for deed in (switch_off, lambda **given: move_reminders(hour=7, **given)):
        with pytest.raises(RemindersOff):
            deed(plan=plan, by=therapist)


def test_a_press_on_the_mails_own_button_ends_them_once(schedule):
    token = stop_token(schedule)
    assert stop_by_mail(token=token) == schedule
    assert stop_by_mail(token=token) == schedule
    assert verbs() == [AuditVerb.REMINDERS_ON, AuditVerb.REMINDERS_OFF]
    assert stop_by_mail(token=confirm_token(schedule)) is None
    assert fresh(schedule).ended_by is None


def test_tokens_of_an_older_key_still_stop(schedule, settings):
    token = stop_token(schedule)
    settings.LINK_KEYS = ["another-key-of-this-service-with-32-characters", *settings.LINK_KEYS]
    assert stop_token(schedule) == token
    assert stop_by_mail(token=token) == schedule


def moved(plan, by):
    patient = plan.patient
    patient.refresh_from_db()
    patient.email = "moved@example.org"
    save_patient(patient=patient, by=by)


ENDS = {
    "plan_stopped": lambda plan, by: stop_plan(plan=plan, by=by),
    "link_ended": lambda plan, by: revoke_link(plan=plan, by=by),
    "consent_withdrawn": lambda plan, by: withdraw_consent(patient=plan.patient, by=by),
    "address_changed": moved,
}


@pytest.mark.parametrize("why", ENDS)
def test_what_ends_them_ends_them_at_once(schedule, plan, clock, therapist, why):
    go_to(clock, 10, 18)
    make_due()
    ENDS[why](plan, therapist)
    row = Reminder.objects.get()
    assert (fresh(schedule).ended_why, row.state, row.error_code) == (why, MailState.CANCELLED, why)
    go_to(clock, 11, 18)
    make_due()
    assert Reminder.objects.count() == 1


def test_a_pause_cancels_what_waits_and_keeps_the_schedule(schedule, plan, clock, therapist):
    go_to(clock, 10, 18)
    make_due()
    pausing.pause_plan(plan=plan, by=therapist)
    row = Reminder.objects.get()
    assert (row.state, row.error_code, fresh(schedule).is_on) == (MailState.CANCELLED, "plan_paused", True)


def test_a_renewed_link_ends_those_of_the_old_one(plan, therapist):
    asked = ask_on_page(link=link_of(plan), hour=18, address="me@example.org")
    renew_link(plan=plan, by=therapist)
    assert fresh(asked).ended_why == "link_ended"


def test_who_wants_no_mails_gets_none_at_a_typed_address_either(plan, therapist):
    factories.mail(therapist, of=plan.publications.get())
    asked = ask_on_page(link=link_of(plan), hour=18, address="me@example.org")
    confirm_address(token=confirm_token(asked))
    withdraw_consent(patient=plan.patient, by=therapist)
    assert fresh(asked).ended_why == "consent_withdrawn"
