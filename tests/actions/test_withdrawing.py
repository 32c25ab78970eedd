"""A newer library withdraws: what was loaded is retired, and comes back when it is loaded again."""

import pytest

from plans.actions.load_library import load_library
from plans.libraryfiles import Library, Place, WithdrawnData, WithdrawnKind
from plans.models import Exercise, ExerciseRevision, RuleRevision
from tests import factories

pytestmark = pytest.mark.django_db
PLACE = Place("withdrawn.yaml", 1)


def withdrawn(kind, code):
    return WithdrawnData(kind=kind, code=code, place=PLACE, reason="A better one took its place.")


@pytest.fixture
def old():
    factories.movement()
    factories.condition("sciatica")
    return Library(exercises=(factories.exercise_data("a"),), rules=(factories.rule_data("rule-a"),))


@pytest.fixture
def new():
    return Library(
        withdrawn=(withdrawn(WithdrawnKind.EXERCISE, "a"), withdrawn(WithdrawnKind.RULE, "rule-a")),
    )


def test_what_is_withdrawn_is_retired_once_and_stays(old, new):
    load_library(library=old, figures={})

    assert load_library(library=new, figures={}).changed == 2
    assert load_library(library=new, figures={}).changed == 0
    assert Exercise.objects.get(code="a").retired_on
    assert ExerciseRevision.objects.filter(exercise__code="a").exists()
    newest = RuleRevision.objects.get(rule__code="rule-a", newest=True)
    assert (newest.number, newest.retired) == (2, True)


def test_two_libraries_in_turn_end_as_the_last_one_says(old, new):
    for library in (old, new, old):
        load_library(library=library, figures={})

    assert Exercise.objects.get(code="a").retired_on is None
    assert not RuleRevision.objects.get(rule__code="rule-a", newest=True).retired
    assert ExerciseRevision.objects.filter(exercise__code="a").count() == 1


def test_what_was_never_loaded_is_nobodys(new):
    assert load_library(library=new, figures={}).changed == 0
    assert not Exercise.objects.exists()


def test_an_own_exercise_of_the_code_stays_in_use(old, new, clinic):
    load_library(library=old, figures={})
    own = factories.exercise("a", clinic=clinic)

    load_library(library=new, figures={})

    own.exercise.refresh_from_db()
    assert own.exercise.retired_on is None
