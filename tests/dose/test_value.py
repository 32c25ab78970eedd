import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.dose import SPAN_FIELDS, Dose, Frequency, Side, Span
from plans.exceptions import UnreadableDose

spans = st.none() | st.builds(Span, st.integers(-5, 20000), st.integers(-5, 20000))
doses = st.builds(
    Dose,
    **dict.fromkeys(SPAN_FIELDS, spans),
    side=st.none() | st.sampled_from(Side),
    load=st.text(max_size=100),
    until=st.none() | st.dates(),
)


@given(doses)
def test_json_and_back(dose):
    assert Dose.from_dict(json.loads(json.dumps(dose.to_dict()))) == dose


def test_columns_are_flat_and_all_there():
    columns = Dose(sets=Span(2, 3), side=Side.LEFT, load="red band", until=date(2026, 5, 1)).to_dict()
    given = {"sets_min": 2, "sets_max": 3, "side": "left", "load": "red band", "until": "2026-05-01"}
    assert {name: value for name, value in columns.items() if value is not None} == given
    assert len(columns) == 21


def test_blank_dose():
    assert Dose.from_dict({}) == Dose() == Dose.from_dict({"side": "", "load": None, "until": ""})


def test_until_may_be_a_date():
    assert Dose.from_dict({"until": date(2026, 5, 1)}).until == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("side", "both"),
        ("side", 3),
        ("load", 5),
        ("until", "soon"),
        ("until", 20260501.5),
        ("until", "20260501.5"),
        ("until", "2026-W18-5"),
        ("until", datetime(2026, 5, 1, 12)),
        ("repetition_min", 3),
        ("sets", 3),
    ],
)
def test_refuses_by_name_what_it_cannot_read(column, value):
    with pytest.raises(UnreadableDose, match=f"{column} is"):
        Dose.from_dict({column: value})


def test_default_frequency_fills_only_blanks():
    default = Frequency(times_per_day=Span(2, 2), days_per_week=Span(5, 7))
    dose = Dose(times_per_day=Span(1, 1), sets=Span(3, 3)).with_frequency(default)
    assert dose == Dose(times_per_day=Span(1, 1), days_per_week=Span(5, 7), sets=Span(3, 3))
    dose = Dose(days_per_week=Span(3, 3)).with_frequency(default)
    assert dose == Dose(times_per_day=Span(2, 2), days_per_week=Span(3, 3))
    assert Dose().with_frequency(Frequency()) == Dose()


@pytest.mark.parametrize(
    ("dose", "minutes"),
    [
        (Dose(), 0),
        (Dose(repetitions=Span(15, 15)), 1),
        (Dose(sets=Span(3, 3)), 0),
        (Dose(sets=Span(2, 2), repetitions=Span(10, 20)), 2),
        (Dose(repetitions=Span(10, 10), hold_seconds=Span(2, 2)), 1),
        (Dose(hold_seconds=Span(26, 26)), 0.5),
        (Dose(repetitions=Span(15, 15), side=Side.EACH), 2),
        (Dose(repetitions=Span(15, 15), side=Side.LEFT), 1),
        (Dose(sets=Span(3, 3), repetitions=Span(15, 15), rest_seconds=Span(30, 30)), 4),
        (Dose(repetitions=Span(15, 15), rest_seconds=Span(30, 30)), 1),
        (Dose(duration_seconds=Span(1200, 1800)), 25),
        (Dose(duration_seconds=Span(1200, 1200), times_per_day=Span(1, 2)), 30),
        (Dose(duration_seconds=Span(60, 60), hold_seconds=Span(5, 5)), 1),
        (Dose(repetitions=Span(15, 15), days_per_week=Span(2, 2)), 1),
    ],
)
def test_minutes_per_day(dose, minutes):
    assert dose.minutes_per_day() == pytest.approx(minutes)


@given(doses)
def test_no_dose_crashes_its_checks(dose):
    assert isinstance(dose.problems(), tuple)
    assert isinstance(dose.minutes_per_day(), float | int)
