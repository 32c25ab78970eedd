"""The worker's tasks: each name that is sent exists, and what has to happen by itself is in the schedule."""

import pytest
from celery import current_app
from django.conf import settings

from plans import enqueue, tasks
from tests import factories

SCHEDULED = {
    "plans.sweep_renderings": 10,
    "plans.sweep_webhooks": 10,
    "plans.sweep_mails": 10,
    "plans.make_reminders": 60,
    "plans.drop_strays": 300,
    "plans.drop_old_drafts": 3600,
    "plans.drop_old_calls": 3600,
    "plans.review_active_plans": None,
    "plans.follow_up_silence": None,
}
"""Tasks and the seconds between them; None for a time of day."""


def seconds(schedule):
    return float(schedule) if isinstance(schedule, (int, float)) else None


def test_all_that_has_to_happen_by_itself_is_in_the_schedule():
    entries = settings.CELERY_BEAT_SCHEDULE.values()
    assert {entry["task"]: seconds(entry["schedule"]) for entry in entries} == SCHEDULED


def test_nothing_scheduled_piles_up_while_no_worker_runs():
    assert all(entry["options"]["expires"] for entry in settings.CELERY_BEAT_SCHEDULE.values())


@pytest.mark.parametrize(
    "name",
    [
        *SCHEDULED,
        enqueue.RENDER,
        enqueue.REISSUE,
        enqueue.DELIVER,
        enqueue.MAIL,
        enqueue.REMINDER,
        enqueue.DUE_REMINDERS,
        enqueue.CLEAR,
        enqueue.REVIEW,
        enqueue.RECHECK,
        enqueue.SILENCE,
    ],
)
def test_every_name_that_is_sent_is_a_task(name):
    assert name in current_app.tasks


def test_the_sweep_does_all_of_its_work(monkeypatch):
    done = []
    monkeypatch.setattr(tasks.sweep, "free_lost", lambda: done.append("lost") or [])
    monkeypatch.setattr(tasks.sweep, "enqueue_waiting", lambda: done.append("waiting"))
    monkeypatch.setattr(tasks.drawings, "sweep_drawings", lambda: done.append("drawings"))
    monkeypatch.setattr(tasks.reissuing, "enqueue_stalled", lambda: done.append("stalled"))
    monkeypatch.setattr(tasks.monitoring, "sweep_seen", lambda: done.append("seen"))
    tasks.sweep_renderings()
    assert sorted(done) == ["drawings", "lost", "seen", "stalled", "waiting"]


@pytest.mark.django_db
def test_a_recheck_goes_on_behind_the_plan_that_was_last(monkeypatch):
    clinic, given = factories.clinic(), []
    exercise = factories.exercise().exercise
    monkeypatch.setattr(tasks.rechecking, "recheck", lambda **arguments: given.append(arguments))
    tasks.recheck(str(clinic.pk), "", str(exercise.pk))
    tasks.recheck(str(clinic.pk), str(exercise.pk), "")
    tasks.recheck(str(clinic.pk), str(clinic.pk), "")
    assert given == [
        {"clinic": clinic, "exercise": None, "after": exercise.pk},
        {"clinic": clinic, "exercise": exercise, "after": None},
    ]
