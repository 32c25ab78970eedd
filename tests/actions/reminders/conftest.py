"""A plan whose patient is reminded, and a clock that the test sets."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from plans.actions.reminders import by_mail, due, schedules, sending, switching
from plans.models import Clinic, Plan, ReminderSchedule
from tests import factories

ADDRESS = "robin@example.org"
NOON = datetime(2026, 6, 10, 17, 0, tzinfo=UTC)
"""A Wednesday, noon in Chicago."""


@pytest.fixture
def clock(monkeypatch):
    """What both the machine's clock and the database's say; leases go by the database's real one."""
    hand = SimpleNamespace(now=NOON)
    monkeypatch.setattr(timezone, "now", lambda: hand.now)
    for module in (by_mail, due, schedules, sending, switching):
        monkeypatch.setattr(module, "database_now", lambda: hand.now)
    return hand


@pytest.fixture
def plan(clock, broker, therapist):
    """Issued at noon on 10 June 2026 in Chicago, to be reviewed in four weeks."""
    Clinic.objects.update(time_zone="America/Chicago", phone="555 0100")
    therapist.refresh_from_db()
    issued = factories.publication(
        therapist, of_plan=factories.plan(therapist, review_on=NOON.date() + timedelta(days=28))
    )
    return Plan.objects.select_related("patient__clinic").get(pk=issued.plan_id)


def link_of(plan):
    return plan.links.select_related("plan__patient__clinic").get(revoked_at=None)


def switch_on(plan, by, hour=18, **given):
    return switching.switch_on(plan=plan, hour=hour, address=ADDRESS, consented=True, by=by, **given)


@pytest.fixture
def schedule(plan, therapist):
    """On since noon, for six in the evening."""
    return switch_on(plan, therapist)


def fresh(schedule):
    rows = ReminderSchedule.objects.select_related("plan__patient__clinic", "link", "consent")
    return rows.get(pk=schedule.pk)


def go_to(clock, day, hour, minute=0, *, zone="America/Chicago"):
    """Set the clock to a time of June 2026 in a zone."""
    clock.now = datetime(2026, 6, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)
