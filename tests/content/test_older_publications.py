"""What an older release issued goes on: the worker prints it, patient and therapist read it, publishing knows it."""

import pytest
from django.test import Client
from django.urls import reverse

from plans.actions import publishing
from plans.content import SCHEMA, from_json
from plans.handout.formats import Copy, Format
from plans.models import Rendering, RenderingState
from plans.queries.drafts import draft_differs
from plans.queries.issued_checks import check_publication
from plans.rendering.job import work
from plans.rendering.queue import ask
from tests import factories
from tests.content.older import store_as_schema_1
from tests.portal.conftest import token_of

pytestmark = pytest.mark.django_db
FOR_PATIENT, FOR_CLINICIAN = Format(), Format(copy=Copy.CLINICIAN)


@pytest.fixture
def issued(pat):
    exercises = [
        factories.approved_exercise(pat.memberships.get().clinic, code=code)
        for code in ("heel-slide", "squat")
    ]
    plan = factories.plan(pat, exercises=exercises)
    return store_as_schema_1(factories.publication(pat, of_plan=plan))


@pytest.mark.parametrize("form", [FOR_PATIENT, FOR_CLINICIAN])
def test_the_worker_prints_it(issued, form):
    content = issued.record if form.copy is Copy.CLINICIAN else issued.content
    (rendering,) = ask(content=content, formats=[form])

    Rendering.objects.exclude(pk=rendering.pk).delete()

    work(rendering.pk)

    rendering.refresh_from_db()
    assert (rendering.state, rendering.error_code) == (RenderingState.READY, "")


def test_the_patient_reads_it(issued):
    path = f"/p/{token_of(issued.plan.links.get(revoked_at=None))}/"
    browser = Client()

    browser.post(path, {"day": "17", "month": "5", "year": "1960"})

    assert "Plan for a stronger back" in browser.get(path).content.decode()


def test_the_desk_shows_it_and_its_clinician_copy(issued, pat, client):
    client.force_login(pat)

    page = client.get(reverse("admin:plans_publication_change", args=[issued.pk]))

    assert page.status_code == 200


def test_it_is_checked_and_compared_with_the_draft(issued):
    assert check_publication(issued).facts is not None
    assert draft_differs(issued.plan, issued)


def test_the_next_version_says_what_changed_since_it(issued, pat):
    second = factories.publication(pat, of_plan=issued.plan)

    changes = from_json(second.content.json).changes
    assert second.number == 2
    assert changes.since_version == 1


def test_a_release_that_only_stores_otherwise_is_no_news_for_the_patient(pat):
    first = factories.publication(pat)
    content, record = (as_schema_1(row) for row in (first.content, first.record))
    assert content != record or first.content == first.record
    first.refresh_from_db()

    prepared = publishing.prepare(plan=first.plan, by=pat, formats=[FOR_PATIENT])
    again = publishing.publish(
        plan=first.plan, expected_hash=prepared.expected_hash, by=pat, formats=[FOR_PATIENT]
    )

    assert again == publishing.Published(publication=first, created=False)


def as_schema_1(row):
    """The same content as a release of schema 1 would have stored it: with the field that has gone since."""
    text = row.json.replace(f'"schema":{SCHEMA}', '"schema":1').replace(
        '"start_date"', '"spine":true,"start_date"'
    )
    type(row).objects.filter(pk=row.pk).update(json=text, schema=1)
    return text
