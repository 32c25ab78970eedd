"""An entry that is retired stays, with the day, and the record says which."""

import pytest
from django.utils import timezone

from plans.actions.retiring import retire_entry
from plans.models import AuditEvent, AuditVerb, Symptom
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_day_and_the_record():
    row = factories.symptom("numb")
    retire_entry(row, verb=AuditVerb.SYMPTOM_RETIRED)
    assert Symptom.objects.get().retired_on == timezone.localdate()
    event = AuditEvent.objects.get(verb="library.symptom_retired")
    assert (event.object_id, event.created_by, event.clinic) == (str(row.pk), None, None)
