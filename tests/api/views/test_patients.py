"""Patients over the API: what is written is what is read, and what is not said stays."""

from datetime import date

import pytest

from plans.actions.signs import retire_symptom
from plans.models import AuditEvent, Patient, Role
from tests import factories
from tests.api.conftest import Caller, ask_token


@pytest.fixture
def body(therapist):
    return {"name": "Robin", "birth_date": "1960-05-17", "therapist": str(therapist.pk)}


def test_what_was_written_is_read(api, body):
    factories.condition("sciatica")
    factories.symptom("low_back_pain")
    factories.movement("deep_knee_flexion")
    given = {
        **body,
        "record_number": "R-1",
        "sex": "female",
        "language": "es",
        "large_print": True,
        "diagnoses": "one\ntwo",
        "equipment": ["mat", "chair"],
        "pain_control_first": True,
        "figure_build": "heavy",
        "figure_skin": "dark",
        "phone": "555",
        "email": "a@example.org",
        "external_id": "pvs-7",
        "conditions": [
            {
                "condition": "sciatica",
                "side": "left",
                "recorded_as": ["M54.31"],
                "onset": "2026-01-02",
                "surgery_on": None,
                "operated": None,
                "due_on": None,
                "cleared_on": None,
                "cleared_by": "",
                "cleared_how": "",
            }
        ],
        "symptoms": [
            {
                "symptom": "low_back_pain",
                "noted_on": "2026-01-03",
                "cleared_on": "2026-01-04",
                "cleared_by": "Dr. A",
                "cleared_how": "seen",
            }
        ],
        "limits": [
            {
                "words": "Bend your knee",
                "movement": "deep_knee_flexion",
                "side": "left",
                "at_most": 90.0,
                "unit": "degrees",
                "said_by": "Dr. Lee",
                "said_on": "2026-01-05",
                "until": "2999-01-05",
                "cleared_on": None,
                "cleared_by": "",
                "cleared_how": "",
            },
            {
                "words": "No lifting",
                "movement": None,
                "side": None,
                "at_most": None,
                "unit": None,
                "said_by": "Dr. Lee",
                "said_on": "2026-01-06",
                "until": None,
                "cleared_on": "2026-01-07",
                "cleared_by": "Dr. Lee",
                "cleared_how": "seen",
            },
        ],
    }
    made = api.post("patients/", given)
    assert made.status_code == 201, made.content
    read = api.get(f"patients/{made.json()['id']}/").json()
    assert read == made.json()
    assert {name: read[name] for name in given} == given


def test_only_what_is_given_changes(api, therapist):
    patient = factories.patient(therapist, phone="1", has=("sciatica", "arthritis"))
    api.patch(f"patients/{patient.pk}/", {"email": "a@example.org"}, If_Match="*")
    patient.refresh_from_db()
    assert (patient.phone, patient.email, patient.conditions.count()) == ("1", "a@example.org", 2)


def test_a_list_of_conditions_replaces_the_one_there_is(api, therapist):
    patient = factories.patient(therapist, has=("sciatica", "arthritis"))
    factories.condition("scoliosis")
    kept = patient.conditions.get(condition__code="sciatica").pk
    given = [{"condition": "sciatica", "onset": "2026-01-01"}, {"condition": "scoliosis"}]
    answer = api.patch(f"patients/{patient.pk}/", {"conditions": given}, If_Match="*")
    assert answer.status_code == 200, answer.content
    assert set(patient.conditions.values_list("condition__code", flat=True)) == {"sciatica", "scoliosis"}
    assert str(patient.conditions.get(pk=kept).onset) == "2026-01-01"


def test_a_system_must_name_a_therapist_and_not_itself(api, body, clinic):
    without = {name: value for name, value in body.items() if name != "therapist"}
    factories.lead(clinic)
    answer = api.post("patients/", without)
    assert answer.json()["errors"][0]["code"] == "required"
    for wrong in (api.system.user, factories.reviewer(clinic), factories.therapist(factories.clinic())):
        answer = api.post("patients/", {**body, "therapist": str(wrong.pk)})
        assert answer.json()["errors"][0] == {
            "field": "therapist",
            "pointer": "/therapist",
            "code": "unknown",
            "detail": "Name a therapist of this clinic.",
        }


def test_the_only_one_who_treats_need_not_be_named(api, body, therapist):
    without = {name: value for name, value in body.items() if name != "therapist"}
    assert api.post("patients/", without).json()["therapist"] == str(therapist.pk)


def test_a_therapist_who_is_signed_in_gets_the_patient(person, therapist):
    answer = person(therapist).post("patients/", {"name": "A", "birth_date": "1960-05-17"})
    assert answer.json()["therapist"] == str(therapist.pk)


