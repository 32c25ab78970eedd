"""Favourites are a person's own, of what they may read."""

import pytest

from plans.actions.favourites import add_favourite, remove_favourite
from plans.permissions import NotAllowed
from plans.queries.habits import favourites_of
from tests import factories


@pytest.fixture
def exercise(db):
    return factories.exercise().exercise


def test_they_are_ones_own_and_twice_is_once(clinic, therapist, exercise):
    for _ in range(2):
        add_favourite(exercise=exercise, by=therapist)

    assert favourites_of(therapist) == {exercise.pk}
    assert favourites_of(factories.therapist(clinic)) == set()


def test_the_mark_is_taken_away(therapist, exercise):
    add_favourite(exercise=exercise, by=therapist)
    for _ in range(2):
        remove_favourite(exercise=exercise, by=therapist)

    assert favourites_of(therapist) == set()


def test_what_another_clinic_keeps_to_itself_is_refused(clinic, exercise):
    own = factories.exercise("own", clinic=clinic).exercise
    neighbour = factories.therapist(factories.clinic())

    with pytest.raises(NotAllowed):
        add_favourite(exercise=own, by=neighbour)

    assert favourites_of(neighbour) == set()
