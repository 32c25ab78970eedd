from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from plans.models import Rendering
from plans.rendering import job, lease, sweep
from tests import factories
from tests.servers import poll


@pytest.mark.django_db(transaction=True)
def test_a_living_worker_keeps_its_lease(monkeypatch):
    monkeypatch.setattr(lease, "RENEW_SECONDS", 0.02)
    row, claim = claimed()
    soon = timezone.now() + timedelta(seconds=1)
    Rendering.objects.update(lease_until=soon)
    with lease.renewed(row.pk, claim.token):
        poll(lambda: Rendering.objects.get().lease_until > soon)
    job.fail(claim, job.RenderingTooSlow())
    assert Rendering.objects.get().lease_until is None


@pytest.mark.django_db(transaction=True)
def test_a_lease_that_another_holds_is_not_renewed(monkeypatch, renewals):
    row, late = claimed()
    Rendering.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep.free_lost()
    job.claim_rendering(row.pk)
    before = Rendering.objects.get().lease_until
    with lease.renewed(row.pk, late.token):
        poll(lambda: len(renewals) > 2)
    assert Rendering.objects.get().lease_until == before


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_for_a_moment_does_not_end_the_renewal(monkeypatch):
    row, claim = claimed()
    renewals = []
    soon = timezone.now() + timedelta(seconds=1)
    Rendering.objects.update(lease_until=soon)
    real = lease.Now

    def now():
        renewals.append(1)
        if len(renewals) <= 2:
            raise OperationalError("the database system is starting up")
        return real()

    monkeypatch.setattr(lease, "RENEW_SECONDS", 0.02)
    monkeypatch.setattr(lease, "Now", now)
    with lease.renewed(row.pk, claim.token):
        poll(lambda: Rendering.objects.get().lease_until > soon)


@pytest.fixture
def renewals(monkeypatch):
    """Grows by one with each renewal."""
    renewals = []
    real = lease.Now
    monkeypatch.setattr(lease, "RENEW_SECONDS", 0.02)
    monkeypatch.setattr(lease, "Now", lambda: renewals.append(1) or real())
    return renewals


def claimed():
    publication = factories.publication(factories.therapist(factories.clinic()))
    row = Rendering.objects.get(content=publication.content)
    return row, job.claim_rendering(row.pk)
