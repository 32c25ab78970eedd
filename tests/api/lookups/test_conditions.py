"""ICD-10 codes wherever a condition's code is taken, and free words that name a condition."""

import pytest

from plans.models import Patient
from tests import factories

DISC, NERVE = "disc_herniation", "radiculopathy"


@pytest.fixture(autouse=True)
def library(db):
    factories.condition(
        DISC, name="Herniated disc", also=["slipped disc"], icd10=["M51.26", "M51.16"], dates=["onset"]
    )
    factories.condition(NERVE, name="Pinched nerve", icd10=["M54.16", "M51.16"])
    factories.condition("sciatica", name="Sciatica", also=["ciática"], icd10=["M54.31", "M54.32"])
    factories.condition("osteoporosis", name="Osteoporosis", icd10=["M81.0"])


@pytest.fixture
def patient(api, therapist):
    def add(*conditions, **fields):
        body = {"name": "Robin", "birth_date": "1960-05-17", "therapist": str(therapist.pk), **fields}
        return api.post("patients/", {**body, "conditions": list(conditions)})

    return add


def told(answer):
    return {one["condition"]: (one["recorded_as"], one["onset"]) for one in answer.json()["conditions"]}


@pytest.mark.parametrize("code", ["M81.0", "m810", "M81", "M81.08"])
def test_an_icd10_code_records_its_condition(patient, code):
    made = patient({"condition": code})
    assert made.status_code == 201, made.content
    assert list(told(made)) == ["osteoporosis"]


def test_a_code_that_stands_for_several_conditions_records_all_and_says_so(patient, api):
    made = patient({"condition": "M51.16", "onset": "2026-01-02"})
    assert told(made) == {
        DISC: (["M51.16"], "2026-01-02"),
        NERVE: (["M51.16"], "2026-01-02"),
    }
    plan = api.post("plans/", {"patient": made.json()["id"], "title": "Back", "items": []})
    found = api.get(f"plans/{plan.json()['id']}/findings/").json()["findings"]
    (several,) = [one for one in found if one["code"] == "code_means_several"]
    assert (
        several["message"]
        == "M51.16 stands for Herniated disc and Pinched nerve: the rules of all of them were applied."
    )


def test_codes_of_one_condition_are_recorded_together(patient):
    made = patient({"condition": "M54.31", "onset": "2026-01-02"}, {"condition": "M54.32"})
    assert told(made) == {"sciatica": (["M54.31", "M54.32"], "2026-01-02")}


@pytest.mark.parametrize(
    ("conditions", "place", "code", "words"),
    [
        ([{"condition": "M17.9"}], "/conditions/0", "unknown_code", "has the ICD-10 code 'M17.9'"),
        ([{"condition": "gout"}], "/conditions/0", "unknown_code", "The library has no 'gout'"),
        ([{"condition": "M81.0"}, {"condition": "m810"}], "/conditions/1", "given_twice", "given twice"),
        (
            [{"condition": DISC, "onset": "2026-01-02"}, {"condition": "M51.16", "onset": "2026-01-03"}],
            "/conditions/1",
            "given_twice",
            "of which another onset is told",
        ),
    ],
)
def test_codes_that_cannot_be_meant_are_refused_at_their_place(patient, conditions, place, code, words):
    refused = patient(*conditions)
    assert refused.status_code == 400
    (error,) = refused.json()["errors"]
    assert (error["pointer"], error["code"]) == (place, code)
    assert words in error["detail"]
    assert not Patient.objects.exists()


def test_the_codes_stay_when_the_answer_is_sent_back_or_the_condition_named(patient, api):
    made = patient({"condition": "M51.16"}).json()
    path = f"patients/{made['id']}/"
    again = api.patch(path, {"conditions": made["conditions"]}, If_Match="*")
    assert told(again) == {DISC: (["M51.16"], None), NERVE: (["M51.16"], None)}
    fewer = api.patch(path, {"conditions": [{"condition": DISC}]}, If_Match="*")
    assert told(fewer) == {DISC: (["M51.16"], None)}


