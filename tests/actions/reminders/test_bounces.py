"""A reminder that came back is listed as that, and ends those to its address."""

import pytest
from django.utils import timezone

from plans.actions.mails.bounces import MailNotHandedOver
from plans.actions.mails.consents import MailAddressFails
from plans.actions.reminders.bounces import report_reminder_bounce
from plans.actions.reminders.due import make_due
from plans.actions.reminders.switching import ask_on_page, switch_on
from plans.models import AuditEvent, MailConsent, MailState, Reminder, ReminderSchedule
from plans.permissions import NotAllowed
from plans.queries.reminders import reminders_of
from tests import factories
from tests.actions.reminders.conftest import ADDRESS, go_to, link_of

ANSWER = "550 5.1.1  no such\nuser"


@pytest.fixture
def sent(schedule, clock):
    go_to(clock, 10, 18)
    make_due()
    return end("sent")


def end(state):
    Reminder.objects.update(
        state=state, finished_at=timezone.now(), error_code="" if state == "sent" else "broke_off"
    )
    return Reminder.objects.get()


@pytest.mark.parametrize("state", ["sent", "unknown"])
def test_what_came_back_ends_the_reminders_and_marks_the_address(sent, plan, therapist, state):
    reminder = end(state)

    told = report_reminder_bounce(reminder=reminder, answer=ANSWER, by=therapist)

    assert (told.state, told.error_code, told.answer) == ("bounced", "came_back", "550 5.1.1 no such user")
    schedule = ReminderSchedule.objects.get()
    assert (schedule.ended_why, schedule.ended_by, schedule.next_at) == ("address_fails", therapist, None)
    assert MailConsent.objects.get().failing_since
    assert reminders_of(plan).last.state == MailState.BOUNCED
    event = AuditEvent.objects.get(verb="mail.bounced")
    assert (event.created_by, event.object_id) == (therapist, str(reminder.pk))
    with pytest.raises(MailAddressFails):
        switch_on(plan=plan, hour=9, address=ADDRESS, by=therapist)


def test_what_waits_to_the_same_address_is_cancelled(sent, clock, plan, therapist):
    Reminder.objects.create(
        clinic=sent.clinic, schedule=sent.schedule, day=sent.day.replace(day=11), due_at=timezone.now()
    )

    report_reminder_bounce(reminder=sent, by=therapist)

    waited = Reminder.objects.exclude(pk=sent.pk).get()
    assert (waited.state, waited.error_code) == ("cancelled", "address_fails")


def test_reported_again_it_stays_as_it_is(sent, therapist):
    report_reminder_bounce(reminder=sent, answer="550 first", by=therapist)

    told = report_reminder_bounce(reminder=sent, answer="550 second", by=therapist)

    assert told.answer == "550 first"
    assert AuditEvent.objects.filter(verb="mail.bounced").count() == 1


def test_what_asked_to_confirm_a_typed_address_and_came_back_ends_that(plan, clock, therapist):
    schedule = ask_on_page(link=link_of(plan), hour=18, address="typo@example.org")

    report_reminder_bounce(reminder=end("sent"), by=therapist)

    schedule.refresh_from_db()
    assert schedule.ended_why == "address_fails"


def test_what_was_not_handed_over_cannot_come_back(schedule, clock, therapist):
    go_to(clock, 10, 18)
    make_due()

    with pytest.raises(MailNotHandedOver):
        report_reminder_bounce(reminder=Reminder.objects.get(), by=therapist)


def test_only_who_cares_for_the_patient_reports_it(sent, clinic):
    with pytest.raises(NotAllowed):
        report_reminder_bounce(reminder=sent, by=factories.therapist(clinic))

    assert Reminder.objects.get().state == MailState.SENT
