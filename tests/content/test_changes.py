from dataclasses import replace
from datetime import date

from plans.content import changes_between
from plans.dose import Dose, Span
from tests.content.samples import bridge, plan

OTHER = {"key": "other", "exercise_code": "cat-cow", "name": "Cat-cow", "number": 2}


def test_nothing_changed_is_false_and_names_the_version_before():
    changes = changes_between(plan(), plan(version=2))

    assert not changes
    assert (changes.since_version, changes.since_date) == (1, date(2026, 11, 20))


def test_added_and_removed():
    changes = changes_between(plan(), plan(items=(bridge(**OTHER),)))

    assert (changes.added, changes.removed) == (("Cat-cow",), ("Glute bridge",))
    assert changes


def test_another_exercise_under_the_same_key_is_one_added_one_removed():
    changes = changes_between(plan(), plan(items=(bridge(exercise_code="cat-cow", name="Cat-cow"),)))

    assert (changes.added, changes.removed) == (("Cat-cow",), ("Glute bridge",))


def test_dose_changed_holds_both_doses():
    more = Dose(sets=Span(2, 2))
    (change,) = changes_between(plan(), plan(items=(bridge(dose=more),))).dose_changed

    assert (change.name, change.before, change.after) == ("Glute bridge", bridge().dose, more)


def test_a_new_caution_is_news():
    changes = changes_between(plan(), plan(items=(bridge(extra_caution="Not after meals."),)))

    assert changes.instructions_changed == ("Glute bridge",)
    assert not changes.dose_changed


def test_order_alone_is_no_news():
    two = (bridge(), bridge(**OTHER))
    turned = (replace(two[1], number=1), replace(two[0], number=2))

    assert not changes_between(plan(items=two), plan(items=turned))


def test_a_note_to_the_patient_is_news():
    assert changes_between(plan(), plan(note="Walk to the shop.")).general_changed
