"""Limits on the patient's page: entered as a row, then only cleared."""

from datetime import timedelta

import pytest
from django.urls import reverse

from plans.models import PatientLimit
from tests import factories
from tests.admin.forms import errors_of, posted, rows, text_of


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist)


def page(patient):
    return reverse("admin:plans_patient_change", args=[patient.pk])


def limit_row(patient, **fields):
    said = {"words": "Do not kneel", "said_by": "Dr Ana Lee", "said_on": str(patient.clinic.today())}
    return said | fields


def send(desk, patient, **fields):
    data = posted(desk.get(page(patient)), "patient_form", **rows("limits", limit_row(patient, **fields)))
    return desk.post(page(patient), data)


def test_it_is_entered_and_told_at_the_top(desk, patient):
    kneeling = factories.movement("kneeling", name="Kneeling")
    until = patient.clinic.today() + timedelta(days=20)
    answer = send(
        desk, patient, movement=str(kneeling.pk), side="left", at_most="90", unit="degrees", until=str(until)
    )
    assert answer.status_code == 302, errors_of(answer)
    row = patient.limits.get()
    assert (row.movement, row.side, row.at_most, row.until) == (kneeling, "left", 90, until)
    shown = text_of(desk.get(page(patient)))
    assert "Limit: Do not kneel, at most 90 degrees, left" in shown
    assert "set by Dr Ana Lee today" in shown


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"words": "."}, "Say it in words that the patient reads"),
        ({"at_most": "3"}, "Are these degrees or kilograms?"),
        ({"unit": "kilograms"}, "How many kilograms?"),
        ({"until": "2020-01-01"}, "A limit cannot end before it was set."),
        ({"said_on": "2999-01-01"}, "The day of a limit cannot be in the future."),
        ({"cleared_by": "Dr A"}, "When was it cleared?"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(desk, patient, fields, words):
    assert words in " ".join(errors_of(send(desk, patient, **fields)))
    assert not PatientLimit.objects.exists()


def test_on_record_it_is_only_cleared(desk, patient):
    factories.limit(patient)
    today = str(patient.clinic.today())
    changed = posted(desk.get(page(patient)), "patient_form", **{"limits-0-words": "Kneel"})
    desk.post(page(patient), changed)
    assert patient.limits.get().words == "Do not kneel."
    cleared = {"limits-0-cleared_on": today, "limits-0-cleared_by": "Dr Bo Ray"}
    cleared["limits-0-cleared_how"] = "seen"
    answer = desk.post(page(patient), posted(desk.get(page(patient)), "patient_form", **cleared))
    assert answer.status_code == 302, errors_of(answer)
    assert patient.limits.get().cleared_by == "Dr Bo Ray"
    assert "cleared by Dr Bo Ray: seen" in text_of(desk.get(page(patient)))


def test_one_that_holds_does_not_go_by_removing_its_row(desk, patient):
    factories.limit(patient)
    removing = posted(desk.get(page(patient)), "patient_form", **{"limits-0-DELETE": "on"})
    assert "A limit that holds is not removed." in text_of(desk.post(page(patient), removing))
    assert patient.limits.exists()


def test_one_that_is_over_keeps_no_other_change_from_being_saved(desk, patient):
    factories.limit(patient)
    past = patient.clinic.today() - timedelta(days=3)
    PatientLimit.objects.update(said_on=past, until=past)
    answer = desk.post(page(patient), posted(desk.get(page(patient)), "patient_form", phone="555"))
    assert answer.status_code == 302, errors_of(answer)
    patient.refresh_from_db()
    assert patient.phone == "555"
