from dataclasses import replace

import pytest
from django.db import transaction

from plans.actions import exercises
from plans.actions.fingerprints import fingerprint
from plans.dose import Limb, Span
from plans.models import Exercise
from plans.models.base import RecordIsFinal
from plans.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_same_exercise_twice_is_one_revision():
    first = factories.exercise()
    assert factories.exercise() == first


def test_a_changed_exercise_is_a_new_revision_and_the_old_one_stays():
    first = factories.exercise()
    second = factories.exercise(source="another guide")
    first.refresh_from_db()
    assert (first.number, first.newest, second.number, second.newest) == (1, False, 2, True)
    assert first.source == "ours"


def test_what_was_loaded_before_limbs_and_pace_were_known_is_no_other_exercise():
    data = factories.exercise_data()
    assert fingerprint(data) == "0c710215a3a45778f1fdd4eeaf46540df11b9dd4b2989cdc0e83953bdb5719a7", (
        "as in 0.2.0"
    )
    assert fingerprint(replace(data, limb=Limb.LEG)) != fingerprint(data)
    assert fingerprint(replace(data, dose=replace(data.dose, out_seconds=Span(2, 2)))) != fingerprint(data)


def test_a_revision_is_final():
    with pytest.raises(RecordIsFinal):
        factories.exercise().save()


def test_an_unknown_movement_is_refused_and_nothing_is_written():
    with pytest.raises(exercises.UnknownMovement, match="flying"), transaction.atomic():
        exercises.write_exercise(data=factories.exercise_data(movements=("flying",)), clinic=None, by=None)
    assert not Exercise.objects.exists()


def test_nobody_signed_in_writes_the_shared_library(clinic):
    admin = factories.library_admin(clinic)
    with pytest.raises(NotAllowed):
        exercises.write_exercise(data=factories.exercise_data(), clinic=None, by=admin)
    with pytest.raises(NotAllowed):
        factories.exercise(clinic=factories.clinic(), by=admin)
    with pytest.raises(NotAllowed):
        factories.exercise(clinic=clinic, by=factories.therapist(clinic))
    with pytest.raises(NotAllowed):
        exercises.retire_exercise(exercise=factories.exercise().exercise, by=admin)


def test_a_clinics_own_exercise_may_carry_a_shared_code(clinic):
    shared = factories.exercise()
    own = factories.exercise(clinic=clinic, by=factories.library_admin(clinic))
    assert own.exercise != shared.exercise


def test_a_used_exercise_is_retired_not_deleted(clinic):
    admin = factories.library_admin(clinic)
    own = factories.approved_exercise(clinic, "own", clinic=clinic, by=admin)
    factories.plan(factories.therapist(clinic), exercises=[own])
    with pytest.raises(exercises.ExerciseStillNamed, match="1 plan"):
        exercises.delete_exercise(exercise=own.exercise, by=admin)
    exercises.retire_exercise(exercise=own.exercise, by=admin)
    assert Exercise.objects.get(code="own").retired_on is not None
