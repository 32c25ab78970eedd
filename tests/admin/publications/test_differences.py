"""What changed against the last version, on the page before publishing and on the version's own."""

from dataclasses import replace

import pytest
from django.urls import reverse

from plans.actions.plans import save_plan
from plans.dose import Span
from plans.models import Plan
from tests import factories
from tests.admin.forms import text_of


@pytest.fixture
def changed(clinic, therapist):
    """A published plan whose draft has another dose, one exercise less, one more and a note."""
    slide, cow = factories.approved_exercise(clinic), factories.approved_exercise(clinic, "cat-cow")
    factories.publication(therapist, of_plan=factories.plan(therapist, exercises=[slide, cow]))
    plan = Plan.objects.get()
    first, second = plan.items.order_by("order")
    first.dose = replace(first.dose, repetitions=Span(12, 12))
    added = factories.item(factories.approved_exercise(clinic, "bird-dog"), order=3)
    plan.note = "Go <slowly>."
    return save_plan(plan=plan, items=[first, added], removed=[second.pk], by=therapist)


SAID = (
    "Changed since version 1",
    "Heel slide ≠ Dose Dose: before: ",
    "Cat cow − Removed",
    "Bird dog + Added",
    "The plan ≠ Changed Note to the patient: now: Go <slowly>.",
)


def test_they_stand_on_the_page_before_publishing(desk, changed):
    words = text_of(desk.get(reverse("admin:plans_plan_publish", args=[changed.pk])))
    assert [said for said in SAID if said not in words] == []


def test_they_stand_on_the_version_and_not_on_the_first(desk, changed, therapist):
    second = factories.publication(therapist, of_plan=changed)
    first = changed.publications.get(number=1)
    words = text_of(desk.get(reverse("admin:plans_publication_change", args=[second.pk])))
    assert [said for said in SAID if said not in words] == []
    assert "Changed since" not in text_of(
        desk.get(reverse("admin:plans_publication_change", args=[first.pk]))
    )


def test_both_values_are_marked_by_more_than_colour(desk, changed):
    html = desk.get(reverse("admin:plans_plan_publish", args=[changed.pk])).content.decode()
    assert "<del>" in html
    assert "<ins>" in html
    assert 'aria-hidden="true">+</span> Added' in html


def test_nothing_changed_says_so(desk, therapist):
    publication = factories.publication(therapist)
    words = text_of(desk.get(reverse("admin:plans_plan_publish", args=[publication.plan_id])))
    assert "Changed since version 1 Nothing." in words
