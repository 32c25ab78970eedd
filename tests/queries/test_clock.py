"""The clock that all machines share is the database's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from plans.queries.clock import database_now


@pytest.mark.django_db
def test_a_machine_whose_clock_is_wrong_by_a_year_does_not_decide(clinic, monkeypatch):
    real = datetime.now(UTC)
    monkeypatch.setattr(timezone, "now", lambda: real + timedelta(days=365))
    assert abs(database_now() - real) < timedelta(minutes=5)


@pytest.mark.django_db
def test_without_a_clinic_there_is_nobody_to_be_late_for(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert database_now() == datetime(2026, 1, 1, tzinfo=UTC)
