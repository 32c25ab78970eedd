from datetime import date
from gettext import NullTranslations

import pytest

from plans.dose import Dose, Limb, Side, Span, brief

EACH_TEN = Dose(repetitions=Span(10, 10), side=Side.EACH)


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        (Dose(), ""),
        (Dose(repetitions=Span(10, 10)), "10 times"),
        (Dose(repetitions=Span(1, 1)), "once"),
        (Dose(sets=Span(2, 3), repetitions=Span(8, 10)), "2–3 × 8–10"),
        (Dose(sets=Span(3, 3)), "3 sets"),
        (Dose(sets=Span(1, 1), duration_seconds=Span(600, 900)), "1 × 10–15 min"),
        (Dose(duration_seconds=Span(45, 90)), "45–90 s"),
        (Dose(hold_seconds=Span(5, 5)), "hold 5 s"),
        (Dose(rest_seconds=Span(0, 0)), ""),
        (Dose(out_seconds=Span(2, 2), back_seconds=Span(2, 2)), "2 s each way"),
        (Dose(out_seconds=Span(2, 2), back_seconds=Span(3, 4)), "2 s there, 3–4 s back"),
        (Dose(times_per_day=Span(1, 2), days_per_week=Span(7, 7)), "1 to 2 times a day, every day"),
        (Dose(load="red band", until=date(2026, 5, 1)), "red band, until 2026-05-01"),
    ],
)
def test_a_dose_in_one_line(dose, words):
    assert brief(dose, words=NullTranslations()) == words


def test_the_line_of_a_whole_dose():
    dose = Dose(
        sets=Span(3, 3),
        repetitions=Span(10, 10),
        hold_seconds=Span(5, 5),
        rest_seconds=Span(60, 60),
        side=Side.EACH,
        times_per_day=Span(1, 1),
    )
    assert brief(dose, words=NullTranslations()) == "3 × 10, hold 5 s, each side, rest 1 min, once a day"


def test_names_the_limb_that_works():
    assert brief(EACH_TEN, words=NullTranslations(), limb=Limb.LEG) == "10 times, each leg"
