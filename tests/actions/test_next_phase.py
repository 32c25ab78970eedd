"""A plan goes on to the next phase: the criterion is met or time has passed, and the draft tells what changed."""

from datetime import timedelta
from uuid import uuid4

import pytest

from plans.actions.apply_protocol import NoNextPhase, PlanIsStopped, add_protocol, next_phase, start_plan
from plans.actions.plans import copy_plan, save_plan, stop_plan
from plans.contraindications import Level
from plans.dose import Dose, Span
from plans.models import AuditEvent, DraftChange, PhaseBegan, Plan
from plans.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db
MET, TIME = PhaseBegan.MET, PhaseBegan.TIME
MORE = Dose(repetitions=Span(12, 15))


@pytest.fixture
def phases(clinic):
    """Two phases of the library: one exercise stays with more of it, one goes, one comes."""
    for code in ("stays", "goes", "comes", "own"):
        factories.approved_exercise(clinic, code)
    early = factories.approved_library_protocol(
        clinic, "early", exercises=("stays", "goes"), next="late", anchor=None, from_day=None, to_day=None
    )
    late = factories.approved_library_protocol(
        clinic, "late", exercises=("stays", "comes"), dose=MORE, anchor=None, from_day=None, to_day=None,
        texts={"en": factories.protocol_text("Later")},
    )  # fmt: skip
    return early.protocol, late.protocol


@pytest.fixture
def plan(phases, pat):
    joined = start_plan(
        protocol=phases[0],
        patient=factories.patient(pat, has=("sciatica",)),
        start_on=factories.in_days(-20),
        review_on=factories.in_days(1),
        by=pat,
    )
    return joined.plan


def add(plan, revision, by):
    save_plan(plan=Plan.objects.get(pk=plan.pk), items=[factories.item(revision, order=9)], by=by)


def codes(plan):
    return [item.revision.exercise.code for item in plan.items.all()]


def test_it_goes_on_and_what_was_chosen_beside_stays(plan, phases, pat, clinic):
    own = factories.approved_exercise(clinic, "own")
    add(plan, own, pat)
    held = {item.revision.exercise.code: item.pk for item in plan.items.all()}

    joined = next_phase(plan=plan, because=MET, by=pat)

    stored = Plan.objects.get(pk=plan.pk)
    assert codes(stored) == ["stays", "own", "comes"]
    kept = stored.items.get(pk=held["stays"])
    assert kept.dose == MORE
    assert [item.revision.exercise.code for item in joined.proposal.goes] == ["goes"]
    assert [(change.before, change.after) for change in joined.proposal.doses] == [
        (Dose(repetitions=Span(5, 10)), MORE)
    ]
    assert (stored.title, stored.start_on, stored.review_on) == (
        "Later", factories.in_days(0), factories.in_days(21)
    )  # fmt: skip
    assert [(phase.protocol, phase.because) for phase in stored.phases] == [(phases[1].pk, "met")]


def test_who_went_on_and_why_is_in_the_trail(plan, phases, pat):
    next_phase(plan=plan, because=TIME, by=pat)

    told = AuditEvent.objects.get(verb="plan.phase_entered")
    assert told.created_by == pat
    assert told.detail == {"from": str(phases[0].pk), "to": str(phases[1].pk), "because": "time"}
    assert Plan.objects.get().phases[0].because == "time"


def test_each_change_of_the_draft_has_its_row(plan, pat):
    next_phase(plan=plan, because=MET, by=pat)

    fields = set(DraftChange.objects.filter(plan=plan).values_list("field", flat=True))
    assert {"removed", "added", "repetitions", "title", "start_on", "review_on", "follows"} <= fields


def test_a_title_of_ones_own_and_a_plan_without_a_review_stay_so(plan, pat):
    Plan.objects.update(title="For the garden", review_on=None)
    plan = next_phase(plan=Plan.objects.get(), because=MET, by=pat).plan

    assert (plan.title, plan.review_on) == ("For the garden", None)


def test_an_exercise_of_the_next_phase_that_is_there_already_is_not_added_twice(plan, clinic, pat):
    add(plan, factories.approved_exercise(clinic, "comes"), pat)
    joined = next_phase(plan=plan, because=MET, by=pat)

    assert codes(joined.plan) == ["stays", "comes"]
    assert joined.added == ()


