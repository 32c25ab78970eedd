"""What rests on a source."""

import pytest

from plans.models import Movement
from plans.queries.sources import cited_codes

pytestmark = pytest.mark.django_db


def test_each_source_of_an_entry_is_told(clinic):
    Movement.objects.create(code="bend", name="Bending", sources=["a", "b"])
    Movement.objects.create(code="own", name="Own", sources=["a"], clinic=clinic)
    Movement.objects.create(code="silent", name="Silent")

    assert list(cited_codes()) == [("a", "movement", "bend"), ("b", "movement", "bend")]
