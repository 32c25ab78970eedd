"""Two versions side by side: what came, went, was replaced, moved, and what was said before and after."""

from dataclasses import replace
from datetime import date

import pytest

from plans.content import compare
from plans.dose import Dose, Span
from tests.content.samples import bridge, plan


def row(key, **fields):
    return bridge(key=key, name=key, exercise_code=key, **fields)


def rows(*keys):
    return tuple(row(key, number=number) for number, key in enumerate(keys, start=1))


def of(old, new):
    return compare(plan(items=old), plan(items=new))


def seen(comparison):
    """Each row that changed, by name, with what happened to it."""
    kinds = (
        "added",
        "removed",
        "replaced",
        "moved",
        "other_dose",
        "other_note",
        "other_caution",
        "other_instructions",
    )
    return [
        ((item.after or item.before).name, [kind for kind in kinds if getattr(item, kind)])
        for item in comparison.items
        if item
    ]


def test_the_same_is_nothing():
    assert not compare(plan(), plan(version=2))


def test_what_came_and_went_stands_where_it_stands_or_stood():
    comparison = of(rows("a", "b", "c", "d"), rows("a", "x", "c"))
    assert [(item.after or item.before).name for item in comparison.items] == ["a", "b", "x", "c", "d"]
    assert seen(comparison) == [("b", ["removed"]), ("x", ["added"]), ("d", ["removed"])]


def test_what_went_from_the_beginning_comes_first():
    assert seen(of(rows("a", "b"), rows("b"))) == [("a", ["removed"])]


def test_another_exercise_in_the_same_row_replaces_it():
    old, new = (row("a"),), (replace(row("a"), exercise_code="b", name="b"),)
    assert seen(of(old, new)) == [("b", ["replaced"])]


@pytest.mark.parametrize(
    ("after", "moved"),
    [("dabc", "d"), ("bcda", "a"), ("acbd", "c"), ("abdc", "d"), ("abcd", "")],
)
def test_as_few_as_can_be_are_called_moved(after, moved):
    comparison = of(rows(*"abcd"), rows(*after))
    assert len([name for name, kinds in seen(comparison) if kinds == ["moved"]]) == len(moved)


def test_nothing_moved_because_something_before_it_came_or_went():
    assert seen(of(rows("a", "b", "c"), rows("x", "b", "c"))) == [("a", ["removed"]), ("x", ["added"])]


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ({"dose": Dose(sets=Span(3, 3))}, ["other_dose"]),
        ({"note": "Slowly."}, ["other_note"]),
        ({"extra_caution": "Not after meals."}, ["other_caution"]),
        ({"steps": ("Do it.",)}, ["other_instructions"]),
        ({"note": "Slowly.", "dose": Dose()}, ["other_dose", "other_note"]),
    ],
)
def test_each_kind_of_change_is_told_apart(change, kinds):
    assert seen(of((row("a"),), (row("a", **change),))) == [("a", kinds)]


def test_the_plans_own_words_are_told_before_and_after():
    old, new = plan(note="", review_date=None), plan(note="Go on.", review_date=date(2027, 1, 2))
    assert compare(old, new).texts == (("note", "", "Go on."), ("review_date", None, date(2027, 1, 2)))


def test_other_advice_is_told():
    comparison = compare(plan(advice=()), plan(advice=("Walk each day.",)))
    assert comparison.other_advice
    assert comparison


def test_a_long_plan_turned_round_is_compared_at_once():
    many = rows(*map(str, range(500)))
    assert len(seen(of(many, tuple(reversed(many))))) == 499
