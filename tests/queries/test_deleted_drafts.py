"""Drafts that are gone are known to those who care for the patient."""

import uuid

from plans.actions.drafts.delete import delete_draft
from plans.queries.deleted_drafts import was_deleted
from tests import factories


def test_who_cares_for_the_patient_is_told(therapist, clinic):
    plan = factories.plan(therapist)
    key = plan.pk
    assert not was_deleted(key, seen_by=therapist)
    delete_draft(plan=plan, by=therapist)
    assert was_deleted(key, seen_by=therapist)
    assert not was_deleted(key, seen_by=factories.therapist(clinic))
    assert not was_deleted(uuid.uuid4(), seen_by=therapist)
