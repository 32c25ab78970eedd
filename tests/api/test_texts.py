"""Text that no handout could print is refused with the field's name, and nothing is written."""

import json

import pytest

from plans.models import Patient, Plan, Protocol
from tests import factories


@pytest.fixture
def body(therapist):
    return {"name": "Robin", "birth_date": "1960-05-17", "therapist": str(therapist.pk)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Back \u202eplan", "invisible_character"),
        ("Back\x0bplan", "invisible_character"),
        ("Back \u0301plan", "loose_mark"),
        ("Back \U0001f600 plan", "unprintable"),
        ("\u200b", "looks_blank"),
    ],
)
def test_the_field_is_named(api, therapist, text, code):
    patient = factories.patient(therapist)
    answer = api.post("plans/", {"patient": str(patient.pk), "title": text})
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert answer.json()["errors"][0]["pointer"] == "/title"
    assert answer.json()["detail"].startswith("Title: ")
    assert not Plan.objects.exists()


def test_a_change_is_held_to_the_same(api, therapist):
    plan = factories.plan(therapist)
    answer = api.patch(f"plans/{plan.pk}/", {"note": "a\u2066b"}, If_Match="*")
    assert (answer.status_code, answer.json()["code"]) == (400, "invisible_character")
    plan.refresh_from_db()
    assert plan.note == ""


def test_a_lone_surrogate_is_an_error_of_its_field(api, body):
    answer = api.call("post", "patients/", None, **{"Content-Type": "application/json"})
    assert answer.status_code == 400
    sent = json.dumps({**body, "name": "a\ud800"})
    answer = api.client.post("/api/v1/patients/", sent, content_type="application/json", headers=api.headers)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/name"


def test_a_name_in_another_script_is_kept_with_its_printed_form(api, body):
    name = "அருண்"
    answer = api.post("patients/", {**body, "name": name})
    assert (answer.status_code, answer.json()["code"]) == (400, "printed_name_missing")
    assert answer.json()["errors"][0]["pointer"] == "/printed_name"
    assert not Patient.objects.exists()

    made = api.post("patients/", {**body, "name": name, "printed_name": "Arun"})
    assert made.status_code == 201, made.content
    assert (made.json()["name"], made.json()["printed_name"]) == (name, "Arun")


def test_lines_and_letters_are_kept_in_one_form(api, therapist):
    patient = factories.patient(therapist)
    made = api.post(
        "plans/", {"patient": str(patient.pk), "title": "Re\u0301sume\u0301", "note": "one\u2028two\r\n3"}
    )
    assert (made.json()["title"], made.json()["note"]) == ("R\u00e9sum\u00e9", "one\ntwo\n3")


def test_a_protocol_and_its_items_are_held_to_the_same(api, clinic):
    factories.approved_exercise(clinic)
    item = {"exercise_code": "heel-slide", "note": "a\u202eb"}
    answer = api.post("protocols/", {"clinic": str(clinic.pk), "title": "Legs", "items": [item]})
    assert (answer.status_code, answer.json()["code"]) == (400, "invisible_character")
    assert answer.json()["detail"].startswith("Own note of heel-slide: ")
    assert not Protocol.objects.exists()


def test_what_cannot_be_printed_is_told_before_publishing(api, therapist):
    plan = factories.plan(therapist)
    Plan.objects.update(title="Back \u2713")
    answer = api.post(f"plans/{plan.pk}/publish/", {}, If_Match="*")
    assert (answer.status_code, answer.json()["code"]) == (400, "unprintable")
