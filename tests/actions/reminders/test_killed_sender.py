"""A real worker, killed while it hands a reminder over: the mail is listed as not known, and never goes twice."""

import threading
from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from plans.actions.outgoing.queue import LEASE
from plans.enqueue import DUE_REMINDERS, WEBHOOKS
from plans.models import Reminder, ReminderSchedule
from tests import factories
from tests.servers import poll
from tests.smtp import FakeMailServer

pytestmark = pytest.mark.long
ALL_QUEUES = ("--queues", f"default,{WEBHOOKS}")


class SlowServer(FakeMailServer):
    """It takes a letter whole, and then keeps the sender waiting for its answer."""

    def __init__(self):
        self.took, self.answers_now = threading.Event(), threading.Event()
        super().__init__()

    def note_taken(self):
        self.took.set()
        self.answers_now.wait(timeout=60)


@pytest.fixture
def slow_server(monkeypatch):
    server = SlowServer()
    for name, value in {
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(server.port),
        "EMAIL_USE_TLS": "0",
        "DEFAULT_FROM_EMAIL": "plans@service.example",
    }.items():
        monkeypatch.setenv(name, value)
    yield server
    server.answers_now.set()
    server.stop()


def test_a_killed_sender_leaves_one_mail_and_says_that_it_is_not_known(start_more_workers, slow_server):
    schedule = factories.reminders(factories.therapist(factories.clinic()))
    due = timezone.now() - timedelta(minutes=1)
    ReminderSchedule.objects.update(next_at=due)
    first = start_more_workers("one", *ALL_QUEUES)
    for _ in range(2):  # two schedulers
        current_app.send_task(DUE_REMINDERS)
    assert slow_server.took.wait(timeout=60)
    first.kill()
    slow_server.answers_now.set()
    assert Reminder.objects.get().state == "running"
    Reminder.objects.update(lease_until=timezone.now() - LEASE)
    start_more_workers("two", *ALL_QUEUES)
    ReminderSchedule.objects.update(next_at=due)
    for task in ("plans.sweep_mails", DUE_REMINDERS, DUE_REMINDERS):
        current_app.send_task(task)
    poll(lambda: Reminder.objects.get().state == "unknown", what="the end of the reminder")
    current_app.send_task("plans.send_reminder", queue=WEBHOOKS)
    poll(lambda: _is_idle(schedule), what="the schedule's next hour")
    row = Reminder.objects.get()
    assert (row.state, row.error_code, row.attempts) == ("unknown", "broke_off", 1)
    assert len(slow_server.letters) == 1


def _is_idle(schedule):
    return ReminderSchedule.objects.get(pk=schedule.pk).next_at > timezone.now()
