"""From the row that waits to its end: sent once or left out, asked again before it goes, never sent twice."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone
from structlog.testing import capture_logs

from plans import tasks
from plans.actions import pausing
from plans.actions.links import revoke_link
from plans.actions.mails.consents import withdraw_consent
from plans.actions.outgoing import queue
from plans.actions.outgoing.queue import LEASE
from plans.actions.plans import stop_plan
from plans.actions.reminders import sending
from plans.actions.reminders.due import make_due
from plans.actions.reminders.sending import send_next, sweep_reminders
from plans.actions.reminders.switching import ask_on_page, switch_off
from plans.models import MailConsent, Reminder, ReminderKind
from plans.queries.reminders import reminders_of
from tests.actions.reminders.conftest import ADDRESS, fresh, go_to, link_of
from tests.actions.reminders.test_due import tell


@pytest.fixture
def reminder(schedule, clock):
    """Due at six in the evening of the 10th, which has just come."""
    go_to(clock, 10, 18)
    make_due()
    return Reminder.objects.get()


def seen(row):
    row.refresh_from_db()
    return row.state, row.error_code


def make_due_again():
    Reminder.objects.update(not_before=Now() - timedelta(seconds=1))


def test_it_is_sent_once(reminder, server):
    send_next()
    tasks.send_reminder()
    assert seen(reminder) == ("sent", "")
    assert len(server.letters) == 1
    assert f"To: {ADDRESS}" in server.letters[0]
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in server.letters[0]
    assert reminders_of(reminder.schedule.plan).last == reminder


def test_what_is_told_meanwhile_holds_it_back(reminder, server, plan, clock):
    tell(plan, clock.now.date())
    send_next()
    assert seen(reminder) == ("cancelled", "logged")
    assert server.letters == []


def test_what_is_told_while_the_server_keeps_us_waiting_holds_it_back(
    reminder, server, plan, monkeypatch, clock
):
    hand_over = queue.hand_over

    def wait(letter, *, begin):
        tell(plan, clock.now.date())
        return hand_over(letter, begin=begin)

    monkeypatch.setattr(queue, "hand_over", wait)
    send_next()
    assert (seen(reminder), reminder.handover_at) == (("cancelled", "logged"), None)
    assert server.letters == []


def test_it_is_not_sent_hours_later(reminder, server, clock):
    clock.now += timedelta(hours=2, seconds=1)
    send_next()
    assert seen(reminder) == ("cancelled", "too_late")
    assert server.letters == []


def test_a_server_that_is_away_is_tried_again_until_it_is_too_late(reminder, server, settings, clock):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    send_next()
    assert seen(reminder) == ("queued", "unreachable")
    settings.EMAIL_PORT = port
    make_due_again()
    clock.now += timedelta(hours=1)
    send_next()
    assert seen(reminder) == ("sent", "")


def test_a_hand_over_that_breaks_off_is_listed_and_never_repeated(reminder, server):
    server.answers["."] = None
    send_next()
    server.answers.clear()
    make_due_again()
    sweep_reminders()
    send_next()
    make_due()
    assert seen(reminder) == ("unknown", "broke_off")
    assert len(server.letters) == 1
    assert reminders_of(reminder.schedule.plan).unknown == (reminder,)


class SenderDied(BaseException):
    """What ends a process in the middle of sending."""


@pytest.mark.parametrize(
    ("module", "where", "ends"),
    [(sending, "write_letter", ("queued", "")), (queue, "hand_over", ("unknown", "broke_off"))],
)
def test_what_a_dead_sender_held_is_freed(reminder, server, monkeypatch, module, where, ends):
    def die(*_args, begin=lambda: None, **_kwargs):
        begin()
        raise SenderDied

    monkeypatch.setattr(module, where, die)
    with pytest.raises(SenderDied):
        send_next()
    assert seen(reminder)[0] == "running"
    Reminder.objects.update(lease_until=timezone.now() - LEASE)
    tasks.sweep_mails()
    assert seen(reminder) == ends


ENDS = {
    "plan_stopped": lambda plan, by: stop_plan(plan=plan, by=by),
    "plan_paused": lambda plan, by: pausing.pause_plan(plan=plan, by=by),
    "link_ended": lambda plan, by: revoke_link(plan=plan, by=by),
    "consent_withdrawn": lambda plan, by: withdraw_consent(patient=plan.patient, by=by),
    "switched_off": lambda plan, by: switch_off(plan=plan, by=by),
}


@pytest.mark.parametrize("why", ENDS)
def test_what_ends_while_the_server_keeps_us_waiting_is_not_handed_over(
    reminder, server, plan, therapist, monkeypatch, why
):
    hand_over = queue.hand_over

    def wait(letter, *, begin):
        ENDS[why](plan, therapist)
        return hand_over(letter, begin=begin)

    monkeypatch.setattr(queue, "hand_over", wait)
    send_next()
    assert (seen(reminder), reminder.handover_at) == (("cancelled", why), None)
    assert server.letters == []


def test_a_refused_address_ends_them_and_is_marked(reminder, server):
    server.answers["RCPT"] = "550 5.1.1 no such user"
    send_next()
    assert seen(reminder) == ("failed", "refused")
    assert MailConsent.objects.get().failing_answer == "550 5.1.1 no such user"
    assert fresh(reminder.schedule).ended_why == "address_fails"


def test_a_typed_address_that_is_refused_ends_them_too(plan, server):
    asked = ask_on_page(link=link_of(plan), hour=18, address="typo@example.org")
    server.answers["RCPT"] = "550 no such user"
    send_next()
    assert fresh(asked).ended_why == "address_fails"


def test_what_asks_to_confirm_is_sent_once_and_not_days_later(plan, server, clock):
    ask_on_page(link=link_of(plan), hour=18, address="me@example.org")
    send_next()
    send_next()
    assert len(server.letters) == 1
    asked = ask_on_page(link=link_of(plan), hour=18, address="other@example.org")
    clock.now += timedelta(days=4)
    send_next()
    late = Reminder.objects.get(schedule=asked, kind=ReminderKind.CONFIRM)
    assert seen(late) == ("cancelled", "too_late")
    assert len(server.letters) == 1


def test_without_a_server_the_row_says_that_it_is_a_file(reminder, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_FILE_PATH = "", tmp_path / "mails"
    send_next()
    assert seen(reminder) == ("sent", "")
    assert reminder.written_to_file


def test_neither_logs_nor_messages_name_anybody(reminder, server, monkeypatch):
    sent = []
    monkeypatch.setattr(
        "plans.enqueue.current_app.send_task", lambda *args, **kwargs: sent.append((args, kwargs))
    )
    with capture_logs() as logs:
        send_next()
        sweep_reminders()
        make_due()
    words = str(sent) + str(logs)
    assert str(reminder.pk) in words  # the end is told, by its id
    for private in (ADDRESS, reminder.schedule.plan.patient.name, "/p/"):
        assert private not in words
