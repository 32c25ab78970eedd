from dataclasses import replace

import pytest

from plans.contraindications import Level
from plans.dose import Dose, Frequency, Side, Span
from tests.contraindications.world import TODAY, codes, days_ago, findings, item, plan, the

TEN = Span(10, 10)


def lint(dose, **facts):
    default = facts.pop("frequency", None)
    more = {"frequency": default} if default is not None else {}
    return [f.code for f in findings(plan(item(dose=dose, **facts), **more))]


@pytest.mark.parametrize(
    ("dose", "facts", "code", "level"),
    [
        (Dose(repetitions=TEN), {"one_sided": True}, "dose_side_missing", Level.STOP),
        (Dose(hold_seconds=TEN), {}, "dose_amount_missing", Level.STOP),
        (Dose(repetitions=Span(0, 0)), {}, "dose_impossible", Level.STOP),
        (Dose(repetitions=TEN, side=Side.EACH), {}, "dose_side_unexpected", Level.ADVICE),
        (Dose(repetitions=TEN, sets=Span(1, 2)), {}, "dose_rest_missing", Level.ADVICE),
        (Dose(repetitions=TEN, until=days_ago(1)), {}, "dose_until_past", Level.CAUTION),
        (
            Dose(repetitions=Span(10, 20)),
            {"safe": {"repetitions": Span(5, 15)}},
            "dose_outside_safe_range",
            Level.AVOID,
        ),
    ],
)
def test_each_fault_is_named_at_its_exercise(dose, facts, code, level):
    found = findings(plan(item(dose=dose, **facts)))
    assert [(f.code, f.level, f.item) for f in found] == [(code, level, "item")]


@pytest.mark.parametrize(
    ("dose", "facts"),
    [
        (Dose(repetitions=TEN, side=Side.EACH), {"one_sided": True}),
        (Dose(repetitions=TEN, side=Side.LEFT), {"one_sided": True}),
        (Dose(duration_seconds=Span(60, 60)), {}),
        (Dose(repetitions=TEN, sets=Span(2, 3), rest_seconds=Span(0, 0)), {}),
        (Dose(repetitions=TEN, sets=Span(1, 1)), {}),
        (Dose(repetitions=TEN, until=TODAY), {}),
        (Dose(repetitions=TEN), {"safe": {"repetitions": TEN}}),
        (Dose(repetitions=TEN), {"safe": {"hold_seconds": TEN}}),
    ],
)
def test_a_whole_dose_has_no_fault(dose, facts):
    assert lint(dose, **facts) == []


@pytest.mark.parametrize(
    ("dose", "default", "expected"),
    [
        (Dose(), Frequency(), ["dose_frequency_missing"]),
        (Dose(), Frequency(times_per_day=Span(1, 1)), ["dose_frequency_partial"]),
        (Dose(days_per_week=Span(3, 3)), Frequency(), ["dose_frequency_partial"]),
        (Dose(days_per_week=Span(3, 3)), Frequency(times_per_day=Span(1, 1)), []),
        (Dose(days_per_week=Span(3, 3), times_per_day=Span(1, 1)), Frequency(), []),
    ],
)
def test_frequency_from_the_exercise_or_the_plan(dose, default, expected):
    assert lint(replace(dose, repetitions=TEN), frequency=default) == expected


def test_half_a_frequency_names_the_other_half():
    half = item(dose=Dose(repetitions=TEN, days_per_week=Span(3, 3)))
    found = the("dose_frequency_partial", plan(half, frequency=Frequency()))
    assert (found.message, found.action) == (
        "How often is half said: times a day missing.",
        "Add times a day.",
    )
    half = item(dose=Dose(repetitions=TEN, times_per_day=Span(3, 3)))
    assert "days a week missing" in the("dose_frequency_partial", plan(half, frequency=Frequency())).message


def test_the_plans_frequency_is_held_to_the_safe_range_too():
    safe = {"times_per_day": Span(1, 2)}
    often = Frequency(times_per_day=Span(5, 5), days_per_week=Span(7, 7))
    assert lint(Dose(repetitions=TEN), safe=safe, frequency=often) == ["dose_outside_safe_range"]


def test_outside_the_safe_range_says_both_and_asks_again_when_one_changes():
    def found(low, high, safe):
        dose = Dose(repetitions=TEN, hold_seconds=Span(low, high))
        return the("dose_outside_safe_range", plan(item(dose=dose, safe={"hold_seconds": safe})))

    first = found(20, 60, Span(5, 30))
    assert first.message == "Hold: 20-60 seconds is outside 5-30, which this exercise allows."
    others = {found(20, 90, Span(5, 30)).fingerprint, found(20, 60, Span(5, 20)).fingerprint}
    assert len(others | {first.fingerprint}) == 3
    assert found(20, 60, Span(5, 30)).fingerprint == first.fingerprint


def test_two_fields_outside_are_two_questions():
    safe = {"hold_seconds": Span(1, 5), "repetitions": Span(1, 5)}
    dose = Dose(repetitions=TEN, hold_seconds=TEN)
    assert codes(plan(item(dose=dose, safe=safe))) == ["dose_outside_safe_range"] * 2


def test_each_exercise_is_looked_at():
    good, bad = item(key="good"), item(key="bad", dose=Dose())
    found = findings(plan(good, bad, good))
    assert {f.item for f in found if f.code.startswith("dose")} == {"bad"}


def test_impossible_dose_names_its_fields():
    found = findings(plan(item(dose=Dose(repetitions=Span(0, 0), hold_seconds=Span(30, 20)))))
    assert [f.identity for f in found] == [
        ("revision-item", "hold_seconds_max"),
        ("revision-item", "repetitions_min"),
    ]
    assert found[1].message == "Repetitions: 0 is below 1."
