"""What a client can get wrong: refused by name, with nothing half-done."""

import json
from uuid import uuid4

import pytest

from plans.models import AuditEvent, Patient, Plan
from tests import factories


@pytest.fixture
def body(therapist):
    return {"name": "Robin", "birth_date": "1960-05-17", "therapist": str(therapist.pk)}


def errors(answer):
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    return {one["field"]: one["code"] for one in answer.json().get("errors", [])}


def raw(caller, data, path="patients/", content_type="application/json", **headers):
    data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return caller.client.generic(
        "POST", f"/api/v1/{path}", data, content_type, headers={**caller.headers, **headers}
    )


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", 5, "invalid"),
        ("name", None, "null"),
        ("name", "", "blank"),
        ("name", "x" * 121, "max_length"),
        ("name", "a\x00b", "null_characters_not_allowed"),
        ("name", "\ud800", "surrogate_characters_not_allowed"),
        ("birth_date", "17.05.1960", "invalid"),
        ("birth_date", "1960-13-01", "invalid"),
        ("birth_date", "1960-05-17T00:00:00", "invalid"),
        ("birth_date", "１９６０-05-17", "invalid"),
        ("birth_date", 19600517, "invalid"),
        ("large_print", "yes", "invalid"),
        ("large_print", 1, "invalid"),
        ("sex", "x", "invalid_choice"),
        ("sex", {}, "invalid_choice"),
        ("language", "xx", "invalid_choice"),
        ("therapist", 5, "invalid"),
        ("therapist", "not-a-uuid", "invalid"),
        ("equipment", "mat", "not_a_list"),
        ("equipment", {"mat": 1}, "not_a_list"),
        ("conditions", {}, "not_a_list"),
        ("conditions", None, "null"),
    ],
)
def test_a_wrong_type_is_refused_at_its_field(api, body, field, value, code):
    answer = raw(api, json.dumps({**body, field: value}))
    assert errors(answer) == {field: code}
    assert not Patient.objects.exists()


@pytest.mark.parametrize(
    ("inner", "field", "code"),
    [
        ({"equipment": ["mat", "sword"]}, "equipment[1]", "invalid_choice"),
        ({"equipment": ["mat", "chair", "mat"]}, "equipment[2]", "given_twice"),
        ({"conditions": [{"condition": "nope"}]}, "conditions[0]", "unknown_code"),
        ({"conditions": [{}]}, "conditions[0].condition", "required"),
        ({"conditions": [5]}, "conditions[0]", "invalid"),
        ({"conditions": [{"condition": "sciatica", "onset": "x"}]}, "conditions[0].onset", "invalid"),
        ({"conditions": [{"condition": "sciatica", "mood": 1}]}, "conditions[0].mood", "unknown_field"),
        (
            {"conditions": [{"condition": "sciatica"}, {"condition": "sciatica"}]},
            "conditions[1]",
            "given_twice",
        ),
        (
            {"conditions": [{"condition": "sciatica", "cleared_on": "2026-01-01", "cleared_by": "Dr A"}]},
            "conditions[0].cleared_how",
            "clearance_incomplete",
        ),
    ],
)
def test_an_inner_field_is_named_by_its_path(api, body, inner, field, code):
    factories.condition("sciatica")
    answer = api.post("patients/", {**body, **inner})
    assert errors(answer) == {field: code}
    pointer = answer.json()["errors"][0]["pointer"]
    assert pointer == "/" + field.replace("[", "/").replace("]", "").replace(".", "/")


def test_unknown_fields_are_refused_not_ignored(api, body):
    assert errors(api.post("patients/", {**body, "nmae": "x"})) == {"nmae": "unknown_field"}


def test_fields_that_can_only_be_read_are_refused(api, body):
    assert errors(api.post("patients/", {**body, "id": str(uuid4())})) == {"id": "read_only"}


def test_unknown_parameters_are_refused(api):
    assert errors(api.get("patients/?nmae=x")) == {"nmae": "unknown_parameter"}
    assert errors(api.get("plans/?expand=secrets")) == {"expand": "invalid"}
    assert errors(api.get("plans/?ordering=patient__name")) == {"ordering": "invalid"}


@pytest.mark.parametrize(
    "query",
    [
        "page_size=0",
        "page_size=201",
        "page_size=x",
        "page_size=²",
        "cursor=x",
        "cursor=",
        "birth_date=x",
        "clinic=x",
    ],
)
def test_wrong_parameters_are_refused(api, query):
    assert errors(api.get(f"patients/?{query}"))


@pytest.mark.parametrize("value", ["yes", "1", "True", "null", "0", "%20true"])
def test_a_yes_or_no_that_is_neither_is_refused(api, value):
    assert errors(api.get(f"plans/?stopped={value}")) == {"stopped": "invalid"}


@pytest.mark.parametrize("value", ["2026-1-1", "20260101", "2026-W01-1", "2026-02-30"])
def test_another_date_is_refused(api, value):
    assert errors(api.get(f"plans/?review_before={value}")) == {"review_before": "invalid"}


@pytest.mark.parametrize("value", ["{" + "a" * 32 + "}", "a" * 32, "urn:uuid:" + "a" * 32])
def test_another_way_to_write_an_id_is_refused(api, value):
    assert errors(api.get(f"plans/?patient={value}")) == {"patient": "invalid"}


def test_a_search_without_end_is_refused(api):
    assert api.get(f"patients/?search={'x' * 200}").status_code == 200
    assert errors(api.get(f"patients/?search={'x' * 201}")) == {"search": "invalid"}


