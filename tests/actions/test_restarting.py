"""A stopped plan goes on as it was issued, unless something stops it."""

import pytest

from plans.actions.patients import save_patient
from plans.actions.pausing import StopStands
from plans.actions.plans import stop_plan
from plans.actions.restarting import NotStopped, restart_plan
from plans.models import AuditEvent, PatientSymptom
from plans.permissions import NotAllowed
from plans.queries.active_plans import is_followed
from tests import factories


@pytest.fixture
def stopped(therapist):
    return stop_plan(plan=factories.publication(therapist).plan, by=therapist)


def test_a_stopped_plan_is_followed_again(therapist, stopped):
    plan = restart_plan(plan=stopped, by=therapist)
    assert plan.stopped_on is None
    assert is_followed(plan)
    assert AuditEvent.objects.filter(verb="plan.restarted", object_id=str(plan.pk)).exists()


def test_what_was_not_stopped_is_not_resumed(therapist):
    with pytest.raises(NotStopped):
        restart_plan(plan=factories.publication(therapist).plan, by=therapist)
    with pytest.raises(NotStopped):
        restart_plan(plan=factories.plan(therapist), by=therapist)


def test_a_red_flag_of_meanwhile_keeps_it_stopped(therapist, stopped):
    flag = factories.symptom("saddle", red_flag="same_day")
    save_patient(patient=stopped.patient, symptoms=[PatientSymptom(symptom=flag)], by=therapist)
    with pytest.raises(StopStands):
        restart_plan(plan=stopped, by=therapist)
    stopped.refresh_from_db()
    assert stopped.stopped_on is not None


def test_others_resume_nothing(stopped, clinic):
    with pytest.raises(NotAllowed):
        restart_plan(plan=stopped, by=factories.therapist(clinic))
