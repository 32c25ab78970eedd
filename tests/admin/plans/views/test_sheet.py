"""The sheet beside its draft: the page at once, a PDF only for who looks at PDFs."""

import html
import re

import pytest
from django.urls import reverse

from plans.models import Plan, Rendering
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(therapist, clinic):
    return factories.plan(therapist, exercises=[factories.approved_exercise(clinic, "heel-slide")])


def sheet_of(plan, query=""):
    return reverse("admin:plans_plan_sheet", args=[plan.pk]) + query


def page_in(answer):
    return html.unescape(re.search(r'srcdoc="([^"]*)"', answer.content.decode())[1])


def test_it_is_the_draft_as_it_is_now(desk, plan):
    assert "Back plan" in page_in(desk.get(sheet_of(plan)))
    Plan.objects.filter(pk=plan.pk).update(title="Knee plan")

    shown = desk.get(sheet_of(plan))

    assert "Knee plan" in page_in(shown)
    assert "Heel slide" in page_in(shown)
    assert 'sandbox="allow-same-origin"' in shown.content.decode()


def test_a_look_at_the_page_asks_no_worker(desk, plan):
    desk.get(sheet_of(plan))
    assert not Rendering.objects.exists()


def test_a_look_at_the_pdf_asks_for_one_and_tells_how_far_it_is(desk, plan):
    shown = desk.get(sheet_of(plan, "?pdf=1"))
    again = desk.get(sheet_of(plan, "?pdf=1"))

    assert Rendering.objects.count() == 1
    for answer in (shown, again):
        assert "The PDF is being made." in text_of(answer)


def test_what_stops_the_plan_stops_its_pdf_and_not_its_page(desk, therapist):
    plan = factories.plan(therapist, exercises=[factories.exercise("not-approved")])

    shown = desk.get(sheet_of(plan, "?pdf=1"))

    assert "There is no PDF while something stops the plan" in text_of(shown)
    assert "Not approved" in page_in(shown)


def test_what_cannot_be_shown_is_told(desk, therapist):
    plan = factories.plan(therapist, of=factories.patient(therapist, language="es"))

    shown = desk.get(sheet_of(plan))

    assert "Cannot be shown" in text_of(shown)
    assert "srcdoc" not in shown.content.decode()


def test_a_plan_that_is_not_stored_or_not_ones_own_has_none(clinic, plan):
    colleague = signed_in(factories.therapist(clinic))
    assert colleague.get(sheet_of(plan)).status_code == 404


def test_few_questions(desk, plan, django_assert_max_num_queries):
    desk.get(sheet_of(plan))
    with django_assert_max_num_queries(44):
        desk.get(sheet_of(plan))