def test_a_lead_gives_a_patient_to_a_colleague(api, clinic, therapist):
    patient, other = factories.patient(therapist), factories.therapist(clinic)
    answer = api.patch(f"patients/{patient.pk}/", {"therapist": str(other.pk)}, If_Match="*")
    assert answer.json()["therapist"] == str(other.pk)


def test_a_patient_stays_with_its_clinic(api, therapist):
    patient, other = factories.patient(therapist), factories.clinic()
    answer = api.patch(f"patients/{patient.pk}/", {"clinic": str(other.pk)}, If_Match="*")
    assert answer.status_code == 400
    assert Patient.objects.get().clinic_id != other.pk


def test_every_system_has_its_own_external_ids(api, body, clinic, make_system):
    made = api.post("patients/", {**body, "external_id": "7"}).json()
    _, key = make_system(clinic)
    other = Caller(ask_token(key).json()["access_token"])
    assert other.get(f"patients/{made['id']}/").json()["external_id"] is None
    assert api.get("patients/?external_id=7").json()["results"][0]["id"] == made["id"]
    assert other.get("patients/?external_id=7").json()["results"] == []
    assert other.post("patients/", {**body, "external_id": "7"}).status_code == 201


def test_an_external_id_names_one_patient(api, body):
    first = api.post("patients/", {**body, "external_id": "7"}).json()
    answer = api.post("patients/", {**body, "external_id": "7"})
    assert (answer.status_code, answer.json()["code"]) == (409, "external_id_taken")
    assert Patient.objects.count() == 1
    same = api.patch(f"patients/{first['id']}/", {"external_id": "7"}, If_Match="*")
    assert same.status_code == 200
    gone = api.patch(f"patients/{first['id']}/", {"external_id": None}, If_Match="*")
    assert gone.json()["external_id"] is None
    assert api.post("patients/", {**body, "external_id": "7"}).status_code == 201


def test_people_have_no_external_ids(person, therapist):
    answer = person(therapist).post(
        "patients/", {"name": "A", "birth_date": "1960-05-17", "external_id": "7"}
    )
    assert answer.status_code == 400
    assert not Patient.objects.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=ann", {"Ann Ash"}),
        ("search=r-2", {"Bob Ash"}),
        ("record_number=R-2", {"Bob Ash"}),
        ("birth_date=1970-01-01", {"Bob Ash"}),
        ("condition=sciatica", {"Ann Ash"}),
        ("search=ash&ordering=-name", {"Ann Ash", "Bob Ash"}),
        ("search=nobody", set()),
    ],
)
def test_patients_are_found(api, therapist, query, found):
    factories.patient(therapist, name="Ann Ash", has=("sciatica",), record_number="R-1")
    factories.patient(therapist, name="Bob Ash", birth_date=date(1970, 1, 1), record_number="R-2")
    results = api.get(f"patients/?{query}").json()["results"]
    assert {one["name"] for one in results} == found


def test_pages_follow_each_other_while_rows_come(api, therapist):
    for name in "abcde":
        factories.patient(therapist, name=name)
    first = api.get("patients/?page_size=2").json()
    assert first["previous"] is None
    factories.patient(therapist, name="aa")
    names, page = [one["name"] for one in first["results"]], first
    while page["next"]:
        page = api.get(page["next"].removeprefix("http://testserver")).json()
        names += [one["name"] for one in page["results"]]
    assert names == list("abcde")


def test_a_cursor_fits_only_the_list_it_was_made_for(api, therapist):
    for name in "abc":
        factories.patient(therapist, name=name)
    cursor = api.get("patients/?page_size=1").json()["next"].partition("cursor=")[2].partition("&")[0]
    assert api.get(f"patients/?page_size=1&cursor={cursor}").status_code == 200
    assert api.get(f"patients/?ordering=birth_date&cursor={cursor}").status_code == 400
    assert api.get(f"plans/?cursor={cursor}").status_code == 400


def test_reading_is_recorded(api, therapist):
    patient = factories.patient(therapist)
    api.get(f"patients/{patient.pk}/")
    api.get("patients/")
    viewed = AuditEvent.objects.get(verb="patient.viewed")
    assert (viewed.created_by, viewed.patient_id) == (api.system.user, patient.pk)
    listed = AuditEvent.objects.get(verb="patient.listed")
    assert (listed.clinic, listed.detail) == (patient.clinic, {"count": 1})


def test_the_audit_of_a_patient_names_who_did_what(api, therapist):
    patient = factories.patient(therapist)
    api.get(f"patients/{patient.pk}/")
    told = api.get(f"patients/{patient.pk}/audit/").json()["results"]
    verbs = {one["verb"]: one["by"] for one in told}
    assert verbs["patient.made"] == str(therapist)
    assert verbs["patient.viewed"] == api.system.name
    assert verbs["audit.viewed"] == api.system.name


