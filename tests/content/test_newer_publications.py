"""What a newer release issued meets an older one, as while machines are brought up to date one by one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plans.actions import reviewing, systems
from plans.api.scopes import SCOPES
from plans.content import SCHEMA
from plans.models import FrozenContent, Publication, Review, Role
from tests import factories
from tests.api.conftest import Caller, ask_token
from tests.portal.conftest import token_of

pytestmark = pytest.mark.django_db
WORDS = "issued by a newer release"


@pytest.fixture
def newer(pat):
    made = factories.publication(pat)
    made = getattr(made, "publication", made)
    for row in FrozenContent.objects.filter(pk__in=[made.content_id, made.record_id]):
        text = row.json.replace(f'"schema":{SCHEMA}', f'"schema":{SCHEMA + 1}')
        assert text != row.json
        FrozenContent.objects.filter(pk=row.pk).update(json=text, schema=SCHEMA + 1)
    return Publication.objects.get(pk=made.pk)


@pytest.fixture(autouse=True)
def nothing_is_lost(newer):
    before = FrozenContent.objects.get(pk=newer.content_id).json
    yield
    assert FrozenContent.objects.get(pk=newer.content_id).json == before
    assert newer.plan.publications.count() == 1


def test_the_patient_is_asked_to_come_again(newer):
    path = f"/p/{token_of(newer.plan.links.get(revoked_at=None))}/"
    browser = Client(raise_request_exception=False)
    browser.post(path, {"day": "17", "month": "5", "year": "1960"})

    answer = browser.get(path)

    assert answer.status_code == 503
    assert "It is not your fault. Wait a minute." in answer.content.decode()


def test_the_therapist_is_told_instead_of_publishing_over_it(newer, pat):
    desk = Client(raise_request_exception=False)
    desk.force_login(pat)

    answer = desk.get(reverse("admin:plans_plan_publish", args=[newer.plan_id]))

    assert WORDS in answer.content.decode()


def test_software_is_told(newer, pat, broker):
    system = systems.make_system(clinic=newer.plan.patient.clinic, name="Practice", role=Role.LEAD, by=None)
    made = systems.add_key(system=system, scopes=tuple(SCOPES), days=30, by=None)
    caller = Caller(ask_token(made).json()["access_token"])

    answer = caller.post(f"plans/{newer.plan_id}/prepare/", {})

    assert (answer.status_code, answer.json()["code"]) == (503, "unknown_schema")
    assert WORDS in answer.json()["detail"]


def test_the_nightly_look_lists_it_as_unchecked_and_goes_on(newer, pat):
    other = factories.publication(pat)
    other = getattr(other, "publication", other)
    Publication.objects.update(reviewed_at=timezone.now() - timedelta(days=2), review_tried_at=None)

    reviewing.review_next()

    assert Review.objects.get(publication=newer).unchecked
    assert Publication.objects.get(pk=other.pk).reviewed_at
