from dataclasses import replace

from plans.dose import Dose, Side, Span
from plans.dose.adapt import adapt, changed_fields

OLD = Dose(
    sets=Span(3, 3),
    repetitions=Span(10, 15),
    hold_seconds=Span(5, 5),
    rest_seconds=Span(60, 60),
    days_per_week=Span(5, 5),
    side=Side.LEFT,
    load="red band",
)
NEW = Dose(repetitions=Span(8, 8), hold_seconds=Span(10, 10))


def moved(dose=OLD, *, default=NEW, safe=None, one_sided=True):
    return adapt(dose, default=default, safe=safe or {}, one_sided=one_sided)


def test_what_fits_the_safe_range_stays():
    assert moved(safe={"repetitions": Span(5, 20), "hold_seconds": Span(1, 10)}) == OLD


def test_what_is_outside_the_safe_range_is_as_the_exercise_has_it():
    assert moved(safe={"repetitions": Span(5, 12)}) == replace(OLD, repetitions=Span(8, 8))
    assert moved(default=Dose(repetitions=Span(8, 8)), safe={"hold_seconds": Span(10, 20)}) == replace(
        OLD, hold_seconds=Span(10, 20)
    )


def test_what_the_other_does_not_know_goes_and_what_it_needs_comes():
    walk = Dose(duration_seconds=Span(600, 600))
    assert moved(default=walk, one_sided=False) == replace(
        OLD, repetitions=None, hold_seconds=None, side=None, duration_seconds=Span(600, 600)
    )
    assert moved(Dose(), default=NEW) == replace(NEW, side=Side.EACH)


def test_repetitions_and_a_time_are_never_both_there():
    timed = Dose(duration_seconds=Span(60, 60))
    both = {"repetitions": Span(1, 50), "duration_seconds": Span(10, 600)}
    assert moved(timed, safe=both).problems() == ()
    assert moved(OLD, default=timed, safe=both).problems() == ()


def test_says_which_fields_changed():
    assert changed_fields(OLD, moved(default=Dose(repetitions=Span(8, 8)), one_sided=False)) == (
        "hold_seconds",
        "side",
    )
