import threading

import pytest
from django.db import connections

from plans.actions import approving, exercises
from plans.actions.advice import retire_advice
from plans.actions.apply_protocol import ProtocolNotYours, ProtocolRetired, add_protocol, start_plan
from plans.actions.items import TooManyItems
from plans.actions.plans import save_plan
from plans.actions.protocols import retire_protocol
from plans.dose import Dose, Span
from plans.models import Advice, AuditEvent, Plan
from plans.permissions import NotAllowed
from plans.queries.protocols import LeftOutWhy, names_of
from tests import factories

pytestmark = pytest.mark.django_db


def codes(plan):
    return [item.revision.exercise.code for item in plan.items.all()]


def left(joined):
    return {one.exercise.code: one.why for one in joined.left_out}


def test_a_plan_is_started_with_the_protocols_words_and_doses(pat, clinic, lead):
    first, second = factories.approved_exercise(clinic, "a"), factories.approved_exercise(clinic, "b")
    therapy = Advice.objects.create(code="tens", kind="therapy")
    protocol = factories.protocol(
        lead, exercises=[second, first], therapies=[therapy], goals="Walk", note="Slowly", title="Disc"
    )
    joined = start_plan(protocol=protocol, patient=factories.patient(pat), by=pat)
    plan = Plan.objects.get(pk=joined.plan.pk)
    assert codes(plan) == ["b", "a"]
    assert (plan.title, plan.goals, plan.note, plan.created_by) == ("Disc", "Walk", "Slowly", pat)
    assert plan.frequency == protocol.frequency
    assert list(plan.therapies.all()) == [therapy]
    assert {item.dose.repetitions for item in plan.items.all()} == {Span(5, 6)}
    assert {item.dose.days_per_week for item in plan.items.all()} == {None}
    assert joined.left_out == ()
    verbs = AuditEvent.objects.filter(object_id=str(plan.pk)).values_list("verb", flat=True)
    assert set(verbs) == {"plan.made", "plan.protocol_added"}


@pytest.mark.parametrize("offers", [True, False])
def test_the_easier_exercise_is_offered_as_the_protocol_does(pat, clinic, lead, offers):
    protocol = factories.protocol(lead, exercises=[factories.approved_exercise(clinic)])
    protocol.items.update(offers_easier=offers)
    joined = start_plan(protocol=protocol, patient=factories.patient(pat), by=pat)
    assert joined.plan.items.get().offers_easier is offers


def test_what_the_plan_says_already_stays(pat, clinic, lead):
    here, there = factories.approved_exercise(clinic, "here"), factories.approved_exercise(clinic, "there")
    plan = factories.plan(pat, exercises=[here], goals="Dance")
    protocol = factories.protocol(lead, exercises=[here, there], goals="Walk", note="Slowly")
    before = plan.items.get()
    joined = add_protocol(plan=plan, protocol=protocol, by=pat)
    plan.refresh_from_db()
    assert codes(plan) == ["here", "there"]
    assert (plan.goals, plan.note, plan.title) == ("Dance", "Slowly", "Back plan")
    assert plan.items.get(pk=before.pk).dose == before.dose
    assert [item.revision for item in joined.added] == [there]
    assert left(joined) == {"here": LeftOutWhy.IN_PLAN}


def test_adding_it_again_changes_nothing(pat, clinic, lead):
    plan = factories.plan(pat, exercises=[])
    protocol = factories.protocol(lead, exercises=[factories.approved_exercise(clinic)])
    add_protocol(plan=plan, protocol=protocol, by=pat)
    assert add_protocol(plan=plan, protocol=protocol, by=pat).added == ()
    assert plan.items.count() == 1


def test_an_exercise_that_a_protocol_names_twice_is_taken_twice(pat, clinic, lead):
    revision = factories.approved_exercise(clinic)
    protocol = factories.protocol(lead, exercises=[revision, revision])
    assert len(start_plan(protocol=protocol, patient=factories.patient(pat), by=pat).added) == 2


def test_the_newest_approved_revision_is_taken(pat, clinic, lead):
    old = factories.approved_exercise(clinic, "slide")
    protocol = factories.protocol(lead, exercises=[old])
    newer = factories.exercise("slide", source="a better guide")
    first = start_plan(protocol=protocol, patient=factories.patient(pat), by=pat)
    assert [item.revision for item in first.added] == [old]
    approving.approve_exercises(revisions=[newer], clinic=clinic, by=factories.reviewer(clinic))
    second = start_plan(protocol=protocol, patient=factories.patient(pat), by=pat)
    assert [item.revision for item in second.added] == [newer]


def test_what_cannot_be_used_is_said(pat, clinic, lead):
    admin = factories.library_admin(clinic)
    gone = factories.approved_exercise(clinic, "gone", clinic=clinic, by=admin)
    elsewhere = factories.approved_exercise(factories.clinic(), "elsewhere")
    fine = factories.approved_exercise(clinic, "fine")
    protocol = factories.protocol(lead, exercises=[gone, elsewhere, fine])
    exercises.retire_exercise(exercise=gone.exercise, by=admin)
    joined = start_plan(protocol=protocol, patient=factories.patient(pat), by=pat)
    assert codes(joined.plan) == ["fine"]
    assert left(joined) == {"gone": LeftOutWhy.RETIRED, "elsewhere": LeftOutWhy.NOT_APPROVED}
    told = AuditEvent.objects.get(verb="plan.protocol_added").detail
    assert (told["added"], told["left_out"]) == (1, ["retired gone", "not_approved elsewhere"])


