import pytest

from plans.dose import LIMITS, MAX_LOAD_LENGTH, Dose, Span

BOUNDS = {
    "sets": (1, 10),
    "repetitions": (1, 100),
    "duration_seconds": (10, 4 * 60 * 60),
    "hold_seconds": (1, 300),
    "rest_seconds": (0, 600),
    "out_seconds": (1, 30),
    "back_seconds": (1, 30),
    "times_per_day": (1, 10),
    "days_per_week": (1, 7),
}


def problems(dose):
    return [(problem.field, problem.code) for problem in dose.problems()]


def test_the_table_is_as_agreed():
    assert {field: (limit.low, limit.high) for field, limit in LIMITS.items()} == BOUNDS


@pytest.mark.parametrize("field", BOUNDS)
def test_limits_are_inside_and_the_next_number_is_not(field):
    low, high = BOUNDS[field]
    assert problems(Dose(**{field: Span(low, high)})) == []
    assert problems(Dose(**{field: Span(low - 1, high)})) == [(f"{field}_min", "too_low")]
    assert problems(Dose(**{field: Span(low, high + 1)})) == [(f"{field}_max", "too_high")]


def test_upside_down():
    dose = Dose(repetitions=Span(3, 3), hold_seconds=Span(30, 20))
    assert problems(dose) == [("hold_seconds_max", "upside_down")]
    assert dose.problems()[0].message == "Hold: from 30 to 20 is upside down."


def test_no_repetitions_at_all():
    assert problems(Dose(repetitions=Span(0, 0))) == [("repetitions_min", "too_low")]


def test_four_hundred_minutes():
    problem = Dose(duration_seconds=Span(24000, 24000)).problems()[0]
    assert problem.message == "Time: 24000 is above 14400 seconds (4 hours)."


def test_repetitions_and_time_contradict():
    dose = Dose(repetitions=Span(3, 3), duration_seconds=Span(60, 60))
    assert problems(dose) == [("duration_seconds_min", "repetitions_and_time")]


def test_load_too_long():
    assert MAX_LOAD_LENGTH == 80
    assert problems(Dose(load="x" * MAX_LOAD_LENGTH)) == []
    assert problems(Dose(load="x" * (MAX_LOAD_LENGTH + 1))) == [("load", "too_long")]


def test_several_at_once_in_the_order_of_the_dose():
    dose = Dose(sets=Span(11, 0), days_per_week=Span(8, 8))
    expected = [("sets_max", "upside_down"), ("days_per_week_max", "too_high")]
    assert problems(dose) == expected
