"""The table of sources on the desk."""

import pytest
from django.urls import reverse

from plans.models import Movement, Source
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of

LIST = reverse("admin:plans_source_changelist")
pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    Movement.objects.create(code="bend", name="Bending", sources=["smith-2020"])
    return Source.objects.create(
        code="smith-2020",
        cite="Smith 2020",
        title="Bending well",
        kind="RCT",
        read="abstract",
        strength="good",
    )


def test_a_source_says_what_it_is_and_what_rests_on_it(therapist, source, django_assert_max_num_queries):
    client = signed_in(therapist)

    with django_assert_max_num_queries(14):
        assert "Smith 2020 Bending well RCT abstract good" in text_of(client.get(LIST))
    with django_assert_max_num_queries(20):
        page = text_of(client.get(reverse("admin:plans_source_change", args=[source.pk])))
    assert "movement bend" in page


def test_nobody_writes_it_at_the_desk(therapist, source):
    address = reverse("admin:plans_source_change", args=[source.pk])

    assert signed_in(therapist).post(address, {"title": "Other"}).status_code == 403
    source.refresh_from_db()
    assert source.title == "Bending well"
