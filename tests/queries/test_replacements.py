import pytest

from plans.dose import Dose, Span
from plans.libraryfiles import Level
from plans.models import Exercise
from plans.queries.replacements import Relation, replacements
from tests import factories


@pytest.fixture
def bridge(clinic):
    return factories.approved_exercise(clinic, "bridge")


@pytest.fixture
def plan(therapist, bridge):
    patient = factories.patient(therapist, has=("sciatica",))
    plan = factories.plan(therapist, of=patient, exercises=[bridge])
    plan.items.update(repetitions_min=10, repetitions_max=12, hold_seconds_min=5, hold_seconds_max=5)
    return plan


def relate(revision, **to):
    Exercise.objects.filter(pk=revision.exercise_id).update(
        **{name: other and other.exercise for name, other in to.items()}
    )


def offered(plan):
    found = replacements(plan, plan.items.select_related("revision__exercise").get())
    return [(one.relation, one.chosen.revision.exercise.code) for one in found]


def test_easier_harder_and_others_are_offered_whichever_of_the_two_says_so(clinic, plan, bridge):
    named, names = (factories.approved_exercise(clinic, code) for code in ("little-bridge", "half-bridge"))
    hard, harder = (factories.approved_exercise(clinic, code) for code in ("long-bridge", "one-leg-bridge"))
    other, sibling = (factories.approved_exercise(clinic, code) for code in ("clam", "side-lift"))
    relate(bridge, easier=named, harder=hard, alternative_to=other)
    relate(names, harder=bridge)
    relate(harder, easier=bridge)
    relate(sibling, alternative_to=other)
    assert offered(plan) == [
        (Relation.EASIER, "half-bridge"),
        (Relation.EASIER, "little-bridge"),
        (Relation.HARDER, "long-bridge"),
        (Relation.HARDER, "one-leg-bridge"),
        (Relation.ALTERNATIVE, "clam"),
        (Relation.ALTERNATIVE, "side-lift"),
    ]


def test_what_is_retired_or_anothers_is_not_offered(clinic, plan, bridge):
    neighbour = factories.clinic(name="Elsewhere")
    theirs = factories.approved_exercise(
        neighbour, "theirs", clinic=neighbour, by=factories.library_admin(neighbour)
    )
    retired = factories.approved_exercise(clinic, "retired")
    relate(bridge, easier=theirs, harder=retired)
    Exercise.objects.filter(pk=retired.exercise_id).update(retired_on=clinic.today())
    assert offered(plan) == []


def test_each_says_what_it_conflicts_with_and_the_dose_that_it_would_have(clinic, plan, bridge):
    factories.approved_rule(clinic, movements=("bending",), level=Level.AVOID, rationale="bending hurts")
    easy = factories.approved_exercise(
        clinic,
        "little-bridge",
        movements=("bending",),
        dose=Dose(repetitions=Span(5, 5)),
        safe={"repetitions": Span(1, 8)},
    )
    relate(bridge, easier=easy)
    (found,) = replacements(plan, plan.items.select_related("revision__exercise").get())
    assert [finding.level for finding in found.findings] == [Level.AVOID]
    assert found.dose.repetitions == Span(5, 5)
    assert found.dose.hold_seconds is None
    assert found.dose.sets == Span(1, 1)
