"""What is said of a plan as a whole."""

from dataclasses import replace
from datetime import date

from django.utils import translation

from plans.content import LimitContent
from plans.handout.phrases import NO_BREAK
from plans.handout.plan_words import say_date, say_plan
from plans.languages import LANGUAGES
from tests.handout.samples import make_plan, make_second_version


def say(content, language="en"):
    with translation.override(language):
        return say_plan(content, LANGUAGES[language])


def test_days_stay_on_one_line_and_a_missing_one_says_nothing():
    assert say_date(date(2026, 12, 18), LANGUAGES["en"]) == f"December{NO_BREAK}18,{NO_BREAK}2026"
    assert say_date(None, LANGUAGES["en"]) == ""
    assert say(make_plan(review_date=None))["review_date"] == ""


def test_a_changed_dose_is_told_with_its_exercise():
    assert say(make_plan())["dose_changes"] == []
    assert say(make_second_version())["dose_changes"] == [{"name": "Cat-cow", "dose": "12 to 15 times"}]


def test_boxes_and_limits_are_said_in_the_language_of_the_plan():
    limit = LimitContent(words="Do not run", said_by="Dr. Lee")
    content = replace(make_plan(), limits=(limit,), language="es")

    said = say(content, "es")

    assert said["warnings"]["emergency_title"].startswith("Llame")
    assert said["limits"][0].startswith("Do not run. Dr. Lee")
    assert "puso este límite" in said["limits"][0]
