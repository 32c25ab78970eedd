"""Patients go to a colleague who treats in their clinic, all or none, with a note."""

import pytest

from plans.actions.drafts.save import save_draft_changes
from plans.actions.handing_over import ReceiverDoesNotTreat, hand_over, see_handover
from plans.models import AuditEvent, Handover
from plans.permissions import NotAllowed
from tests import factories


@pytest.fixture
def colleague(clinic):
    return factories.therapist(clinic)


def test_the_patients_are_the_colleagues_from_then_on(therapist, colleague):
    patients = [factories.patient(therapist), factories.patient(therapist)]
    hand_over(patients=patients, to=colleague, note="Knee first.", by=therapist)
    for patient in patients:
        patient.refresh_from_db()
        assert patient.therapist == colleague
    assert {(row.from_person, row.note) for row in Handover.objects.all()} == {(therapist, "Knee first.")}
    events = AuditEvent.objects.filter(verb="patient.handed_over")
    assert {(event.person, event.created_by) for event in events} == {(colleague, therapist)}
    assert "Knee" not in str(list(events.values()))


def test_nobody_is_handed_over_if_one_may_not_be(therapist, colleague):
    own, foreign = factories.patient(therapist), factories.patient(colleague)
    with pytest.raises(NotAllowed):
        hand_over(patients=[own, foreign], to=colleague, by=therapist)
    own.refresh_from_db()
    assert own.therapist == therapist
    assert not Handover.objects.exists()


@pytest.mark.parametrize("make", [factories.reviewer, lambda at: factories.therapist(factories.clinic())])
def test_only_who_treats_in_the_clinic_receives(therapist, clinic, make):
    with pytest.raises(ReceiverDoesNotTreat):
        hand_over(patients=[factories.patient(therapist)], to=make(clinic), by=therapist)


def test_whose_a_patient_is_already_gets_none_again(therapist, clinic):
    patient = factories.patient(therapist)
    assert hand_over(patients=[patient], to=therapist, by=factories.lead(clinic)) == []


def test_who_gave_the_patient_away_saves_no_draft_of_theirs_any_more(therapist, colleague):
    plan = factories.plan(therapist)
    hand_over(patients=[plan.patient], to=colleague, by=therapist)
    with pytest.raises(NotAllowed):
        save_draft_changes(plan=plan, changes=[], seen=0, reasons={}, by=therapist)


def test_the_receiver_alone_says_that_they_have_seen_it(therapist, colleague):
    handover = hand_over(patients=[factories.patient(therapist)], to=colleague, by=therapist)[0]
    with pytest.raises(NotAllowed):
        see_handover(handover=handover, by=therapist)
    first = see_handover(handover=handover, by=colleague).seen_at
    assert first is not None
    assert see_handover(handover=handover, by=colleague).seen_at == first
