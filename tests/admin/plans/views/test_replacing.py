"""What is offered in an exercise's place."""

import pytest
from django.urls import reverse

from plans.libraryfiles import Level
from plans.models import Exercise
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import posted, text_of
from tests.admin.plans.test_admin import change_page


@pytest.fixture
def bridge(clinic):
    factories.approved_rule(clinic, movements=("bending",), level=Level.AVOID, rationale="bending hurts")
    easy = factories.approved_exercise(clinic, "little-bridge", movements=("bending",))
    bridge = factories.approved_exercise(clinic, "bridge")
    Exercise.objects.filter(pk=bridge.exercise_id).update(easier=easy.exercise)
    return bridge


@pytest.fixture
def plan(therapist, bridge):
    return factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)), exercises=[bridge])


def address(plan):
    return reverse("admin:plans_plan_replacements", args=[plan.pk])


def asked(desk, plan, row="items-0", **typed):
    data = posted(desk.get(change_page(plan)), "plan_form", **typed)
    return desk.post(address(plan), {**data, "row": row})


def test_a_replacement_is_told_with_its_dose_and_what_speaks_against_it(desk, plan):
    answer = asked(desk, plan, **{"items-0-repetitions": "50"})
    words = text_of(answer)
    for part in ("Easier", "Little bridge", "Avoid", "Dose changed: Repetitions: 50 → 8-10"):
        assert part in words, words
    assert "The dose stays." in text_of(asked(desk, plan))
    assert plan.items.get().dose.repetitions.low == 8


def test_a_row_that_is_not_there_or_a_plan_of_others_is_not_found(desk, clinic, plan):
    assert asked(desk, plan, row="items-7").status_code == 404
    stranger = signed_in(factories.therapist(clinic))
    assert stranger.post(address(plan), {"row": "items-0"}).status_code == 404


def test_questions_do_not_grow_with_what_is_offered(
    desk, clinic, plan, bridge, django_assert_max_num_queries
):
    for code in ("one", "two", "three", "four"):
        other = factories.approved_exercise(clinic, code)
        Exercise.objects.filter(pk=other.exercise_id).update(alternative_to=bridge.exercise)
    data = posted(desk.get(change_page(plan)), "plan_form")
    with django_assert_max_num_queries(40):
        desk.post(address(plan), {**data, "row": "items-0"})
