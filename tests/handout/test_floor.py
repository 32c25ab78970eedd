from dataclasses import replace

import pytest
from django.utils import translation

from plans.handout.floor import say_floor
from plans.handout.formats import Copy, Format, Size
from plans.languages import LANGUAGES
from tests.handout.make import html_of, pdf_of
from tests.handout.samples import make_plan, make_plan_in

BED = "You can use a firm bed instead."


def plan_of(*positions):
    items = make_plan().items
    return make_plan(
        items=tuple(replace(item, position=one) for item, one in zip(items, positions, strict=False))
    )


@pytest.mark.parametrize("copy", [Copy.PATIENT, Copy.CLINICIAN])
def test_a_plan_with_exercises_on_the_floor_says_once_how_to_get_there(copy):
    html = html_of(make_plan(), Format(copy=copy))
    assert html.count(BED) == 1
    assert html.index("Your exercises") < html.index(BED) < html.index("1. Pelvic tilt")


def test_a_plan_without_does_not():
    assert say_floor(plan_of("standing", "sitting", "water")) is None
    assert BED not in html_of(plan_of("standing", "sitting", "water"))


@pytest.mark.parametrize(
    ("positions", "said"),
    [
        (["supine", "standing"], "Exercise 1 is done on the floor."),
        (["supine", "standing", "kneeling", "prone"], "Exercises 1, 3, 4 are done on the floor."),
        (["supine", "side_lying"], "These exercises are done on the floor."),
        ([*["hands_and_knees"] * 7, "standing"], "Some of these exercises are done on the floor."),
    ],
)
def test_it_names_the_exercises(positions, said):
    assert say_floor(plan_of(*positions)).where == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_each_language_and_found_in_the_file(language):
    plan = make_plan_in(language)
    with translation.override(language):
        said = say_floor(plan)
    assert said is not None
    assert (said.bed == BED) is (language == "en")
    assert pdf_of(plan, Format(size=Size.LARGE))