def test_a_null_character_in_a_search_is_refused(api):
    assert api.get("patients/?search=%00").status_code == 400
    assert api.get("patients/?record_number=%00").status_code == 400


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("", "JSON"),
        ("{", "JSON"),
        (b"\xff\xfe{\x00}\x00", "UTF-8"),
        (b'{"name": "\xe9"}', "UTF-8"),
        ('{"name": NaN}', "number"),
        ('{"name": ' + "1" * 5000 + "}", "number"),
        ('{"name": 1, "name": 2}', "twice"),
        ("[" * 100_000, "deep"),
        ('{"a":' * 30 + "1" + "}" * 30, "deep"),
    ],
    ids=["empty", "cut off", "utf-16", "latin-1", "nan", "huge number", "given twice", "bottomless", "deep"],
)
def test_a_body_that_is_not_json_is_refused(api, data, says):
    answer = raw(api, data)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    if answer.json()["code"] == "parse_error":
        assert says in answer.json()["detail"]


@pytest.mark.parametrize("data", ["[]", "5", '"x"', "null", "true"])
def test_a_body_that_is_no_object_is_refused(api, data):
    assert raw(api, data).status_code == 400


def test_a_huge_body_is_refused_before_it_is_read(api, body):
    answer = raw(api, json.dumps({**body, "diagnoses": "x" * 1_100_000}))
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/json; charset=utf-16",
     "application/json; charset=nope", "application/x-www-form-urlencoded"],
)  # fmt: skip
def test_another_media_type_is_refused(api, content_type):
    answer = raw(api, "{}", content_type=content_type)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("path", ["patients/5/", "patients/x/", "nothing/", "patients", "plans/../x/"])
def test_an_unknown_address_answers_in_json(api, path):
    answer = api.get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize("method", ["put", "delete", "options", "trace"])
def test_other_methods_are_refused(api, method):
    assert api.call(method, "patients/").status_code == 405


def test_foreign_ids_are_as_if_absent(api, therapist):
    elsewhere = factories.patient(factories.therapist(factories.clinic()))
    absent = api.get(f"patients/{uuid4()}/")
    foreign = api.get(f"patients/{elsewhere.pk}/")
    assert absent.status_code == foreign.status_code == 404
    assert {**absent.json(), "request_id": ""} == {**foreign.json(), "request_id": ""}
    for patient in (str(elsewhere.pk), str(uuid4())):
        assert errors(api.post("plans/", {"patient": patient, "title": "x"})) == {"patient": "unknown"}


def test_foreign_items_and_exercises_are_as_if_absent(api, therapist):
    other_clinic = factories.clinic()
    foreign = factories.exercise("own", clinic=other_clinic)
    plan, other = (
        factories.plan(therapist),
        factories.plan(factories.therapist(other_clinic), exercises=[foreign]),
    )
    for item, field in (
        ({"exercise_code": "own"}, "items[0].exercise_code"),
        ({"revision": str(foreign.pk)}, "items[0].revision"),
        ({"id": str(other.items.get().pk), "exercise_code": "heel-slide"}, "items[0].id"),
    ):
        answer = api.put(f"plans/{plan.pk}/items/", {"items": [item]}, If_Match="*")
        assert errors(answer) == {field: "unknown"}
    assert plan.items.count() == 1


@pytest.mark.parametrize(
    ("dose", "field", "code"),
    [
        ({"sets_min": 11}, "sets_min", "max_value"),
        ({"sets_min": 3, "sets_max": 2}, "sets_max", "upside_down"),
        ({"sets_min": "3"}, "sets_min", "invalid"),
        ({"sets_min": True}, "sets_min", "invalid"),
        ({"sets_min": 1.5}, "sets_min", "invalid"),
        ({"repetitions_min": 5, "duration_seconds_min": 60}, "duration_seconds_min", "repetitions_and_time"),
        ({"side": "both"}, "side", "invalid_choice"),
        ({"load": "x" * 81}, "load", "max_length"),
        ({"hold": 5}, "hold", "unknown_field"),
    ],
)
def test_an_impossible_dose_is_refused_at_its_field(api, therapist, dose, field, code):
    patient = factories.patient(therapist)
    factories.approved_exercise(patient.clinic)
    item = {"exercise_code": "heel-slide", **dose}
    answer = api.post("plans/", {"patient": str(patient.pk), "title": "x", "items": [item]})
    assert errors(answer) == {f"items[0].{field}": code}
    assert not Plan.objects.exists()


def test_a_frequency_turned_upside_down_by_a_change_is_refused(api, therapist):
    plan = factories.plan(therapist)
    answer = api.patch(f"plans/{plan.pk}/", {"times_per_day_min": 5}, If_Match="*")
    assert errors(answer) == {"times_per_day_max": "upside_down"}


def test_more_items_than_a_plan_holds_are_refused(api, therapist):
    patient = factories.patient(therapist)
    factories.approved_exercise(patient.clinic)
    items = [{"exercise_code": "heel-slide"}] * 501
    answer = api.post("plans/", {"patient": str(patient.pk), "title": "x", "items": items})
    assert errors(answer) == {"items": "max_length"}


def test_the_same_record_number_twice_is_a_conflict(api, body, clinic, therapist):
    factories.patient(therapist, record_number="1")
    answer = api.post("patients/", {**body, "record_number": "1"})
    assert (answer.status_code, answer.json()["code"]) == (409, "already_exists")
    assert AuditEvent.objects.filter(verb="patient.made").count() == 1


def test_a_problem_names_its_request(api):
    problem = api.get("nothing/").json()
    assert problem["type"] == "/api/v1/docs/#problem-not_found"
    assert len(problem["request_id"]) == 36