def test_a_dose_means_the_same_under_another_frequency(pat, clinic, lead):
    rare = Dose(sets=Span(1, 1), days_per_week=Span(2, 2))
    items = [
        factories.protocol_item(factories.approved_exercise(clinic, "a").exercise),
        factories.protocol_item(factories.approved_exercise(clinic, "b").exercise, dose=rare, order=1),
    ]
    protocol = factories.protocol(lead, items=items, days_per_week_min=3, days_per_week_max=3)
    plan = factories.plan(pat)
    joined = add_protocol(plan=plan, protocol=protocol, by=pat)
    doses = {item.revision.exercise.code: item.dose for item in joined.added}
    assert (doses["a"].days_per_week, doses["b"].days_per_week) == (Span(3, 3), Span(2, 2))
    # Once a day is what the plan says, too: no need to say it again.
    assert doses["a"].times_per_day is None


def test_a_plan_without_a_frequency_does_not_get_one_behind_its_items(pat, clinic, lead):
    protocol = factories.protocol(lead, exercises=[factories.approved_exercise(clinic, "new")])
    blank = dict.fromkeys(
        ["times_per_day_min", "times_per_day_max", "days_per_week_min", "days_per_week_max"]
    )
    plan = factories.plan(pat, **blank)
    joined = add_protocol(plan=plan, protocol=protocol, by=pat)
    assert joined.plan.frequency == plan.frequency
    assert joined.added[0].dose.days_per_week == Span(7, 7)


def test_a_protocol_of_another_clinic_or_a_retired_one_is_refused(pat, lead):
    plan = factories.plan(pat, exercises=[])
    foreign = factories.protocol(factories.lead(factories.clinic()))
    with pytest.raises(ProtocolNotYours):
        add_protocol(plan=plan, protocol=foreign, by=pat)
    own = factories.protocol(lead)
    retire_protocol(protocol=own, by=lead)
    with pytest.raises(ProtocolRetired):
        start_plan(protocol=own, patient=plan.patient, by=pat)
    assert Plan.objects.count() == 1


def test_strangers_may_not(pat, clinic, lead):
    plan = factories.plan(pat)
    protocol = factories.protocol(lead)
    for stranger in (
        factories.therapist(clinic),
        factories.library_admin(clinic),
        factories.lead(factories.clinic()),
        factories.person(is_superuser=True),
    ):
        with pytest.raises(NotAllowed):
            add_protocol(plan=plan, protocol=protocol, by=stranger)
        with pytest.raises(NotAllowed):
            start_plan(protocol=protocol, patient=plan.patient, by=stranger)


def test_too_many_exercises_leave_the_plan_as_it_was(pat, clinic, lead, monkeypatch):
    plan = factories.plan(pat, goals="")
    protocol = factories.protocol(
        lead, goals="Walk", exercises=[factories.approved_exercise(clinic, "another")]
    )
    monkeypatch.setattr("plans.actions.items.MAX_ITEMS", 1)
    with pytest.raises(TooManyItems):
        add_protocol(plan=plan, protocol=protocol, by=pat)
    plan.refresh_from_db()
    assert (plan.items.count(), plan.goals) == (1, "")


def test_unsaved_changes_of_the_callers_row_are_not_written(pat, clinic, lead):
    plan = factories.plan(pat)
    save_plan(plan=plan, by=pat)
    plan.title = "Not saved"
    add_protocol(plan=plan, protocol=factories.protocol(lead), by=pat)
    plan.refresh_from_db()
    assert plan.title == "Back plan"


def test_queries_do_not_grow_with_exercises(pat, clinic, lead, django_assert_max_num_queries):
    revisions = [factories.approved_exercise(clinic, f"exercise-{number}") for number in range(8)]
    protocol = factories.protocol(lead, exercises=revisions)
    patient = factories.patient(pat)
    with django_assert_max_num_queries(28):
        start_plan(protocol=protocol, patient=patient, by=pat)


def test_names_are_in_the_language_or_in_english(clinic):
    texts = {
        "en": factories.exercise_text(name="Heel slide"),
        "es": factories.exercise_text(name="Deslizar"),
    }
    revision = factories.exercise("heel-slide", texts=texts)
    keys = [revision.exercise_id]
    here = {"clinics": [clinic.pk]}
    assert names_of(keys, **here, language="es")[keys[0]] == "Deslizar"
    assert names_of(keys, **here, language="ar")[keys[0]] == "Heel slide"


@pytest.mark.django_db(transaction=True)
def test_two_who_add_at_once_add_it_once(pat, clinic, lead):
    plan = factories.plan(pat, exercises=[])
    protocol = factories.protocol(lead, exercises=[factories.approved_exercise(clinic)])
    added, barrier = [], threading.Barrier(2)

    def click():
        try:
            barrier.wait()
            added.append(len(add_protocol(plan=plan, protocol=protocol, by=pat).added))
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert sorted(added) == [0, 1]
    assert plan.items.count() == 1


def test_a_therapy_that_the_library_has_retired_comes_to_no_plan(pat, clinic, lead):
    therapies = [factories.therapy(clinic), factories.therapy(clinic, "heat", "Heat is part of it.")]
    protocol = factories.protocol(lead, exercises=[factories.approved_exercise(clinic)], therapies=therapies)
    retire_advice(therapies[0])
    joined = start_plan(protocol=protocol, patient=factories.patient(pat), by=pat)
    assert list(joined.plan.therapies.all()) == therapies[1:]
    assert set(protocol.therapies.all()) == set(therapies)
