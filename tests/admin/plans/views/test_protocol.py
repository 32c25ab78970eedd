"""A protocol made of a plan."""

import pytest
from django.urls import reverse

from plans.models import Protocol
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import errors_of, text_of

ADD = reverse("admin:plans_plan_add")


def page_of(plan):
    return reverse("admin:plans_plan_change", args=[plan.pk])


def save_page(plan):
    return reverse("admin:plans_plan_protocol", args=[plan.pk])


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist)


@pytest.fixture
def protocol(lead, clinic):
    revisions = [factories.approved_exercise(clinic, code) for code in ("one", "two")]
    return factories.protocol(lead, exercises=revisions, title="Disc, weeks 1-2", goals="Walk")


def codes(plan):
    return [item.revision.exercise.code for item in plan.items.all()]


def test_a_lead_saves_a_plan_as_a_protocol(therapist, patient, lead):
    plan = factories.plan(therapist, of=patient, goals="Lift Mia", note="Ask your sister")
    desk = signed_in(lead)
    assert save_page(plan) in desk.get(page_of(plan)).content.decode()
    shown = desk.get(save_page(plan))
    # The patient has one condition: it is chosen already. The title is not, as a plan's may name the patient.
    assert 'value="" maxlength' not in shown.content.decode()
    condition = patient.conditions.get().condition
    assert f'value="{condition.pk}" selected' in shown.content.decode()
    answer = desk.post(save_page(plan), {"title": "Legs", "condition": str(condition.pk)})
    protocol = Protocol.objects.get()
    assert answer["Location"] == reverse("admin:plans_protocol_change", args=[protocol.pk])
    assert (protocol.title, protocol.condition, protocol.goals, protocol.note) == ("Legs", condition, "", "")
    taken = desk.post(save_page(plan), {"title": "Legs"})
    assert any("another title" in error for error in errors_of(taken))
    desk.post(save_page(plan), {"title": "Spoken", "with_words": "on"})
    assert Protocol.objects.get(title="Spoken").goals == "Lift Mia"


def test_a_therapist_saves_a_plan_as_a_protocol_of_their_own(desk, therapist, patient, clinic):
    plan = factories.plan(therapist, of=patient)
    assert save_page(plan) in desk.get(page_of(plan)).content.decode()
    answer = desk.post(save_page(plan), {"title": "Legs"}, follow=True)

    protocol = Protocol.objects.get()
    assert protocol.kept_by == therapist
    assert f"{therapist}'s own" in text_of(answer)
    assert "edit=1" in answer.content.decode()
    colleague = signed_in(factories.therapist(clinic))
    page = colleague.get(reverse("admin:plans_protocol_change", args=[protocol.pk])).content.decode()
    assert "edit=1" not in page
    assert colleague.get(save_page(plan)).status_code == 404


def test_queries_of_saving_do_not_grow_with_exercises(
    therapist, clinic, patient, lead, django_assert_max_num_queries
):
    revisions = [factories.approved_exercise(clinic, f"exercise-{number}") for number in range(8)]
    plan = factories.plan(therapist, of=patient, exercises=revisions)
    desk = signed_in(lead)
    with django_assert_max_num_queries(12):
        desk.get(save_page(plan))
    with django_assert_max_num_queries(24):
        desk.post(save_page(plan), {"title": "Legs"})
