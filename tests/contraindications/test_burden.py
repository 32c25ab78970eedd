import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.contraindications import Level, measure_burden, suggest_order
from plans.dose import Dose, Frequency, Side, Span
from tests.contraindications.world import codes, findings, item, plan, the


def items(*positions):
    return tuple(item(key=f"{n}-{position}", position=position) for n, position in enumerate(positions))


@pytest.mark.parametrize(
    ("count", "code"),
    [(1, None), (3, None), (4, "burden_many"), (6, "burden_many"), (7, "burden_too_many")],
)
def test_over_three_a_note_over_six_a_reason(count, code):
    found = findings(plan(*items(*["supine"] * count)))
    assert [f.code for f in found] == ([code] if code else [])
    assert [f.needs_reason for f in found] == ([count > 6] if code else [])
    assert [f.level for f in found] == ([Level.CAUTION if count > 6 else Level.ADVICE] if code else [])
    assert all(f.message.startswith(f"{count} exercises:") for f in found)


def test_the_reason_for_so_many_holds_for_one_more():
    seven, eight = (the("burden_too_many", plan(*items(*["supine"] * n))) for n in (7, 8))
    assert seven.fingerprint == eight.fingerprint
    # As 0.4.0 named them: reasons are kept under these.
    assert seven.former_fingerprint != eight.former_fingerprint
    assert seven.former_fingerprint == seven._replace(identity=("7",)).fingerprint


def test_measures_a_day():
    walk = item(key="walk", position="standing", dose=Dose(duration_seconds=Span(1200, 1200)))
    stretch = item(key="stretch", dose=Dose(repetitions=Span(15, 15), side=Side.EACH))
    twice = Frequency(times_per_day=Span(2, 2), days_per_week=Span(7, 7))
    burden = measure_burden(plan(walk, stretch, walk, frequency=twice))
    assert burden == (3, pytest.approx(84), 2)


def test_a_long_day():
    def walk(minutes):
        dose = Dose(duration_seconds=Span(minutes * 60, minutes * 60))
        return plan(item(dose=dose))

    assert codes(walk(60)) == []
    assert the("burden_long", walk(61)).message == "About 61 minutes a day."


def test_a_better_order_puts_like_positions_together():
    given = items("standing", "supine", "standing", "prone", "supine")
    assert suggest_order(given) == ("0-standing", "2-standing", "1-supine", "4-supine", "3-prone")


@pytest.mark.parametrize(
    ("positions", "message"),
    [
        (["supine", "standing", "supine"], "2 changes of position; in a better order, 1."),
        (["supine", "standing"], None),
        (["supine", "supine"], None),
        (["supine"], None),
    ],
)
def test_a_better_order_is_offered_where_there_is_one(positions, message):
    found = findings(plan(*items(*positions)))
    assert [f.message for f in found] == ([message] if message else [])


@given(st.lists(st.sampled_from(["supine", "prone", "standing", "kneeling"]), max_size=12))
def test_the_suggested_order_is_a_best_one_and_keeps_everything(positions):
    given = items(*positions)
    by_key = {entry.key: entry for entry in given}
    order = suggest_order(given)
    assert sorted(order) == sorted(by_key)
    facts = plan(*(by_key[key] for key in order), diagnoses=())
    if order:
        assert measure_burden(facts).position_changes == len(set(positions)) - 1
    assert suggest_order([by_key[key] for key in order]) == order
