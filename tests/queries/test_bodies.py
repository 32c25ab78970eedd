from datetime import date

import pytest

from plans.content import from_json
from plans.drawer import PEOPLE
from plans.models import Sex
from plans.queries.bodies import Seen, age_on, body_of
from tests import factories
from tests.queries.test_exercise_pictures import FIGURE


@pytest.mark.parametrize(
    ("sex", "age", "body"),
    [
        (Sex.FEMALE, 18, "woman30-average-medium"),
        (Sex.FEMALE, 40, "woman30-average-medium"),
        (Sex.FEMALE, 41, "woman50-average-medium"),
        (Sex.FEMALE, 62, "woman50-average-medium"),
        (Sex.FEMALE, 63, "woman75-average-medium"),
        (Sex.MALE, 30, "man30-average-medium"),
        (Sex.MALE, 55, "man50-average-medium"),
        (Sex.MALE, 101, "man75-average-medium"),
        (Sex.UNKNOWN, 55, "woman50-average-medium"),
        (Sex.OTHER, 80, "woman75-average-medium"),
    ],
)
def test_sex_and_age_choose(sex, age, body):
    assert body_of(Seen(sex=sex, age=age)) == body
    assert body in PEOPLE


def test_build_and_skin_are_those_that_somebody_chose():
    assert body_of(Seen(build="heavy")) == "woman30-heavy-medium"
    assert body_of(Seen(skin="dark")) == "woman30-average-dark"


def test_who_is_pregnant_sees_a_pregnant_woman():
    assert body_of(Seen(sex=Sex.FEMALE, age=41, pregnant=True)) == "pregnant30-average-medium"


@pytest.mark.parametrize(("day", "age"), [(date(2026, 5, 16), 65), (date(2026, 5, 17), 66)])
def test_an_age_is_reached_on_the_birthday(day, age):
    assert age_on(day, date(1960, 5, 17)) == age


@pytest.fixture
def exercise(therapist):
    return factories.approved_exercise(therapist.memberships.get().clinic, figure=FIGURE)


def body_in(publication):
    return from_json(publication.content.json).items[0].picture.drawing.body


def issued(therapist, exercise, **patient):
    plan = factories.plan(therapist, of=factories.patient(therapist, **patient), exercises=[exercise])
    return factories.publication(therapist, of_plan=plan)


@pytest.mark.parametrize("code", ["pregnancy", "pregnancy_pelvic_girdle_pain"])
def test_the_conditions_say_who_is_pregnant(therapist, exercise, code):
    if code != "pregnancy":
        factories.condition(code, parent=factories.condition("pregnancy"))
    assert body_in(issued(therapist, exercise, has=(code,))) == "pregnant30-average-medium"


def test_the_same_patient_sees_the_same_body_until_somebody_changes_what_chooses_it(therapist, exercise):
    first = issued(therapist, exercise, sex=Sex.MALE, figure_skin="light")
    plan = first.plan
    plan.title = "Another title"
    plan.save()

    second = factories.publication(therapist, of_plan=plan)
    plan.patient.figure_build = "slender"
    plan.patient.save()
    third = factories.publication(therapist, of_plan=plan)

    assert [body_in(one) for one in (first, second, third)] == [
        "man75-average-light",
        "man75-average-light",
        "man75-slender-light",
    ]
    assert not from_json(third.content.json).changes.instructions_changed
