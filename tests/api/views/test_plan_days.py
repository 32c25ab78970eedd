"""The starter library over the API: a plan is judged by its own days, whatever the day on which one asks."""

from dataclasses import replace

import pytest

from plans.actions import load_library
from plans.libraryfiles import read_library
from tests import factories
from tests.library.conftest import STARTER

LIBRARY = read_library(STARTER)


USED = {"pelvic-tilt", "lying-face-down", "cat-cow"}


@pytest.fixture(autouse=True)
def loaded(clinic):
    exercises = tuple(one for one in LIBRARY.exercises if one.code in USED)
    load_library.load_library(library=replace(LIBRARY, exercises=exercises, protocols=()), figures={})


def ask(api, *conditions, start=0, review=28, items=("pelvic-tilt", "lying-face-down")):
    body = {
        "start_on": str(factories.in_days(start)),
        "review_on": str(factories.in_days(review)),
        "times_per_day_min": 1,
        "days_per_week_min": 7,
        "conditions": list(conditions),
        "items": [{"exercise_code": code} for code in items],
    }
    answer = api.post("findings/", body)
    assert answer.status_code == 200, answer.content
    return answer.json()


def rules(told, level="avoid"):
    return {
        (one["rule"]["code"], one["holds_from"])
        for one in told["findings"]
        if one["code"] == "condition_rule" and one["level"] == level
    }


def due(days):
    return {"condition": "pregnancy", "due_on": str(factories.in_days(days))}


BOTH = {("rule-30", None), ("rule-48", None)}


@pytest.mark.parametrize(("overdue", "holds"), [(0, BOTH), (1, BOTH), (21, BOTH), (22, set())])
def test_overdue_lying_on_the_back_or_front_is_to_be_avoided_for_three_weeks(api, overdue, holds):
    told = ask(api, due(-overdue))
    assert rules(told) == holds
    asked = [one["message"] for one in told["findings"] if one["code"] == "due_date_past"]
    assert len(asked) == (overdue > 0)
    assert all("Is the child born?" in message for message in asked)


def test_a_plan_wholly_inside_a_window_is_to_be_answered(api):
    told = ask(api, due(200), start=60, review=90)
    assert rules(told) == BOTH
    assert told["unanswered"] >= 2
    assert rules(ask(api, due(200), start=0, review=10)) == set()


def test_what_opens_within_the_plan_names_its_day(api):
    day = str(factories.in_days(10))
    assert rules(ask(api, due(192))) == {("rule-30", day), ("rule-48", day)}
    sentences = {one["patient_sentence"] for one in ask(api, due(192))["findings"] if one["holds_from"]}
    assert "Because you are pregnant: do not lie on your front." in sentences


@pytest.mark.parametrize(
    ("days", "review", "found"),
    [(14, 28, True), (14, 13, False), (180, 28, False), (180, 200, True)],
)
def test_an_operation_ahead_is_a_date_like_any_other(api, days, review, found):
    surgery = {"condition": "lumbar_fusion_postop", "surgery_on": str(factories.in_days(days))}
    told = ask(api, surgery, review=review, items=("cat-cow",))
    assert "date_impossible" not in {one["code"] for one in told["findings"]}
    day = str(factories.in_days(days))
    assert rules(told) == ({("rule-22", day)} if found else set())
