"""What the sheet offers for those who cannot do an exercise."""

import pytest

from plans.actions import exercises, rechecking
from plans.content import from_json
from plans.contraindications import Level
from plans.dose import Dose, Limb, Side, Span
from plans.handout.formats import Copy, Format
from plans.handout.html import preview_html
from plans.libraryfiles.vocabulary import Equipment
from plans.models import Exercise, PlanItem, PublishedRevision
from tests import factories

pytestmark = pytest.mark.django_db


def make_pair(clinic, *, approved=True, hard=None, **easy):
    """An exercise and its easier one, which asks for lying on the front."""
    make = (
        factories.approved_exercise
        if approved
        else (lambda _, code, **fields: factories.exercise(code, **fields))
    )
    fields = {"texts": {"en": factories.exercise_text(name="Little bridge")}, "movements": ("prone",), **easy}
    easier = make(clinic, "little-bridge", **fields)
    harder = factories.approved_exercise(clinic, "bridge", **(hard or {}))
    Exercise.objects.filter(pk=harder.exercise_id).update(easier=easier.exercise_id)
    return harder, easier


def issue(pat, *revisions, **fields):
    return factories.publication(pat, of_plan=factories.plan(pat, exercises=list(revisions), **fields))


def items_of(publication):
    return from_json(publication.content.json).items


def test_the_easier_exercise_is_frozen_whole_with_its_own_dose(pat, clinic):
    dose = Dose(repetitions=Span(3, 3), hold_seconds=Span(10, 10), side=Side.EACH)
    safe = {"repetitions": Span(1, 9), "hold_seconds": Span(5, 20)}
    harder, easier = make_pair(clinic, dose=dose, safe=safe, one_sided=True, limb=Limb.LEG)
    publication = issue(pat, harder)
    told = items_of(publication)[0].easier
    text = easier.texts.get()
    assert (told.name, told.start, list(told.steps), told.number) == (
        "Little bridge",
        text.start,
        text.steps,
        None,
    )
    assert (told.dose, told.limb) == (dose, "leg")
    assert set(PublishedRevision.objects.values_list("revision", flat=True)) == {harder.pk, easier.pk}
    page = preview_html(from_json(publication.content.json), Format(), address=str)
    assert "If you cannot do this:" in page
    assert "3 times, each leg · Hold: 10 seconds" in page
    for step in text.steps:
        assert step in page.partition("If you cannot")[2]
    summary = preview_html(from_json(publication.content.json), Format(copy=Copy.SUMMARY), address=str)
    assert "If you cannot" not in summary


def test_it_works_on_the_side_of_the_exercise_in_whose_place_it_stands(pat, clinic):
    dose = Dose(repetitions=Span(3, 3), side=Side.EACH)
    harder, _ = make_pair(clinic, dose=dose, one_sided=True, hard={"one_sided": True, "dose": dose})
    of_plan = factories.plan(pat, exercises=[harder])
    PlanItem.objects.filter(plan=of_plan).update(side="left")
    assert items_of(factories.publication(pat, of_plan=of_plan))[0].easier.dose.side is Side.LEFT


def test_one_that_stands_in_the_plan_is_named_by_its_number(pat, clinic):
    harder, easier = make_pair(clinic)
    publication = issue(pat, harder, easier)
    told = items_of(publication)[0].easier
    assert (told.number, told.name, told.steps) == (2, "Little bridge", ())
    page = preview_html(from_json(publication.content.json), Format(), address=str)
    assert "Do number 2 instead: Little bridge." in page
    assert items_of(publication)[1].easier is None


@pytest.mark.parametrize("level", [Level.AVOID, Level.STOP])
def test_one_that_the_rules_hold_up_is_not_offered(pat, clinic, level):
    harder, _ = make_pair(clinic)
    factories.approved_rule(clinic, movements=("prone",), level=level)
    patient = factories.patient(pat, has=["sciatica"])
    assert items_of(issue(pat, harder, of=patient))[0].easier is None
    assert items_of(issue(pat, harder))[0].easier is not None, "of a patient whom the rule does not concern"


def test_a_caution_of_the_rules_stands_with_it(pat, clinic):
    harder, _ = make_pair(clinic)
    factories.approved_rule(clinic, movements=("prone",))
    told = items_of(issue(pat, harder, of=factories.patient(pat, has=["sciatica"])))[0]
    assert told.easier.sentences == ("Because of your sciatica: stop if your leg hurts more.",)
    assert told.sentences == ()


@pytest.mark.parametrize(
    "easy",
    [
        {"approved": False},
        {"dose": Dose(hold_seconds=Span(5, 5))},
        {"equipment": (Equipment.MAT,)},
        {"texts": {"es": factories.exercise_text()}},
    ],
    ids=["not approved", "no amount", "not at home", "not in the language"],
)
def test_one_that_could_not_be_done_as_printed_is_not_offered(pat, clinic, easy):
    harder, _ = make_pair(clinic, **easy)
    assert items_of(issue(pat, harder))[0].easier is None


def test_a_retired_one_is_not_offered(pat, clinic):
    harder, easier = make_pair(clinic)
    Exercise.objects.filter(pk=easier.exercise_id).update(retired_on="2026-01-01")
    assert items_of(issue(pat, harder))[0].easier is None


def test_a_recall_of_the_easier_one_lists_the_plans_that_offer_it(pat, clinic):
    harder, easier = make_pair(clinic)
    publication = issue(pat, harder)
    exercises.recall_exercise(exercise=easier.exercise, clinic=clinic, by=factories.lead(clinic))
    rechecking.recheck(clinic=clinic, exercise=easier.exercise)
    review = publication.reviews.get()
    assert [named.split()[0] for named in review.appeared] == ["easier_does_not_fit"]
    assert (review.stops, review.unanswered) == (0, 0)
    second = factories.publication(pat, of_plan=publication.plan)
    assert items_of(second)[0].easier is None
