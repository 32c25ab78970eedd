"""What stops a plan stops it at once: facts that are saved, the pause, and the way back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from plans.actions import exercises, patients, pausing, reviewing, systems
from plans.actions import plans as plan_actions
from plans.actions import reasons as reasons_given
from plans.actions.webhooks.collect_events import collect
from plans.actions.webhooks.endpoints import make_webhook
from plans.contraindications import UnknownCode
from plans.libraryfiles import Level
from plans.models import (
    Approval,
    AuditEvent,
    PatientCondition,
    PatientSymptom,
    Pause,
    PauseCause,
    Publication,
    Review,
    Role,
    WebhookDelivery,
    WebhookEvent,
)
from plans.permissions import NotAllowed
from plans.queries.alerts import alerts_of
from plans.queries.checks import check_plan
from plans.queries.pauses import open_pause
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def live(pat):
    """A version that a patient follows."""
    return factories.publication(pat)


@pytest.fixture
def ward(clinic):
    """The user of a system that leads the clinic."""
    return systems.make_system(clinic=clinic, name="Ward", role=Role.LEAD, by=None).user


def flag(code="saddle_numbness", red_flag="emergency", **fields):
    return PatientSymptom(symptom=factories.symptom(code, red_flag=red_flag), **fields)


def note(patient, *symptoms, by):
    patients.save_patient(patient=patient, symptoms=symptoms, by=by)
    return symptoms[0]


def clear(row, by):
    row.cleared_on, row.cleared_by, row.cleared_how = TODAY, "Dr Ada Sample", "seen in clinic"
    patients.save_patient(patient=row.patient, symptoms=[row], by=by)


def cannot_check(publication, **kwargs):
    raise UnknownCode(where="Rule x", kind="movement", code="y")


def alerts(person):
    return [(alert.plan, alert.stops, alert.unanswered) for alert in alerts_of(person_plans(person))]


def person_plans(person):
    from plans import permissions

    return permissions.plans_of(person)


# --- Saved facts act in the same request ------------------------------------------------------------------


def test_a_red_flag_is_said_of_the_live_plan_as_soon_as_it_is_saved(live, pat):
    note(live.plan.patient, flag(), by=pat)
    assert alerts(pat) == [(live.plan, 1, 0)]
    assert Review.objects.get().appeared[0].startswith("red_flag_emergency ")


@pytest.mark.parametrize(
    "fact",
    [
        lambda: {
            "conditions": [
                PatientCondition(condition=factories.condition("spinal_tumour", treat_cause_first=True))
            ]
        },
        lambda: {"symptoms": [flag("fever", red_flag="same_day")]},
    ],
)
def test_every_fact_that_stops_is_said(live, pat, fact):
    patients.save_patient(patient=live.plan.patient, by=pat, **fact())
    assert alerts(pat) == [(live.plan, 1, 0)]


def test_a_condition_that_a_rule_avoids_asks_for_a_reason_and_is_answered_by_name(live, pat, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    new = PatientCondition(condition=factories.condition("sciatica"))
    patients.save_patient(patient=live.plan.patient, conditions=[new], by=pat)
    assert alerts(pat) == [(live.plan, 0, 1)]
    with pytest.raises(reviewing.NotAnswered):
        reviewing.close_review(review=Review.objects.get(), by=pat)
    (asked,) = [
        line.split()[1] for line in Review.objects.get().appeared if line.startswith("condition_rule")
    ]
    reasons_given.give_reasons(
        plan=live.plan, reasons={asked: "Tried today without pain."}, by=pat, strict=True
    )
    assert alerts(pat) == []
    assert Review.objects.get().closed_by == pat


def test_a_finding_of_the_version_alone_can_be_answered(live, pat, clinic):
    """The draft has lost the exercise; the patient still follows it."""
    plan_actions.save_plan(plan=live.plan, removed=[live.plan.items.get().pk], by=pat)
    factories.approved_rule(clinic, level=Level.AVOID)
    new = PatientCondition(condition=factories.condition("sciatica"))
    patients.save_patient(patient=live.plan.patient, conditions=[new], by=pat)
    (asked,) = [
        line.split()[1] for line in Review.objects.get().appeared if line.startswith("condition_rule")
    ]
    reasons_given.give_reasons(
        plan=live.plan, reasons={asked: "Tried today without pain."}, by=pat, strict=True
    )
    assert alerts(pat) == []


def test_a_date_that_is_saved_acts_too(pat, clinic):
    factories.approved_rule(clinic, level=Level.AVOID, anchor="onset", from_day=0, to_day=42)
    of = factories.patient(pat, has=[])
    row = PatientCondition(condition=factories.condition("sciatica"), onset=TODAY - timedelta(days=300))
    patients.save_patient(patient=of, conditions=[row], by=pat)
    plan = factories.publication(pat, of_plan=factories.plan(pat, of=of)).plan
    assert alerts(pat) == []
    row.onset = TODAY
    patients.save_patient(patient=of, conditions=[row], by=pat)
    assert alerts(pat) == [(plan, 0, 1)]


def test_a_fact_that_is_cleared_ends_the_alert(live, pat):
    row = note(live.plan.patient, flag(), by=pat)
    clear(row, pat)
    assert alerts(pat) == []


def test_neither_a_stop_nor_a_look_at_it_hides_it_from_the_home_page(live, pat):
    note(live.plan.patient, flag(), by=pat)
    with pytest.raises(reviewing.NotAnswered):
        reviewing.close_review(review=Review.objects.get(), by=pat)
    assert alerts(pat) == [(live.plan, 1, 0)]


def test_what_was_looked_at_while_paused_is_said_again_if_it_comes_back(live, pat):
    row = note(live.plan.patient, flag(), by=pat)
    pausing.pause_plan(plan=live.plan, by=pat)
    reviewing.close_review(review=Review.objects.get(), by=pat)
    clear(row, pat)
    pausing.resume_plan(plan=live.plan, by=pat)
    note(live.plan.patient, flag(), by=pat)
    assert alerts(pat) == [(live.plan, 1, 0)]


def test_a_plan_that_cannot_be_checked_keeps_no_red_flag_from_being_saved(live, pat, monkeypatch):
    monkeypatch.setattr(reviewing, "check_publication", cannot_check)
    note(live.plan.patient, flag(), by=pat)
    assert PatientSymptom.objects.count() == 1
    (alert,) = alerts_of(person_plans(pat))
    assert (alert.plan, alert.unchecked) == (live.plan, True)


def test_what_was_found_stays_when_the_next_check_fails_and_ends_with_one_that_does_not(
    live, pat, monkeypatch
):
    row = note(live.plan.patient, flag(), by=pat)
    with monkeypatch.context() as broken:
        broken.setattr(reviewing, "check_publication", cannot_check)
        patients.save_patient(patient=live.plan.patient, by=pat)
    (alert,) = alerts_of(person_plans(pat))
    assert (alert.stops, alert.unchecked) == (1, True)
    clear(row, pat)
    assert alerts_of(person_plans(pat)) == []


def test_somebody_who_looked_at_what_could_not_be_checked_is_asked_again_when_it_fails_again(
    live, pat, monkeypatch
):
    monkeypatch.setattr(reviewing, "check_publication", cannot_check)
    patients.save_patient(patient=live.plan.patient, by=pat)
    reviewing.close_review(review=Review.objects.get(), by=pat)
    assert alerts_of(person_plans(pat)) == []
    note(live.plan.patient, flag(), by=pat)
    assert alerts_of(person_plans(pat))[0].unchecked


def test_an_emergency_of_a_system_pauses_also_what_cannot_be_checked(live, ward, monkeypatch):
    monkeypatch.setattr(reviewing, "check_publication", cannot_check)
    note(live.plan.patient, flag(), by=ward)
    assert Pause.objects.get().plan == live.plan


def test_a_new_version_answers_what_was_said_of_the_one_before(live, pat, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    new = PatientCondition(condition=factories.condition("sciatica"))
    patients.save_patient(patient=live.plan.patient, conditions=[new], by=pat)
    (asked,) = [
        line.split()[1] for line in Review.objects.get().appeared if line.startswith("condition_rule")
    ]
    factories.publication(pat, of_plan=live.plan, reasons={asked: "Tried today without pain."})
    assert not Review.objects.filter(closed_at=None).exists()


def test_saving_a_patient_without_a_live_plan_costs_no_check(pat, django_assert_max_num_queries):
    of = factories.patient(pat)
    with django_assert_max_num_queries(11):
        patients.save_patient(patient=of, by=pat)


# --- An issued version has its own words ---------------------------------------------------------------------


def read_in(language, patient, by):
    patient.language = language
    patients.save_patient(patient=patient, by=by)


def test_a_plan_in_use_is_judged_in_its_own_language(live, pat):
    """What the patient holds stays English; that Spanish has no text yet is of the next issue alone."""
    pausing.pause_plan(plan=live.plan, by=pat)
    read_in("es", live.plan.patient, pat)
    assert not Review.objects.exists()
    assert {finding.code for finding in check_plan(live.plan).stops} == {"language_not_ready", "text_missing"}
    pausing.resume_plan(plan=live.plan, by=pat)
    assert alerts(pat) == []


@pytest.mark.parametrize("of_words", ["wording", "text"])
def test_words_that_are_taken_back_are_listed_and_stop_no_plan_in_use(live, pat, of_words):
    rows = (
        Approval.objects.exclude(wording="") if of_words == "wording" else Approval.objects.exclude(text=None)
    )
    assert rows.update(withdrawn_at=timezone.now(), withdrawn_by=pat)
    reviewing.review(publication=live)
    assert len(Review.objects.get().appeared) == 1
    assert alerts(pat) == []
    pausing.pause_plan(plan=live.plan, by=pat)
    pausing.resume_plan(plan=live.plan, by=pat)
    reviewing.close_review(review=Review.objects.get(), by=pat)


def test_a_rule_without_a_sentence_in_the_language_asks_for_its_reason_alone(live, pat, clinic):
    factories.approved_rule(clinic, level=Level.AVOID, sentences={})
    new = PatientCondition(condition=factories.condition("sciatica"))
    patients.save_patient(patient=live.plan.patient, conditions=[new], by=pat)
    assert alerts(pat) == [(live.plan, 0, 1)]
    assert "sentence_missing" in {finding.code for finding in check_plan(live.plan).stops}


def test_an_exercise_that_is_recalled_still_stops_a_plan_in_use(live, pat, clinic):
    exercise = live.plan.items.get().revision.exercise
    exercises.recall_exercise(exercise=exercise, clinic=clinic, by=factories.reviewer(clinic))
    reviewing.review(publication=live)
    assert alerts(pat) == [(live.plan, 1, 0)]
    pausing.pause_plan(plan=live.plan, by=pat)
    with pytest.raises(pausing.StopStands) as refused:
        pausing.resume_plan(plan=live.plan, by=pat)
    assert [finding.code for finding in refused.value.findings] == ["revision_not_approved"]


def test_an_exercise_that_is_retired_still_asks_for_a_reason(live, pat):
    exercise = live.plan.items.get().revision.exercise
    exercises.retire_exercise(exercise=exercise, by=None)
    reviewing.review(publication=live)
    assert alerts(pat) == [(live.plan, 0, 1)]


def test_how_often_the_draft_says_is_nothing_of_the_version_in_use(pat):
    half = factories.publication(
        pat, of_plan=factories.plan(pat, days_per_week_min=None, days_per_week_max=None)
    )
    half.plan.days_per_week_min = half.plan.days_per_week_max = 7
    plan_actions.save_plan(plan=half.plan, by=pat)
    assert reviewing.review(publication=Publication.objects.get()) is None


# --- Pause and resume ---------------------------------------------------------------------------------------


def test_a_paused_plan_is_recorded_by_name_and_paused_once(live, pat):
    pausing.pause_plan(plan=live.plan, by=pat)
    pausing.pause_plan(plan=live.plan, by=pat)
    pause = Pause.objects.get()
    assert (pause.plan, pause.cause, pause.paused_by) == (live.plan, PauseCause.BY_HAND, pat)
    assert AuditEvent.objects.filter(verb="plan.paused", created_by=pat).count() == 1


def test_resuming_asks_for_the_clearance(live, pat):
    row = note(live.plan.patient, flag(), by=pat)
    pausing.pause_plan(plan=live.plan, by=pat)
    with pytest.raises(pausing.StopStands) as refused:
        pausing.resume_plan(plan=live.plan, by=pat)
    assert [finding.code for finding in refused.value.findings] == ["red_flag_emergency"]
    assert open_pause(live.plan)
    clear(row, pat)
    pausing.resume_plan(plan=live.plan, by=pat)
    assert open_pause(live.plan) is None
    assert Pause.objects.get().resumed_by == pat
    assert AuditEvent.objects.filter(verb="plan.resumed", created_by=pat).count() == 1


def test_a_plan_that_goes_on_stays_as_it_is(live, pat):
    pausing.resume_plan(plan=live.plan, by=pat)
    assert not AuditEvent.objects.filter(verb="plan.resumed").exists()


def test_a_reason_that_is_missing_is_said_when_the_plan_goes_on(live, pat, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    pausing.pause_plan(plan=live.plan, by=pat)
    new = PatientCondition(condition=factories.condition("sciatica"))
    patients.save_patient(patient=live.plan.patient, conditions=[new], by=pat)
    reviewing.close_review(review=Review.objects.get(), by=pat)
    pausing.resume_plan(plan=live.plan, by=pat)
    assert alerts(pat) == [(live.plan, 0, 1)]


def test_a_draft_and_a_stopped_plan_are_followed_by_nobody(live, pat):
    with pytest.raises(pausing.PlanNotLive):
        pausing.pause_plan(plan=factories.plan(pat), by=pat)
    plan_actions.stop_plan(plan=live.plan, by=pat)
    for act in (pausing.pause_plan, pausing.resume_plan):
        with pytest.raises(pausing.PlanNotLive):
            act(plan=live.plan, by=pat)


def test_only_who_cares_for_the_patient_pauses_and_resumes(live, pat, clinic):
    stranger = factories.therapist(clinic)
    for act in (pausing.pause_plan, pausing.resume_plan):
        with pytest.raises(NotAllowed):
            act(plan=live.plan, by=stranger)


def test_a_new_version_of_a_paused_plan_stays_paused(live, pat):
    pausing.pause_plan(plan=live.plan, by=pat)
    live.plan.note = "Slower."
    plan_actions.save_plan(plan=live.plan, by=pat)
    factories.publication(pat, of_plan=live.plan)
    assert open_pause(live.plan)


# --- A system behind which nobody may look -----------------------------------------------------------------------


def test_an_emergency_that_a_system_notes_pauses_at_once(live, pat, ward):
    other = factories.publication(pat, of_plan=factories.plan(pat, of=live.plan.patient))
    draft = factories.plan(pat, of=live.plan.patient)
    note(live.plan.patient, flag(), by=ward)
    assert {pause.plan for pause in Pause.objects.all()} == {live.plan, other.plan}
    assert {pause.cause for pause in Pause.objects.all()} == {PauseCause.EMERGENCY}
    assert open_pause(draft) is None
    assert [alert.pause is not None for alert in alerts_of(person_plans(pat))] == [True, True]


def test_what_is_no_emergency_or_noted_by_a_person_pauses_nothing_by_itself(live, pat, ward):
    note(live.plan.patient, flag("fever", red_flag="same_day"), by=ward)
    note(live.plan.patient, flag(), by=pat)
    patients.save_patient(patient=live.plan.patient, by=ward)
    assert not Pause.objects.exists()


def test_a_system_that_sends_a_standing_emergency_again_pauses_what_goes_on(live, pat, ward):
    row = note(live.plan.patient, flag(), by=pat)
    patients.save_patient(patient=row.patient, symptoms=[row], by=ward)
    assert Pause.objects.get().cause == PauseCause.EMERGENCY


def test_an_emergency_that_was_cleared_and_answered_pauses_nothing_when_it_is_sent_as_it_is(live, pat, ward):
    row = note(live.plan.patient, flag(), by=ward)
    clear(row, pat)
    pausing.resume_plan(plan=live.plan, by=pat)
    patients.save_patient(patient=row.patient, symptoms=[row], by=ward)
    assert open_pause(live.plan) is None


def test_webhooks_hear_of_pause_and_resumption(live, pat, clinic, broker):
    make_webhook(
        clinic=clinic,
        url="https://example.org/hook",
        events=[WebhookEvent.PLAN_PAUSED, WebhookEvent.PLAN_RESUMED],
        by=factories.lead(clinic),
    )
    pausing.pause_plan(plan=live.plan, by=pat)
    pausing.resume_plan(plan=live.plan, by=pat)
    collect()
    told = list(WebhookDelivery.objects.order_by("event").values_list("event__type", flat=True))
    assert told == ["plan.paused", "plan.resumed"]
    assert str(live.plan.pk) in WebhookDelivery.objects.first().event.body


# --- What the database holds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({}, "pause_one_open_per_plan"),
        ({"resumed_at": timezone.now() + timedelta(days=1)}, "pause_resumed_by_someone"),
        ({"resumed_at": timezone.now() - timedelta(days=9), "resumed": True}, "pause_ends_after_it_began"),
    ],
)
def test_the_database_holds_a_pause_together(live, pat, wrong, constraint):
    Pause.objects.create(plan=live.plan, cause=PauseCause.BY_HAND, paused_by=pat)
    by = pat if wrong.pop("resumed", False) else None
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        Pause.objects.create(plan=live.plan, cause=PauseCause.BY_HAND, paused_by=pat, resumed_by=by, **wrong)
    assert constraint in str(broken.value) or "plan_id" in str(broken.value)
