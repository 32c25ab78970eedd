"""A limit of one patient: what it forbids, from whom, until when, on which side, and what nobody can check."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from plans.contraindications import Clearance, Level, MovementSide, UnknownCode, limits_in_force, make_cards
from plans.dose import Dose, Side, Span
from tests.contraindications.world import (
    CLEARED,
    TODAY,
    VOCABULARY,
    codes,
    condition,
    days_ago,
    findings,
    item,
    limit,
    plan,
    the,
)

KNEELS, LIES = item("kneeling", key="kneels"), item("supine", key="lies")


def forbidden(facts):
    return {found.item for found in findings(facts) if found.code == "limit"}


def test_a_movement_is_avoided_by_each_exercise_that_asks_for_it_or_for_a_narrower_one():
    bends = item("spine_flexion_end_range", key="bends")
    facts = plan(
        KNEELS, LIES, bends, limits=(limit("kneeling"), limit("spine_flexion", words="Do not bend."))
    )
    assert forbidden(facts) == {"kneels", "bends"}
    found = the("limit", plan(KNEELS, LIES, limits=(limit("kneeling"),)))
    assert (found.level, found.needs_reason, found.item) == (Level.AVOID, True, "kneels")
    assert found.message.startswith("Limit of Dr Ana Lee, until cleared: Do not kneel. It asks for kneeling")


def test_the_narrow_movement_forbids_nothing_wider():
    assert not forbidden(plan(item("spine_flexion"), limits=(limit("spine_flexion_end_range"),)))


def test_it_speaks_whatever_the_conditions_and_rules_are():
    facts = plan(KNEELS, conditions=(), limits=(limit("kneeling"),))
    assert [found.code for found in findings(facts, rules=()) if found.level is Level.AVOID] == ["limit"]


@pytest.mark.parametrize(
    ("until", "speaks"), [(days_ago(1), False), (TODAY, True), (days_ago(-1), True), (None, True)]
)
def test_its_last_day_is_inside(until, speaks):
    facts = plan(KNEELS, limits=(limit("kneeling", until=until),))
    assert bool(forbidden(facts)) == speaks == bool(limits_in_force(facts))


@pytest.mark.parametrize(("until", "speaks"), [(days_ago(-6), False), (days_ago(-7), True)])
def test_of_a_plan_that_begins_later_its_first_day_counts(until, speaks):
    facts = plan(KNEELS, start_date=days_ago(-7), limits=(limit("kneeling", until=until),))
    assert bool(forbidden(facts)) == speaks


def test_the_day_is_told():
    until = date(2026, 4, 1)
    facts = plan(KNEELS, limits=(limit("kneeling", until=until, side="left", movement_name="Kneeling"),))
    message = "Limit of Dr Ana Lee, until 2026-04-01: Do not kneel, left. It asks for Kneeling."
    assert the("limit", facts).message == message


@pytest.mark.parametrize(
    ("clearance", "speaks"),
    [
        (CLEARED, False),
        (replace(CLEARED, on=days_ago(3)), False),
        (replace(CLEARED, on=days_ago(4)), True),  # before it was set
        (replace(CLEARED, on=days_ago(-1)), True),
        (replace(CLEARED, by=""), True),
        (Clearance(), True),
    ],
)
def test_a_clearance_that_counts_ends_it_and_another_is_told(clearance, speaks):
    facts = plan(KNEELS, limits=(limit("kneeling", clearance=clearance),))
    assert bool(forbidden(facts)) == speaks
    told = "clearance_does_not_count" in codes(facts)
    assert told == (speaks and clearance != Clearance())


def test_without_a_movement_it_is_a_note_that_says_it_is_not_checked():
    said = limit(words="Bend your knee", at_most=Decimal("90.0"), unit="degrees", until=date(2026, 4, 1))
    facts = plan(KNEELS, limits=(said,))
    found = the("limit_not_checked", facts)
    assert (found.level, found.item, found.needs_reason) == (Level.ADVICE, None, False)
    assert found.message.startswith(
        "Limit of Dr Ana Lee, until 2026-04-01: Bend your knee, at most 90 degrees. Not checked"
    )
    assert not forbidden(facts)
    (card,) = (card for card in make_cards(findings(facts), VOCABULARY) if found in card.findings)
    assert card.is_note


def test_kilograms_are_told_as_they_were_said():
    facts = plan(limits=(limit(words="Lift", at_most=Decimal("2.5"), unit="kilograms"),))
    assert "Lift, at most 2.5 kilograms. Not checked" in the("limit_not_checked", facts).message


def one_sided(side, **sides):
    dose = Dose(sets=Span(1, 1), repetitions=Span(10, 10), side=side)
    return item("single_leg_loading", one_sided=True, dose=dose, sides=sides)


@pytest.mark.parametrize("asked", [MovementSide.WORKING, MovementSide.OTHER])
@pytest.mark.parametrize("works", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize("of", ["left", "right", "both", ""])
def test_sides_are_compared_as_rules_compare_them(asked, works, of):
    """A limit of one leg speaks of the exercise that loads this leg, whether it works or holds."""
    facts = plan(one_sided(works, single_leg_loading=asked), limits=(limit("single_leg_loading", side=of),))
    loads_left = (works is Side.LEFT) == (asked is MovementSide.WORKING)
    assert bool(forbidden(facts)) == (of in ("both", "") or (of == "left") == loads_left)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_movement_whose_side_nobody_told_counts_as_both(side):
    facts = plan(one_sided(Side.LEFT), limits=(limit("single_leg_loading", side=side),))
    assert forbidden(facts)


def test_one_card_for_each_limit_answers_it_for_all_exercises():
    crawls = item("kneeling", key="crawls")
    limits = (limit("kneeling"), limit("kneeling", said_by="Dr Bo Ray"), limit("supine", words="Do not lie."))
    found = findings(plan(KNEELS, crawls, LIES, limits=limits))
    cards = [card for card in make_cards(found, VOCABULARY) if card.findings[0].code == "limit"]
    assert sorted(len(card.findings) for card in cards) == [1, 2, 2]
    assert all(card.needs_reason for card in cards)


def test_said_twice_it_is_one_and_cleared_once_it_stands():
    twice = (limit("kneeling"), limit("kneeling", clearance=CLEARED), limit("kneeling"))
    assert len([found for found in findings(plan(KNEELS, limits=twice)) if found.code == "limit"]) == 1


def test_a_reason_holds_while_the_limit_says_the_same():
    facts = plan(KNEELS, limits=(limit("kneeling"),))
    before = the("limit", facts).fingerprint
    assert the("limit", replace(facts, conditions=(condition("sciatica"),))).fingerprint == before
    for change in ({"until": days_ago(-9)}, {"side": "left"}, {"said_on": TODAY}, {"words": "Never kneel."}):
        other = replace(facts, limits=(replace(facts.limits[0], **change),))
        assert the("limit", other).fingerprint != before


def test_a_movement_that_nobody_knows_is_an_error_that_names_the_limit():
    with pytest.raises(UnknownCode, match="Limit of Dr Ana Lee"):
        findings(plan(KNEELS, limits=(limit("flying"),)))
