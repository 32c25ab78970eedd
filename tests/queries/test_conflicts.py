"""What speaks against an exercise is known before a plan has it."""

import pytest

from plans.libraryfiles import Level
from plans.queries.conflicts import conflicts_of
from plans.queries.library_snapshot import LibrarySnapshot
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(therapist):
    return factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)), exercises=[])


def asked(plan, *revisions):
    return conflicts_of(plan, [one.pk for one in revisions], library=LibrarySnapshot())


@pytest.mark.parametrize("level", list(Level))
def test_a_rule_of_any_level_is_told_with_its_words(clinic, plan, level):
    factories.approved_rule(clinic, level=level, movements=("prone",))
    lies = factories.approved_exercise(clinic, "press-up", movements=("prone",))
    other = factories.approved_exercise(clinic, "slide", movements=("supine",))

    found = asked(plan, lies, other)

    assert list(found) == [lies.pk]
    assert found[lies.pk].level.value == level.value
    assert found[lies.pk].holds_back == (level is not Level.CAUTION)
    assert "lying on the back can hurt" in " ".join(found[lies.pk].messages)


def test_the_gravest_comes_first(clinic, plan):
    factories.approved_rule(clinic, "rule-a", level=Level.CAUTION, rationale="a little")
    factories.approved_rule(clinic, "rule-b", level=Level.STOP, rationale="very much", condition="sciatica")
    exercise = factories.approved_exercise(clinic)

    assert asked(plan, exercise)[exercise.pk].level.value == Level.STOP.value


def test_what_the_library_or_the_dose_lacks_is_no_conflict_of_the_patient(plan):
    exercise = factories.exercise(equipment=("chair",))

    assert asked(plan, exercise) == {}


def test_nothing_is_stored(clinic, plan):
    asked(plan, factories.approved_exercise(clinic))

    assert not plan.items.exists()
