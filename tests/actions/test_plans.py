import pytest

from plans.actions import items as item_rows
from plans.actions import plans as plan_actions
from plans.actions.texts import Unprintable
from plans.dose import Dose, Span
from plans.libraryfiles import Position
from plans.models import Advice, AuditEvent, Plan
from plans.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


def codes(plan):
    return [item.revision.exercise.code for item in plan.items.all()]


def test_a_plan_is_written_with_its_items_in_order(pat, clinic):
    first, second = factories.approved_exercise(clinic, "a"), factories.approved_exercise(clinic, "b")
    plan = factories.plan(pat, exercises=[second, first])
    assert codes(plan) == ["b", "a"]
    assert plan.created_by == pat
    assert AuditEvent.objects.filter(verb="plan.made", object_id=str(plan.pk)).exists()


@pytest.mark.parametrize(
    ("dose", "problem"),
    [
        (Dose(repetitions=Span(0, 0)), "Repetitions"),
        (Dose(hold_seconds=Span(30, 20)), "Hold"),
        (Dose(duration_seconds=Span(24000, 24000)), "Time"),
    ],
)
def test_an_impossible_dose_writes_nothing(pat, clinic, dose, problem):
    revision = factories.approved_exercise(clinic)
    plan = Plan(patient=factories.patient(pat), title="Back")
    with pytest.raises(item_rows.ImpossibleDose, match=problem):
        plan_actions.save_plan(plan=plan, items=[factories.item(revision, dose=dose)], by=pat)
    assert not Plan.objects.exists()


def test_an_exercise_of_another_clinic_is_refused(pat):
    other = factories.clinic()
    foreign = factories.exercise("own", clinic=other, by=factories.library_admin(other))
    plan = Plan(patient=factories.patient(pat), title="Back")
    with pytest.raises(plan_actions.ExerciseNotYours):
        plan_actions.save_plan(plan=plan, items=[factories.item(foreign)], by=pat)


def test_too_many_items_are_refused_and_nothing_is_written(pat, clinic, monkeypatch):
    monkeypatch.setattr(item_rows, "MAX_ITEMS", 1)
    revision = factories.approved_exercise(clinic)
    with pytest.raises(item_rows.TooManyItems):
        factories.plan(pat, exercises=[revision, revision])
    assert not Plan.objects.exists()


def test_a_plan_stays_with_its_patient(pat):
    plan = factories.plan(pat)
    plan.patient = factories.patient(pat)
    with pytest.raises(NotAllowed):
        plan_actions.save_plan(plan=plan, by=pat)


def test_items_not_named_stay_and_removed_ones_go(pat, clinic):
    plan = factories.plan(
        pat, exercises=[factories.approved_exercise(clinic, "a"), factories.approved_exercise(clinic, "b")]
    )
    gone = plan.items.get(revision__exercise__code="a")
    plan_actions.save_plan(plan=plan, removed=[gone.pk], by=pat)
    assert codes(plan) == ["b"]
    assert plan.items.get().order == 1


def test_the_better_order_keeps_positions_together(pat, clinic):
    positions = [Position.SUPINE, Position.STANDING, Position.SUPINE]
    revisions = [
        factories.approved_exercise(clinic, f"e{number}", position=position)
        for number, position in enumerate(positions)
    ]
    plan = factories.plan(pat, exercises=revisions)
    plan_actions.order_by_position(plan=plan, by=pat)
    assert codes(plan) == ["e0", "e2", "e1"]


def test_the_newest_revisions_are_taken_and_doses_stay(pat, clinic):
    plan = factories.plan(pat)
    factories.approved_exercise(clinic, source="a better guide")
    item = plan.items.get()
    item.repetitions_min = item.repetitions_max = 5
    plan_actions.save_plan(plan=plan, items=[item], by=pat)
    plan_actions.take_newest_revisions(plan=plan, by=pat)
    item.refresh_from_db()
    assert (item.revision.number, item.dose.repetitions) == (2, Span(5, 5))


def test_a_copy_is_a_draft_of_its_own(pat):
    publication = factories.publication(pat)
    therapy = Advice.objects.create(code="massage", kind="therapy")
    plan = plan_actions.save_plan(plan=publication.plan, therapies=[therapy], by=pat)
    copy = plan_actions.copy_plan(plan=plan, by=pat)
    assert copy != plan
    assert codes(copy) == codes(plan)
    assert list(copy.therapies.all()) == [therapy]
    assert not copy.publications.exists()
    assert not set(copy.items.values_list("pk")) & set(plan.items.values_list("pk"))


def test_a_copy_and_the_next_version_start_today_with_a_new_review_date(pat):
    long_ago = {"start_on": factories.in_days(-60), "review_on": factories.in_days(-18)}
    plan = factories.plan(pat, **long_ago)
    for anew in (plan_actions.copy_plan(plan=plan, by=pat), plan_actions.continue_plan(plan=plan, by=pat)):
        assert (anew.start_on, anew.review_on) == (factories.in_days(0), factories.in_days(28))
    assert Plan.objects.get(pk=plan.pk).draft_number == plan.draft_number + 1
    later = factories.plan(pat, of=plan.patient, exercises=[], review_on=factories.in_days(42))
    assert plan_actions.continue_plan(plan=later, by=pat).review_on == factories.in_days(42)


@pytest.mark.parametrize("offers", [True, False])
def test_a_copy_offers_the_easier_exercise_as_the_plan_did(pat, offers):
    plan = factories.plan(pat)
    plan.items.update(offers_easier=offers)
    assert plan_actions.copy_plan(plan=plan, by=pat).items.get().offers_easier is offers


def test_a_stopped_plan_says_since_when(pat):
    plan = plan_actions.stop_plan(plan=factories.plan(pat), by=pat)
    assert Plan.objects.get(pk=plan.pk).stopped_on is not None


@pytest.mark.parametrize(
    "act",
    [
        plan_actions.save_plan,
        plan_actions.continue_plan,
        plan_actions.order_by_position,
        plan_actions.take_newest_revisions,
        plan_actions.copy_plan,
        plan_actions.stop_plan,
    ],
)
def test_strangers_may_not(pat, clinic, act):
    plan = factories.plan(pat)
    for stranger in (
        factories.therapist(clinic),
        factories.library_admin(clinic),
        factories.lead(factories.clinic()),
        factories.person(is_superuser=True),
    ):
        with pytest.raises(NotAllowed):
            act(plan=plan, by=stranger)


def test_the_lead_of_the_clinic_may(pat, clinic):
    assert plan_actions.copy_plan(plan=factories.plan(pat), by=factories.lead(clinic))


@pytest.mark.parametrize(
    ("field", "words"), [("title", "Back 🦴"), ("note", "Well done 👍"), ("goals", "Walk \ue000")]
)
def test_what_cannot_be_printed_is_refused_by_its_field(pat, field, words):
    plan = factories.plan(pat)
    setattr(plan, field, words)
    with pytest.raises(Unprintable, match="cannot print"):
        plan_actions.save_plan(plan=plan, by=pat)


def test_words_of_every_printed_language_can_be_printed(pat):
    note = "Größer, más fácil, naïve — “so” ½ 20 °C, شكرا, 谢谢你"
    assert factories.plan(pat, note=note).note == note