def test_what_a_limit_of_the_patient_forbids_is_left_out_and_named(plan, clinic, pat):
    factories.approved_exercise(clinic, "comes", movements=("kneeling",))
    factories.limit(plan.patient, "kneeling")
    joined = next_phase(plan=plan, because=MET, by=pat)

    assert codes(joined.plan) == ["stays"]
    assert ("comes", "against_rules") in [(one.exercise.code, str(one.why)) for one in joined.left_out]


def test_what_the_rules_are_against_is_left_out_and_named(plan, clinic, pat):
    factories.approved_exercise(clinic, "comes", movements=("prone",))
    factories.approved_rule(clinic, level=Level.AVOID, movements=("prone",))
    joined = next_phase(plan=plan, because=MET, by=pat)

    assert codes(joined.plan) == ["stays"]
    assert [
        (left.exercise.code, str(left.why)) for left in joined.left_out if left.exercise.code == "comes"
    ] == [("comes", "against_rules")]


def test_it_may_be_taken_all_the_same(plan, clinic, pat):
    revision = factories.approved_exercise(clinic, "comes", movements=("prone",))
    factories.approved_rule(clinic, level=Level.AVOID, movements=("prone",))

    joined = next_phase(plan=plan, because=MET, take=[revision.exercise_id], by=pat)
    assert codes(joined.plan) == ["stays", "comes"]


def test_the_last_phase_has_no_next(plan, pat):
    next_phase(plan=plan, because=MET, by=pat)
    with pytest.raises(NoNextPhase):
        next_phase(plan=plan, because=MET, by=pat)


def test_a_next_phase_that_nobody_approved_is_none(pat, clinic):
    factories.approved_exercise(clinic)
    early = factories.approved_library_protocol(clinic, next="late")
    factories.library_protocol("late")
    plan = start_plan(protocol=early.protocol, patient=factories.patient(pat), by=pat).plan

    with pytest.raises(NoNextPhase):
        next_phase(plan=plan, because=MET, by=pat)


def test_of_two_protocols_the_named_one_goes_on(plan, phases, pat, clinic, lead):
    after = factories.protocol(lead, exercises=[factories.approved_exercise(clinic, "after")], title="After")
    before = factories.protocol(
        lead, exercises=[factories.approved_exercise(clinic, "before")], title="Before", next=after
    )
    plan = add_protocol(plan=plan, protocol=before, by=pat).plan
    plan = next_phase(plan=plan, of=phases[0].pk, because=MET, by=pat).plan

    assert codes(plan) == ["stays", "before", "comes"]
    assert [phase.protocol for phase in plan.phases] == [before.pk, phases[1].pk]
    plan = next_phase(plan=plan, because=MET, by=pat).plan
    assert codes(plan) == ["stays", "comes", "after"]


def test_a_copy_goes_by_the_same_protocols(plan, pat):
    assert codes(next_phase(plan=copy_plan(plan=plan, by=pat), because=MET, by=pat).plan) == [
        "stays",
        "comes",
    ]


def test_a_stopped_plan_and_one_of_somebody_else_stay(plan, pat, clinic):
    with pytest.raises(NotAllowed):
        next_phase(plan=plan, because=MET, by=factories.therapist(clinic))
    stop_plan(plan=plan, by=pat)
    with pytest.raises(PlanIsStopped):
        next_phase(plan=plan, because=MET, by=pat)
    assert codes(Plan.objects.get()) == ["stays", "goes"]


def test_a_plan_remembers_its_newest_protocols(plan):
    keys = [phase.protocol for phase in plan.phases]
    for _ in range(12):
        plan.follows = plan.following(uuid4())
    assert len(plan.phases) == 8
    assert keys[0] not in [phase.protocol for phase in plan.phases]
    assert len(plan.follows) <= 400


def test_a_review_that_was_never_counted_takes_the_clinics_days(plan, pat, clinic):
    Plan.objects.update(start_on=None)
    plan = next_phase(plan=Plan.objects.get(), because=MET, by=pat).plan

    assert plan.review_on == plan.start_on + timedelta(days=clinic.review_days)
