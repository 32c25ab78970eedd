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


@pytest.mark.parametrize("level", [Level.STOP, Level.AVOID])
def test_what_is_said_of_every_exercise_speaks_against_each(clinic, plan, level):
    factories.approved_rule(clinic, level=level, movements=(), whole_plan=True)
    exercise = factories.approved_exercise(clinic)

    found = asked(plan, exercise)[exercise.pk]

    assert found.holds_back
    assert found.level.value == level.value


def test_a_caution_about_the_whole_plan_is_no_exercises_own(clinic, plan):
    factories.approved_rule(clinic, movements=(), whole_plan=True)

    assert asked(plan, factories.approved_exercise(clinic)) == {}


@pytest.mark.parametrize("urgency", ["emergency", "same_day"])
def test_a_red_flag_speaks_against_each(clinic, plan, urgency):
    plan.patient.symptoms.create(symptom=factories.symptom("saddle_numbness", red_flag=urgency))
    exercise = factories.approved_exercise(clinic)

    assert asked(plan, exercise)[exercise.pk].level.value == Level.STOP.value


def test_a_cause_to_treat_first_speaks_against_each(clinic, therapist):
    patient = factories.patient(
        therapist, has=(factories.condition("fracture", treat_cause_first=True).code,)
    )
    exercise = factories.approved_exercise(clinic)
    plan = factories.plan(therapist, of=patient, exercises=[])

    assert asked(plan, exercise)[exercise.pk].holds_back


def test_what_the_library_or_the_dose_lacks_is_no_conflict_of_the_patient(plan):
    exercise = factories.exercise(equipment=("chair",))

    assert asked(plan, exercise) == {}


def test_nothing_is_stored(clinic, plan):
    asked(plan, factories.approved_exercise(clinic))

    assert not plan.items.exists()


def test_a_limit_of_the_patient_speaks_against_what_asks_for_it(clinic, plan):
    kneels = factories.approved_exercise(clinic, "kneel", movements=("kneeling",))
    other = factories.approved_exercise(clinic, "slide", movements=("supine",))
    factories.limit(plan.patient, "kneeling", words="Do not kneel")

    found = asked(plan, kneels, other)

    assert list(found) == [kneels.pk]
    assert found[kneels.pk].holds_back
    assert "Limit of Dr Ana Lee" in found[kneels.pk].messages[0]
