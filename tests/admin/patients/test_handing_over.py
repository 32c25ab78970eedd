"""Handing over at the desk: one or many, with a note, and the receiver's first page."""

import pytest
from django.urls import reverse

from plans.models import Handover
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of

HAND = reverse("admin:plans_patient_hand_over")
HOME = reverse("admin:index")


@pytest.fixture
def colleague(clinic):
    return factories.therapist(clinic, first_name="Kim")


def test_many_are_chosen_in_the_list_and_the_receiver_sees_the_note(desk, therapist, colleague):
    patients = [factories.patient(therapist, name=name) for name in ("Ada One", "Ben Two")]
    ids = [str(patient.pk) for patient in patients]
    chosen = {"action": "hand_over_chosen", "_selected_action": ids}
    asked = text_of(desk.post(reverse("admin:plans_patient_changelist"), chosen))
    assert "Hand 2 patients over to a colleague" in asked
    sent = {"patient": ids, "to": str(colleague.pk), "note": "Both on Tuesdays."}
    assert "2 patients are handed over." in text_of(desk.post(HAND, sent, follow=True))
    theirs = signed_in(colleague)
    said = text_of(theirs.get(HOME))
    assert "Handed over to you" in said
    assert said.count("Both on Tuesdays.") == 2
    for handover in Handover.objects.all():
        theirs.post(reverse("admin:plans_patient_handover_seen", args=[handover.pk]))
    assert "Handed over to you" not in text_of(theirs.get(HOME))
    page = reverse("admin:plans_patient_change", args=[patients[0].pk])
    assert "Both on Tuesdays." in text_of(theirs.get(page))
    assert desk.get(page).status_code != 200


def test_without_a_receiver_the_note_stays_and_nothing_is_done(desk, therapist, colleague):
    patient = factories.patient(therapist)
    said = text_of(desk.post(HAND, {"patient": [str(patient.pk)], "note": "Look at the knee."}))
    assert "Choose whom to hand over to." in said
    assert "Look at the knee." in said
    assert not Handover.objects.exists()


def test_one_who_went_to_another_meanwhile_is_absent(desk, therapist, colleague):
    patient = factories.patient(colleague)
    assert desk.get(f"{HAND}?patient={patient.pk}").status_code == 404