def test_a_person_of_two_clinics_says_in_which(clinic, person):
    both = factories.therapist(clinic)
    other = factories.clinic()
    from plans.actions.clinics import give_role

    give_role(person=both, clinic=other, role=Role.THERAPIST, by=None)
    body = {"name": "A", "birth_date": "1960-05-17"}
    answer = person(both).post("patients/", body)
    assert answer.json()["errors"][0]["field"] == "clinic"
    assert person(both).post("patients/", {**body, "clinic": str(other.pk)}).status_code == 201


def sides(patient):
    return sorted(patient.conditions.values_list("side", "onset"))


def test_a_condition_stands_once_on_each_side(api, therapist):
    patient = factories.patient(therapist, has=("sciatica",))
    kept = patient.conditions.get().pk
    both = [
        {"condition": "sciatica", "side": "left", "onset": "2026-01-01"},
        {"condition": "sciatica", "side": "right", "onset": "2026-02-01"},
    ]
    answer = api.patch(f"patients/{patient.pk}/", {"conditions": both}, If_Match="*")
    assert [one["side"] for one in answer.json()["conditions"]] == ["left", "right"]
    assert sides(patient) == [("left", date(2026, 1, 1)), ("right", date(2026, 2, 1))]
    assert patient.conditions.get(side="left").pk == kept
    again = api.patch(f"patients/{patient.pk}/", {"conditions": [both[1], both[1]]}, If_Match="*")
    assert again.json()["errors"][0]["code"] == "given_twice"
    one = [{"condition": "sciatica", "side": "right"}]
    assert api.patch(f"patients/{patient.pk}/", {"conditions": one}, If_Match="*").status_code == 200
    assert sides(patient) == [("right", None)]


def test_a_side_stays_for_a_system_that_knows_none(api, therapist):
    patient = factories.patient(therapist, has=("sciatica",))
    patient.conditions.update(side="left")
    one = [{"condition": "sciatica", "onset": "2026-01-01"}]
    assert api.patch(f"patients/{patient.pk}/", {"conditions": one}, If_Match="*").status_code == 200
    assert sides(patient) == [("left", date(2026, 1, 1))]
    one[0]["side"] = None
    assert api.patch(f"patients/{patient.pk}/", {"conditions": one}, If_Match="*").status_code == 200
    assert sides(patient) == [("", date(2026, 1, 1))]
    one[0]["side"] = "front"
    wrong = api.patch(f"patients/{patient.pk}/", {"conditions": one}, If_Match="*")
    assert wrong.json()["errors"][0]["field"] == "conditions[0].side"


def test_a_new_patient_speaks_the_language_of_the_clinic(api, clinic, body):
    type(clinic).objects.filter(pk=clinic.pk).update(locale="es-MX")
    assert api.post("patients/", body).json()["language"] == "es"
    assert api.post("patients/", {**body, "language": "en"}).json()["language"] == "en"


def test_build_and_skin_of_the_pictures_are_a_choice_that_can_be_taken_back(api, body):
    made = api.post("patients/", {**body, "figure_skin": "light"}).json()
    assert (made["figure_build"], made["figure_skin"]) == (None, "light")

    address = f"patients/{made['id']}/"
    etag = api.get(address)["ETag"]
    changed = api.patch(address, {"figure_skin": None}, If_Match=etag).json()

    assert changed["figure_skin"] is None
    assert api.post("patients/", {**body, "figure_build": "fat"}).status_code == 400


def test_whether_somebody_was_operated_stays_until_a_day_says_it(api, therapist):
    patient = factories.patient(therapist, has=("sciatica",))

    def told(**facts):
        one = {"condition": "sciatica", **facts}
        answer = api.patch(f"patients/{patient.pk}/", {"conditions": [one]}, If_Match="*")
        assert answer.status_code == 200, answer.content
        return answer.json()["conditions"][0]["operated"]

    assert told(operated="no") == "no"
    assert told() == "no"
    assert told(operated=None) is None
    assert told(operated="day_unknown") == "day_unknown"
    assert told(surgery_on="2026-01-02") is None


def test_a_retired_symptom_stays_where_it_is_recorded_and_is_recorded_of_nobody_anew(api, body):
    symptom = factories.symptom("low_back_pain")
    symptoms = [{"symptom": "low_back_pain"}]
    path = f"patients/{api.post('patients/', {**body, 'symptoms': symptoms}).json()['id']}/"
    retire_symptom(symptom)

    kept = api.patch(path, {"symptoms": symptoms, "phone": "555"}, If_Match="*")
    assert (kept.status_code, kept.json()["symptoms"][0]["symptom"]) == (200, "low_back_pain")
    answer = api.post("patients/", {**body, "symptoms": symptoms})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "unknown_code"
