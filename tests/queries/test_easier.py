"""What the sheet offers for those who cannot do an exercise."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.actions import exercises, rechecking
from plans.content import from_json
from plans.contraindications import Level
from plans.dose import Dose, Limb, Side, Span
from plans.handout.formats import Copy, Format
from plans.handout.html import preview_html
from plans.libraryfiles.vocabulary import Equipment
from plans.models import Exercise, PlanItem, PublishedRevision
from plans.queries.checks import check_plan
from plans.queries.easier import easier_names, easier_ones
from plans.queries.library_snapshot import LibrarySnapshot
from tests import factories

pytestmark = pytest.mark.django_db


def issue(pat, *revisions, **fields):
    return factories.publication(pat, of_plan=factories.plan(pat, exercises=list(revisions), **fields))


def leave_off(plan):
    PlanItem.objects.filter(plan=plan).update(offers_easier=False)


def items_of(publication):
    return from_json(publication.content.json).items


def test_the_easier_exercise_is_frozen_whole_with_its_own_dose(pat, clinic):
    dose = Dose(repetitions=Span(3, 3), hold_seconds=Span(10, 10), side=Side.EACH)
    safe = {"repetitions": Span(1, 9), "hold_seconds": Span(5, 20)}
    harder, easier = factories.easier_pair(clinic, dose=dose, safe=safe, one_sided=True, limb=Limb.LEG)
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
    harder, _ = factories.easier_pair(
        clinic, dose=dose, one_sided=True, hard={"one_sided": True, "dose": dose}
    )
    of_plan = factories.plan(pat, exercises=[harder])
    PlanItem.objects.filter(plan=of_plan).update(side="left")
    assert items_of(factories.publication(pat, of_plan=of_plan))[0].easier.dose.side is Side.LEFT


def test_one_that_stands_in_the_plan_is_named_by_its_number(pat, clinic):
    harder, easier = factories.easier_pair(clinic)
    publication = issue(pat, harder, easier)
    told = items_of(publication)[0].easier
    assert (told.number, told.name, told.steps) == (2, "Little bridge", ())
    page = preview_html(from_json(publication.content.json), Format(), address=str)
    assert "Do number 2 instead: Little bridge." in page
    assert items_of(publication)[1].easier is None


@pytest.mark.parametrize("level", [Level.AVOID, Level.STOP])
def test_one_that_the_rules_hold_up_is_not_offered(pat, clinic, level):
    harder, _ = factories.easier_pair(clinic)
    factories.approved_rule(clinic, movements=("prone",), level=level)
    patient = factories.patient(pat, has=["sciatica"])
    assert items_of(issue(pat, harder, of=patient))[0].easier is None
    assert items_of(issue(pat, harder))[0].easier is not None, "of a patient whom the rule does not concern"


def test_a_caution_of_the_rules_stands_with_it(pat, clinic):
    harder, _ = factories.easier_pair(clinic)
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
    harder, _ = factories.easier_pair(clinic, **easy)
    assert items_of(issue(pat, harder))[0].easier is None


def test_the_patient_is_not_read_again_for_it(pat, clinic):
    harder, _ = factories.easier_pair(clinic)
    check, library = check_plan(factories.plan(pat, exercises=[harder])), LibrarySnapshot()
    with CaptureQueriesContext(connection) as asked:
        assert [told.name for told in easier_ones(check, library=library).values()] == ["Little bridge"]
    again = [one["sql"] for one in asked if re.search('FROM "plans_(patient|reason|leaflet)', one["sql"])]
    assert again == []


def test_a_retired_one_is_not_offered(pat, clinic):
    harder, easier = factories.easier_pair(clinic)
    Exercise.objects.filter(pk=easier.exercise_id).update(retired_on="2026-01-01")
    assert items_of(issue(pat, harder))[0].easier is None


def test_a_recall_of_the_easier_one_lists_the_plans_that_offer_it(pat, clinic):
    harder, easier = factories.easier_pair(clinic)
    publication = issue(pat, harder)
    exercises.recall_exercise(exercise=easier.exercise, clinic=clinic, by=factories.lead(clinic))
    rechecking.recheck(clinic=clinic, exercise=easier.exercise)
    review = publication.reviews.get()
    assert [named.split()[0] for named in review.appeared] == ["easier_does_not_fit"]
    assert (review.stops, review.unanswered) == (0, 0)
    second = factories.publication(pat, of_plan=publication.plan)
    assert items_of(second)[0].easier is None


def test_a_therapist_may_leave_it_off_and_back_on(pat, clinic):
    harder, _ = factories.easier_pair(clinic)
    plan = factories.plan(pat, exercises=[harder])
    leave_off(plan)
    first = factories.publication(pat, of_plan=plan)
    assert (items_of(first)[0].easier, items_of(first)[0].offers_easier) == (None, False)
    assert "If you cannot" not in preview_html(from_json(first.content.json), Format(), address=str)
    assert set(PublishedRevision.objects.values_list("revision", flat=True)) == {harder.pk}
    PlanItem.objects.filter(plan=plan).update(offers_easier=True)
    second = items_of(factories.publication(pat, of_plan=plan))[0]
    assert (second.easier.name, second.offers_easier) == ("Little bridge", True)


def test_the_number_of_one_in_the_plan_may_be_left_off_too(pat, clinic):
    plan = factories.plan(pat, exercises=list(factories.easier_pair(clinic)))
    leave_off(plan)
    assert items_of(factories.publication(pat, of_plan=plan))[0].easier is None


def test_leaving_it_off_is_told_as_a_change(pat, clinic):
    plan = factories.publication(
        pat, of_plan=factories.plan(pat, exercises=[factories.easier_pair(clinic)[0]])
    ).plan
    leave_off(plan)
    changes = from_json(factories.publication(pat, of_plan=plan).content.json).changes
    assert changes.instructions_changed == ("Bridge",)


def test_the_names_are_those_that_the_clinic_approved(clinic, pat, django_assert_num_queries):
    harder, easier = factories.easier_pair(clinic)
    named = {harder.pk: "Little bridge"}

    def names(at=clinic, language="en"):
        return easier_names([harder, easier], clinic=at, language=language)

    harder.exercise.refresh_from_db()
    with django_assert_num_queries(1):
        assert names() == named
    assert names(language="es") == {}
    assert names(at=factories.clinic()) == {}
    Exercise.objects.filter(pk=easier.exercise_id).update(retired_on="2026-01-01")
    assert names() == {}
    with django_assert_num_queries(0):
        assert easier_names([easier], clinic=clinic, language="en") == {}
