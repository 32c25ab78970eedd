from datetime import date, timedelta

import pytest

from plans.contraindications import Clearance, Level
from tests.contraindications.world import (
    CLEARED,
    TODAY,
    codes,
    condition,
    days_ago,
    findings,
    fired,
    item,
    plan,
    the,
)

BIRTH = date(1970, 5, 17)


def impossible(**facts):
    return [f.message for f in findings(plan(**facts)) if f.code == "date_impossible"]


@pytest.mark.parametrize(
    ("code", "dates", "message"),
    [
        ("disc_herniation", {"onset": days_ago(-1)}, "the date of onset, 2026-03-03, is in the future."),
        (
            "microdiscectomy_postop",
            {"surgery": days_ago(-181)},
            "the date of surgery, 2026-08-30, is too far ahead.",
        ),
        (
            "disc_herniation",
            {"onset": BIRTH - timedelta(days=1)},
            "the date of onset, 1970-05-16, is before the",
        ),
        (
            "sciatica",
            {"surgery": date(1969, 1, 1)},
            "the date of surgery, 1969-01-01, is before the patient's",
        ),
        (
            "pregnancy",
            {"due_date": TODAY + timedelta(days=301)},
            "the due date, 2026-12-28, is too far ahead.",
        ),
        (
            "pregnancy",
            {"due_date": date(1960, 1, 1)},
            "the due date, 1960-01-01, is before the patient's birth.",
        ),
    ],
)
def test_a_date_that_cannot_be_true_is_a_stop(code, dates, message):
    facts = plan(conditions=(condition(code, **dates),))
    found = the("date_impossible", facts)
    assert message in found.message
    assert (found.level, found.condition, found.item) == (Level.STOP, code, None)


@pytest.mark.parametrize(
    ("code", "dates"),
    [
        ("disc_herniation", {"onset": TODAY}),
        ("disc_herniation", {"onset": BIRTH}),
        ("pregnancy", {"due_date": TODAY + timedelta(days=300)}),
        ("microdiscectomy_postop", {"surgery": days_ago(-180)}),
        ("pregnancy", {"due_date": TODAY}),
    ],
)
def test_a_date_at_the_edge_can_be_true(code, dates):
    assert impossible(conditions=(condition(code, **dates),)) == []


def test_a_birth_in_the_future_is_said_once_and_makes_no_other_date_impossible():
    facts = {"birth_date": days_ago(-1), "conditions": (condition("sciatica", onset=days_ago(5)),)}
    assert impossible(**facts) == ["The birth date, 2026-03-03, is in the future."]
    assert impossible(birth_date=TODAY) == []
    newborn = {"birth_date": TODAY, "conditions": (condition("sciatica", onset=days_ago(1)),)}
    assert impossible(**newborn) == [
        "Sciatica: the date of onset, 2026-03-01, is before the patient's birth."
    ]
    assert impossible(birth_date=None, conditions=(condition("sciatica", onset=date(1900, 1, 1)),)) == []


def test_a_review_before_the_start():
    start = TODAY + timedelta(days=5)
    message = "The review date, 2026-03-06, is before the start of the plan."
    assert impossible(start_date=start, review_date=start - timedelta(days=1)) == [message]
    assert impossible(start_date=start, review_date=start) == []
    assert impossible(start_date=None) == []


def test_an_impossible_date_opens_windows_and_does_not_void_a_clearance():
    patient = condition("lumbar_fusion_postop", surgery=days_ago(-200), clearance=CLEARED)
    found = fired(plan(item("spine_flexion", "lifting"), conditions=(patient,)))
    assert {"22", "24", "42"} <= set(found)
    assert "26" not in found


def test_a_missing_date_is_a_finding_whatever_the_plan_holds():
    facts = plan(item("side_bending"), conditions=(condition("disc_herniation"),))
    found = the("date_missing", facts)
    assert found.message.startswith("Disc herniation: no date of onset.")
    assert (found.level, found.condition, found.action) == (
        Level.CAUTION,
        "disc_herniation",
        "Enter the date of onset.",
    )


@pytest.mark.parametrize(
    ("code", "dates", "missing"),
    [
        ("microdiscectomy_postop", {"onset": TODAY}, 1),
        ("microdiscectomy_postop", {"surgery": TODAY}, 0),
        ("pregnancy_diastasis", {}, 1),
        ("pregnancy_diastasis", {"due_date": TODAY}, 0),
        ("osteoporosis", {}, 0),
        ("disc_herniation", {"onset": days_ago(-1)}, 0),
    ],
)
def test_only_dates_that_a_window_counts_from_are_missed(code, dates, missing):
    assert codes(plan(conditions=(condition(code, **dates),))).count("date_missing") == missing


def test_two_conditions_without_dates_are_two_findings():
    patient = (condition("disc_herniation"), condition("pregnancy"))
    facts = plan(conditions=patient)
    assert len({f.fingerprint for f in findings(facts) if f.code == "date_missing"}) == 2


@pytest.mark.parametrize(
    ("overdue", "said"),
    [
        (-1, None),
        (0, None),
        (1, "still apply"),
        (21, "still apply"),
        (22, "no longer apply"),
        (300, "no longer apply"),
    ],
)
def test_from_the_day_after_the_due_date_it_is_asked_whether_the_child_is_born(overdue, said):
    facts = plan(item("supine"), conditions=(condition("pregnancy", due_date=days_ago(overdue)),))
    found = [f for f in findings(facts) if f.code == "due_date_past"]
    assert [(f.level, f.condition) for f in found] == ([(Level.CAUTION, "pregnancy")] if said else [])
    assert all("Is the child born?" in f.message and f"{said}." in f.message for f in found)
    assert ("30" in fired(facts)) is (overdue < 22)


def test_a_clearance_that_does_not_count_is_explained():
    begun = condition("lumbar_surgery_postop", surgery=TODAY, clearance=Clearance(by="Dr Ana Lee"))
    found = the("clearance_does_not_count", plan(conditions=(begun,)))
    assert found.condition == "lumbar_surgery_postop"
    for clearance in (Clearance(), CLEARED, Clearance(by=" ", how=" ")):
        patient = condition("lumbar_surgery_postop", surgery=TODAY, clearance=clearance)
        assert "clearance_does_not_count" not in codes(plan(conditions=(patient,)))
    for clearance in (Clearance(on=TODAY), Clearance(how="seen")):
        patient = condition("lumbar_surgery_postop", surgery=TODAY, clearance=clearance)
        assert "clearance_does_not_count" in codes(plan(conditions=(patient,)))
