from datetime import timedelta

import pytest
from django.utils import timezone

from plans.models import Rendering
from plans.rendering import job, lease, sweep
from tests import factories
from tests.servers import poll


@pytest.mark.django_db(transaction=True)
def test_a_living_worker_keeps_its_lease(monkeypatch):
    monkeypatch.setattr(lease, "RENEW_SECONDS", 0.02)
    publication = factories.publication(factories.therapist(factories.clinic()))
    row = Rendering.objects.get(content=publication.content)
    claim = job.claim_rendering(row.pk)
    soon = timezone.now() + timedelta(seconds=1)
    Rendering.objects.update(lease_until=soon)
    with lease.renewed(row.pk, claim.token):
        poll(lambda: Rendering.objects.get().lease_until > soon)
    job.fail(claim, job.RenderingTooSlow())
    assert Rendering.objects.get().lease_until is None


@pytest.mark.django_db(transaction=True)
def test_a_lease_that_another_holds_is_not_renewed(monkeypatch):
    monkeypatch.setattr(lease, "RENEW_SECONDS", 0.02)
    publication = factories.publication(factories.therapist(factories.clinic()))
    row = Rendering.objects.get(content=publication.content)
    late = job.claim_rendering(row.pk)
    Rendering.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep.free_lost()
    job.claim_rendering(row.pk)
    before = Rendering.objects.get().lease_until
    renewals = []
    real = lease.timezone.now
    monkeypatch.setattr(lease.timezone, "now", lambda: renewals.append(1) or real())
    with lease.renewed(row.pk, late.token):
        poll(lambda: len(renewals) > 2)
    assert Rendering.objects.get().lease_until == before
