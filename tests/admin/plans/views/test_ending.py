"""The ends of a plan at the desk: each is asked first, and leads back to the patient."""

import pytest
from django.urls import reverse

from plans.actions.plans import stop_plan
from plans.models import Plan
from tests import factories
from tests.admin.forms import text_of


def at(way, plan):
    return reverse(f"admin:plans_plan_{way}", args=[plan.pk])


def patient_page(plan):
    return reverse("admin:plans_patient_change", args=[plan.patient_id])


@pytest.fixture
def live(therapist):
    return factories.publication(therapist, of_plan=factories.plan(therapist, title="Knee")).plan


def test_a_draft_is_deleted_after_it_was_asked(desk, therapist):
    plan = factories.plan(therapist)
    assert "It holds 1 exercise." in text_of(desk.get(at("discard", plan)))
    assert Plan.objects.exists()
    answer = desk.post(at("discard", plan))
    assert answer["Location"] == f"{patient_page(plan)}#plans-heading"
    assert not Plan.objects.exists()


def test_what_was_published_meanwhile_is_not_deleted(desk, live):
    assert "it stays on record" in text_of(desk.post(at("discard", live), follow=True))
    assert Plan.objects.exists()


def test_stopping_asks_first_and_a_stopped_plan_is_resumed(desk, live):
    assert "Stop the plan “Knee”" in text_of(desk.get(at("stop", live)))
    live.refresh_from_db()
    assert live.stopped_on is None
    assert "Stopped version 1" in text_of(desk.post(at("stop", live), follow=True))
    assert "The plan goes on" in text_of(desk.post(at("restart", live), follow=True))
    assert "nothing to resume" in text_of(desk.post(at("restart", live), follow=True))


def test_several_live_plans_are_said_on_both_pages_and_the_older_one_can_be_ended(desk, therapist, live):
    newer = factories.publication(
        therapist, of_plan=factories.plan(therapist, of=live.patient, title="Back")
    ).plan
    said = text_of(desk.get(patient_page(live)))
    assert "This patient follows 2 plans at once. End the older one, “Knee”" in said
    plan_page = reverse("admin:plans_plan_change", args=[newer.pk])
    assert "The patient also follows “Knee”. Open it End it" in text_of(desk.get(plan_page))
    older_page = text_of(desk.get(reverse("admin:plans_plan_change", args=[live.pk])))
    assert "The patient also follows “Back”, which was issued later. Open it" in older_page
    assert "End it" not in older_page
    stop_plan(plan=live, by=therapist)
    assert "plans at once" not in text_of(desk.get(patient_page(live)))
    assert "also follows" not in text_of(desk.get(plan_page))
