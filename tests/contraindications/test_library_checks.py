import pytest

from plans.contraindications import Level, ReviewState, blocking
from tests.contraindications.world import codes, findings, item, plan, the

NEEDS_REVIEW = ReviewState.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"revision_state": NEEDS_REVIEW}, "revision_not_approved"),
        ({"revision_state": ReviewState.MISSING}, "revision_not_approved"),
        ({"text_state": NEEDS_REVIEW}, "text_not_approved"),
        ({"text_state": ReviewState.MISSING}, "text_missing"),
    ],
)
def test_unreviewed_content_stops_the_patients_copy(facts, code):
    found = findings(plan(item(**facts)))
    assert [(f.code, f.level, f.item, f.patient_copy_only) for f in found] == [
        (code, Level.STOP, "item", True)
    ]
    assert blocking(found) == found
    assert blocking(found, patient_copy=False) == ()


def test_a_language_whose_fixed_words_are_not_reviewed():
    found = the("language_not_ready", plan(language="ht", language_ready=False))
    assert (found.level, found.patient_copy_only) == (Level.STOP, True)
    assert "(ht)" in found.message


def test_the_language_is_named_where_its_text_is_missing():
    assert "(es)" in the("text_missing", plan(item(text_state=ReviewState.MISSING), language="es")).message
    assert "(es)" in the("text_not_approved", plan(item(text_state=NEEDS_REVIEW), language="es")).message


def test_an_exercise_without_movements_is_not_passed_as_safe():
    found = the("exercise_without_movements", plan(item(movements=frozenset())))
    assert (found.level, found.patient_copy_only) == (Level.STOP, False)


def test_a_retired_exercise_asks_a_reason_and_its_revision_matters_no_more():
    found = findings(plan(item(retired=True, in_use_number=2)))
    assert [(f.code, f.level, f.needs_reason) for f in found] == [("exercise_retired", Level.AVOID, True)]


def test_a_newer_revision():
    found = the("revision_outdated", plan(item(revision_number=2, in_use_number=3)))
    assert (found.level, found.message) == (
        Level.CAUTION,
        "Revision 2 of this exercise; the clinic goes on with revision 3.",
    )
    assert codes(plan(item(revision_number=3, in_use_number=3))) == []


def test_an_older_revision_that_the_clinic_went_back_to():
    found = the("revision_outdated", plan(item(revision_number=3, in_use_number=2)))
    assert "goes on with revision 2" in found.message


def test_a_newer_revision_whose_approval_was_withdrawn():
    found = the("revision_outdated", plan(item(revision_number=2, in_use_number=None)))
    assert (found.level, found.message) == (
        Level.CAUTION,
        "The approval of a newer revision of this exercise was withdrawn.",
    )


def test_a_revision_that_nobody_approved_is_not_called_withdrawn():
    waits = item(in_use_number=None, revision_state=ReviewState.NEEDS_REVIEW)
    assert codes(plan(waits)) == ["revision_not_approved"]


def test_the_second_of_two_is_the_duplicate():
    twice = [item(key=key, exercise_code="cat-cow") for key in ("a", "b", "c")]
    found = findings(plan(*twice))
    assert [(f.code, f.item, f.level) for f in found] == [
        ("exercise_duplicate", "b", Level.CAUTION),
        ("exercise_duplicate", "c", Level.CAUTION),
    ]


def test_equipment_that_is_not_at_home():
    needs = item(equipment=frozenset({"exercise_band", "chair", "mat"}))
    found = the("equipment_missing", plan(needs, equipment=frozenset({"mat"})))
    assert (found.message, found.level) == ("Not at home: chair, exercise band.", Level.CAUTION)
    at_home = frozenset({"mat", "chair", "exercise_band", "wall"})
    assert codes(plan(needs, equipment=at_home)) == []