@pytest.mark.parametrize("code", ["M51.16", "M51", "m5116"])
def test_patients_and_conditions_are_found_by_icd10(patient, api, code):
    made = patient({"condition": NERVE}).json()
    patient({"condition": "osteoporosis"})
    found = api.get(f"patients/?condition={code}").json()["results"]
    assert [one["id"] for one in found] == [made["id"]]
    assert {one["code"] for one in api.get(f"conditions/?code={code}").json()["results"]} == {DISC, NERVE}


def test_rules_are_found_by_icd10(api, clinic):
    factories.approved_rule(clinic, "bones", condition="osteoporosis")
    factories.approved_rule(clinic, "nerve", condition="sciatica")
    assert [one["code"] for one in api.get("rules/?condition=M81.0").json()["results"]] == ["bones"]


def test_a_protocol_takes_a_code_that_stands_for_one_condition(api, clinic):
    body = {"title": "Bones", "clinic": str(clinic.pk), "items": []}
    assert api.post("protocols/", {**body, "condition": "M81.0"}).json()["condition"] == "osteoporosis"
    refused = api.post("protocols/", {**body, "condition": "M51.16"})
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["pointer"], error["code"]) == (400, "/condition", "several_conditions")
    assert error["detail"] == f"M51.16 stands for {DISC} and {NERVE}: name one of them."


@pytest.mark.parametrize(
    ("words", "suggested"),
    [
        ("Herniated disc", [[DISC]]),
        ("M51.16", [[DISC, NERVE]]),
        ("osteoperosis\nCiática", [["osteoporosis"], ["sciatica"]]),
        ("no osteoporosis\nmother had sciatica\ngout", []),
    ],
)
def test_findings_suggest_what_free_words_name(api, clinic, words, suggested):
    answer = api.post("findings/", {"clinic": str(clinic.pk), "diagnoses": words, "items": []}).json()
    found = [one for one in answer["findings"] if one["code"] == "diagnosis_named"]
    assert sorted(one["suggested_conditions"] for one in found) == sorted(suggested)
    assert all(one["needs_reason"] for one in found)


def test_findings_read_icd10_codes_and_a_condition_given_covers_its_name(api, clinic):
    body = {"clinic": str(clinic.pk), "diagnoses": "slipped disc", "conditions": [{"condition": "M51.26"}]}
    codes = {one["code"] for one in api.post("findings/", {**body, "items": []}).json()["findings"]}
    assert not codes & {"diagnosis_named", "diagnosis_unchecked", "no_condition"}


def test_a_named_condition_holds_the_publication_until_recorded_or_reasoned(api, therapist):
    patient = factories.patient(therapist, diagnoses="slipped disc")
    plan = factories.plan(therapist, of=patient)
    publish = f"plans/{plan.pk}/publish/"
    refused = api.post(publish, {}, If_Match="*")
    assert refused.status_code == 409
    (finding,) = [one for one in refused.json()["findings"] if one["needs_reason"]]
    assert finding["suggested_conditions"] == [DISC]
    reasons = [{"fingerprint": finding["fingerprint"], "words": "Healed years ago."}]
    assert api.post(publish, {"reasons": reasons}, If_Match="*").status_code == 201


@pytest.mark.parametrize(
    ("words", "found"),
    [("slipped", {DISC}), ("CIATICA", {"sciatica"}), ("m5116", {DISC, NERVE}), ("M51.16", {DISC, NERVE})],
)
def test_conditions_are_searched_by_other_names_and_icd10(api, words, found):
    results = api.get(f"conditions/?search={words}").json()["results"]
    assert {one["code"] for one in results} == found


@pytest.mark.parametrize("words", ["renee", "MUN\u0303OZ"])
def test_a_patient_is_found_however_the_name_is_typed(api, therapist, words):
    patient = factories.patient(therapist, name="Ren\u00e9e Mu\u00f1oz")
    factories.patient(therapist, name="Someone Else")
    found = api.post("patients/search/", {"search": words}).json()["results"]
    assert [one["id"] for one in found] == [str(patient.pk)]
