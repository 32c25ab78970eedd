from datetime import date

import pytest

from plans.contraindications import Anchor, Clearance, ConditionFacts, ItemFacts, PlanFacts
from plans.dose import Dose

DAY = date(2026, 3, 2)
WHOLE = Clearance(by="Dr Ana Lee", on=DAY, how="scan seen")


@pytest.mark.parametrize(
    ("clearance", "blank"),
    [
        (Clearance(), True),
        (Clearance(by=" ", how="\n"), True),
        (Clearance(by="Dr Ana Lee"), False),
        (Clearance(on=DAY), False),
        (Clearance(how="scan seen"), False),
    ],
)
def test_a_clearance_is_blank_when_nothing_was_entered(clearance, blank):
    assert clearance.is_blank() is blank
    assert clearance.counts(since=None, today=DAY) is False


def test_a_clearance_counts_from_the_day_of_what_it_clears_until_today():
    assert WHOLE.counts(since=None, today=DAY)
    assert WHOLE.counts(since=DAY, today=DAY)
    assert not WHOLE.counts(since=date(2026, 3, 3), today=date(2026, 3, 3))
    assert not WHOLE.counts(since=None, today=date(2026, 3, 1))


def test_each_anchor_names_its_own_date():
    facts = ConditionFacts(
        code="x", name="X", onset=date(2026, 1, 1), surgery=date(2026, 1, 2), due_date=date(2026, 1, 3)
    )
    assert [facts.date_of(anchor).day for anchor in Anchor] == [1, 2, 3]


def test_what_is_not_said_is_ordinary():
    item = ItemFacts(
        key="k",
        exercise_code="x",
        name="X",
        position="supine",
        movements=frozenset(),
        dose=Dose(),
        revision_id="r",
    )
    assert (item.revision_number, item.in_use_number, item.retired, item.one_sided) == (
        1,
        1,
        False,
        False,
    )
    facts = PlanFacts(today=DAY)
    assert (facts.language_ready, facts.needs_pain_control) == (True, False)


def test_a_condition_without_a_side_is_named_by_its_code_alone():
    """Reasons hang on that name: those that were given before conditions had sides stay."""
    assert ConditionFacts(code="x", name="X").identity == ("x",)
    assert ConditionFacts(code="x", name="X", side="left").identity == ("x", "left")
