"""Which exercise is the easier one of a clinic's own."""

import pytest

from plans.actions.edit_exercise import EasierNotFitting, edit_exercise, name_easier
from plans.actions.exercises import retire_exercise
from plans.models import AuditEvent, Exercise
from plans.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(clinic):
    return factories.library_admin(clinic)


@pytest.fixture
def own(clinic, admin):
    return factories.approved_exercise(clinic, "bridge", clinic=clinic, by=admin).exercise


@pytest.fixture
def easy(clinic):
    return factories.approved_exercise(clinic, "tilt").exercise


def easier_of(exercise):
    return Exercise.objects.get(pk=exercise.pk).easier


def test_it_is_named_exchanged_and_taken_away(clinic, admin, own, easy):
    other = factories.approved_exercise(clinic, "slide").exercise
    for easier in (easy, easy, other, None, None):
        name_easier(exercise=own, easier=easier, by=admin)
        assert easier_of(own) == easier
    events = AuditEvent.objects.filter(verb="exercise.easier_named", created_by=admin).order_by("created_at")
    assert [event.detail["easier"] for event in events] == ["tilt", "slide", ""]


def test_one_that_was_retired_since_stays_until_another_is_named(clinic, admin, own):
    easier = factories.approved_exercise(clinic, "slide", clinic=clinic, by=admin).exercise
    name_easier(exercise=own, easier=easier, by=admin)
    retire_exercise(exercise=easier, by=admin)
    name_easier(exercise=own, easier=easier, by=admin)
    assert easier_of(own) == easier


def retired(clinic, admin):
    exercise = factories.approved_exercise(clinic, "slide", clinic=clinic, by=admin).exercise
    retire_exercise(exercise=exercise, by=admin)
    exercise.refresh_from_db()
    return exercise


def of_another_clinic(clinic, admin):
    there = factories.clinic()
    by = factories.library_admin(there)
    return factories.approved_exercise(there, "slide", clinic=there, by=by).exercise


def leading_back(clinic, admin):
    """The clinic's bridge is easier than the middle one, which is easier than the last."""
    own = Exercise.objects.get(code="bridge")
    middle, last = (factories.approved_exercise(clinic, code).exercise for code in ("middle", "slide"))
    Exercise.objects.filter(pk=middle.pk).update(easier=own)
    Exercise.objects.filter(pk=last.pk).update(easier=middle)
    last.refresh_from_db()
    return last


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda clinic, admin: factories.exercise("slide").exercise, "the clinic has not approved it"),
        (of_another_clinic, "the clinic has not approved it"),
        (retired, "it is retired"),
        (leading_back, "it leads back to this exercise"),
    ],
    ids=["not approved", "foreign", "retired", "circle"],
)
def test_one_that_cannot_be_is_refused_in_words(clinic, admin, own, easy, make, problem):
    name_easier(exercise=own, easier=easy, by=admin)
    with pytest.raises(EasierNotFitting) as refused:
        name_easier(exercise=own, easier=make(clinic, admin), by=admin)
    assert str(refused.value) == f"slide cannot be the easier exercise: {problem}."
    assert easier_of(own) == easy


def test_none_is_easier_than_itself(admin, own):
    with pytest.raises(EasierNotFitting, match="no exercise is easier than itself"):
        name_easier(exercise=own, easier=own, by=admin)


def test_a_circle_that_is_there_already_has_an_end(clinic, admin, own, easy):
    """Two people who named each other's exercise at once."""
    other = factories.approved_exercise(clinic, "slide").exercise
    Exercise.objects.filter(pk=easy.pk).update(easier=other)
    Exercise.objects.filter(pk=other.pk).update(easier=easy)
    easy.refresh_from_db()
    name_easier(exercise=own, easier=easy, by=admin)
    assert easier_of(own) == easy


def test_the_shared_library_and_other_clinics_are_not_written(clinic, admin, own, easy):
    for exercise, by in (
        (easy, admin),
        (own, factories.therapist(clinic)),
        (own, factories.library_admin(factories.clinic())),
    ):
        with pytest.raises(NotAllowed):
            name_easier(exercise=exercise, easier=None, by=by)


def test_a_refused_one_leaves_no_revision(clinic, admin, own):
    data = factories.exercise_data("bridge", source="another guide")
    with pytest.raises(EasierNotFitting):
        edit_exercise(data=data, easier=factories.exercise("slide").exercise, clinic=clinic, by=admin)
    assert own.revisions.count() == 1
    edit_exercise(data=data, clinic=clinic, by=admin)
    assert own.revisions.count() == 2


def test_naming_it_is_no_revision_and_waits_for_nobody(clinic, admin, own, easy):
    before = own.revisions.get()
    name_easier(exercise=own, easier=easy, by=admin)
    plan = factories.plan(factories.therapist(clinic), exercises=[before])
    told = factories.publication(plan.created_by, of_plan=plan)
    assert own.revisions.get() == before
    assert "tilt" in told.content.json
