"""Protocols over the API: written whole, read back, used for plans, never seen by another clinic."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.actions.exercises import retire_exercise
from plans.models import Advice, Plan, Protocol, Role
from tests import factories
from tests.api.conftest import Caller, ask_token


@pytest.fixture
def library(clinic):
    return {code: factories.approved_exercise(clinic, code) for code in ("one", "two", "three")}


@pytest.fixture
def protocol(clinic, library):
    return factories.protocol(
        factories.lead(clinic), exercises=[library["one"], library["two"]], title="Disc, weeks 1-2"
    )


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist)


def items_of(api, protocol):
    return api.get(f"protocols/{protocol.pk}/").json()["items"]


def change(api, protocol, **body):
    answer = api.patch(f"protocols/{protocol.pk}/", body, If_Match="*")
    assert answer.status_code == 200, answer.content
    return answer.json()


def codes(items):
    return [item["exercise_code"] for item in items]


def test_a_protocol_is_written_and_read(api, clinic, library):
    Advice.objects.create(code="tens", kind="therapy")
    factories.condition("disc")
    given = {
        "title": "Disc",
        "condition": "disc",
        "guidance": "Look at the leg first.",
        "goals": "Walk",
        "note": "Slowly",
        "therapies": ["tens"],
        "days_per_week_min": 5,
        "days_per_week_max": 7,
        "external_id": "d-1",
    }
    body = {**given, "items": [{"exercise_code": "two"}, {"exercise_code": "one", "sets_min": 3}]}
    made = api.post("protocols/", body)
    assert made.status_code == 201, made.content
    assert made["Location"] == f"/api/v1/protocols/{made.json()['id']}/"
    read = api.get("protocols/?external_id=d-1").json()["results"][0]
    assert {name: read[name] for name in given} == given
    assert read["clinic"] == str(clinic.pk)
    assert codes(read["items"]) == ["two", "one"]
    assert [item["sets_min"] for item in read["items"]] == [library["two"].dose.sets.low, 3]
    assert "until" not in read["items"][0]


def test_the_same_key_makes_one_protocol(api):
    for _ in range(2):
        answer = api.post("protocols/", {"title": "Disc"}, Idempotency_Key="disc-1")
        assert answer.status_code == 201
    assert Protocol.objects.count() == 1


def test_what_was_read_can_be_written_back(api, protocol):
    before = items_of(api, protocol)
    assert change(api, protocol, items=before)["items"] == before


def test_items_are_kept_added_and_reordered(api, protocol):
    one, two = items_of(api, protocol)
    after = change(api, protocol, items=[{"exercise_code": "three"}, {"id": two["id"], "note": "slowly"}])
    assert codes(after["items"]) == ["three", "two"]
    assert after["items"][1] == {**two, "note": "slowly"}
    assert one["id"] not in {item["id"] for item in after["items"]}
    assert after["title"] == "Disc, weeks 1-2"


def test_the_clinics_own_exercise_goes_before_the_shared_one(api, protocol, clinic):
    own = factories.exercise("one", clinic=clinic, by=factories.library_admin(clinic))
    shared = items_of(api, protocol)[0]["exercise"]
    added = change(api, protocol, items=[{"exercise_code": "one"}, {"exercise": shared}])["items"]
    assert [item["exercise"] for item in added] == [str(own.exercise_id), shared]


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"items": [{"exercise_code": "nope"}]}, "items[0].exercise_code", "unknown"),
        ({"items": [{}]}, "items[0].exercise_code", "required"),
        ({"items": [{"exercise_code": "one", "until": "2030-01-01"}]}, "items[0].until", "unknown_field"),
        ({"items": [{"exercise_code": "one", "sets_min": 99}]}, "items[0].sets_min", "max_value"),
        ({"items": [{"id": "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"}]}, "items[0].id", "unknown"),
        ({"condition": "nope"}, "condition", "unknown_code"),
        ({"therapies": ["nope"]}, "therapies[0]", "unknown_code"),
        ({"clinic": "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"}, "clinic", "invalid"),
        ({"retired_on": "2030-01-01"}, "retired_on", "read_only"),
        ({"days_per_week_min": 7, "days_per_week_max": 2}, "days_per_week_max", "upside_down"),
        ({"titel": "x"}, "titel", "unknown_field"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_changes_nothing(api, protocol, body, field, code):
    before = api.get(f"protocols/{protocol.pk}/").json()
    answer = api.patch(f"protocols/{protocol.pk}/", body, If_Match="*")
    assert answer.status_code == 400
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(field, code)]
    assert api.get(f"protocols/{protocol.pk}/").json() == before


def test_a_change_holds_to_what_was_seen(api, protocol):
    seen = api.get(f"protocols/{protocol.pk}/")["ETag"]
    assert api.patch(f"protocols/{protocol.pk}/", {"note": "x"}).status_code == 428
    item = protocol.items.first()
    item.note = "meanwhile"
    item.save()
    assert api.patch(f"protocols/{protocol.pk}/", {"note": "x"}, If_Match=seen).status_code == 412
    seen = api.get(f"protocols/{protocol.pk}/")["ETag"]
    assert api.patch(f"protocols/{protocol.pk}/", {"note": "x"}, If_Match=seen).status_code == 200
    assert api.get(f"protocols/{protocol.pk}/", If_None_Match=seen).status_code == 200


def test_a_command_holds_to_what_was_seen_where_it_says_so(api, protocol):
    retire = f"protocols/{protocol.pk}/retire/"
    seen = api.get(f"protocols/{protocol.pk}/")["ETag"]
    protocol.note = "meanwhile"
    protocol.save()
    assert api.post(retire, If_Match=seen).status_code == 412
    assert Protocol.objects.get().retired_on is None
    # A blank header names no version.
    assert api.post(retire, If_Match="").status_code == 200


def test_only_a_system_has_ids_of_its_own(person, clinic):
    answer = person(factories.lead(clinic)).post("protocols/", {"title": "Disc", "external_id": "d-1"})
    assert answer.json()["errors"][0]["field"] == "external_id"
    assert not Protocol.objects.exists()


def test_a_title_that_is_taken_is_a_conflict(api, protocol):
    answer = api.post("protocols/", {"title": protocol.title})
    assert (answer.status_code, answer.json()["code"]) == (409, "protocol_title_taken")


def test_a_retired_protocol_is_not_used_until_it_is_taken_back(api, protocol, patient):
    assert api.post(f"protocols/{protocol.pk}/retire/").json()["retired_on"] is not None
    assert api.get("protocols/?retired=false").json()["results"] == []
    use = f"protocols/{protocol.pk}/start-plan/"
    answer = api.post(use, {"patient": str(patient.pk)})
    assert (answer.status_code, answer.json()["code"]) == (409, "protocol_retired")
    assert api.post(f"protocols/{protocol.pk}/restore/").json()["retired_on"] is None
    assert api.post(use, {"patient": str(patient.pk)}).status_code == 201


def test_a_plan_is_started_and_says_what_it_did_not_get(api, protocol, patient, clinic):
    admin = factories.library_admin(clinic)
    own = factories.approved_exercise(clinic, "own", clinic=clinic, by=admin)
    change(api, protocol, items=[{"exercise_code": "own"}, {"exercise_code": "two", "sets_min": 3}])
    retire_exercise(exercise=own.exercise, by=admin)
    body = {"patient": str(patient.pk), "start_on": "2026-03-02", "review_on": "2026-04-02"}
    answer = api.post(f"protocols/{protocol.pk}/start-plan/", body, Idempotency_Key="start-1")
    assert answer.status_code == 201, answer.content
    plan = answer.json()["plan"]
    assert answer["Location"] == f"/api/v1/plans/{plan['id']}/"
    assert (plan["title"], plan["start_on"], plan["review_on"]) == (
        "Disc, weeks 1-2",
        "2026-03-02",
        "2026-04-02",
    )
    assert [(item["exercise_code"], item["sets_min"]) for item in plan["items"]] == [("two", 3)]
    assert answer.json()["added"] == [plan["items"][0]["id"]]
    left = {"exercise": str(own.exercise_id), "exercise_code": "own", "why": "retired"}
    assert answer.json()["left_out"] == [left]
    again = api.post(f"protocols/{protocol.pk}/start-plan/", body, Idempotency_Key="start-1")
    assert again.json() == answer.json()
    assert Plan.objects.count() == 1


def test_a_protocol_joins_a_plan_and_the_plan_can_be_changed_at_once(
    api, protocol, library, therapist, patient
):
    plan = factories.plan(therapist, of=patient, exercises=[library["one"]])
    answer = api.post(f"plans/{plan.pk}/add-protocol/", {"protocol": str(protocol.pk)})
    assert answer.status_code == 200, answer.content
    assert codes(answer.json()["plan"]["items"]) == ["one", "two"]
    assert [(one["exercise_code"], one["why"]) for one in answer.json()["left_out"]] == [("one", "in_plan")]
    changed = api.patch(f"plans/{plan.pk}/", {"note": "x"}, If_Match=answer["ETag"])
    assert changed.status_code == 200, changed.content
    assert changed.json()["items"] == answer.json()["plan"]["items"]


def test_a_plan_is_saved_as_a_protocol(api, library, therapist, patient):
    plan = factories.plan(therapist, of=patient, exercises=[library["two"]], goals="Lift Mia")
    factories.condition("disc")
    answer = api.post(f"plans/{plan.pk}/save-as-protocol/", {"title": "Disc", "condition": "disc"})
    assert answer.status_code == 201, answer.content
    assert answer["Location"] == f"/api/v1/protocols/{answer.json()['id']}/"
    assert (answer.json()["goals"], answer.json()["condition"]) == ("", "disc")
    assert codes(answer.json()["items"]) == ["two"]
    spoken = api.post(f"plans/{plan.pk}/save-as-protocol/", {"title": "Spoken", "with_words": True})
    assert spoken.json()["goals"] == "Lift Mia"


def test_a_key_that_may_not_read_plans_saves_none_as_a_protocol(make_system, clinic, therapist):
    plan = factories.plan(therapist, goals="Lift Mia")
    _, made = make_system(clinic, scopes=("protocols:write", "protocols:read"))
    caller = Caller(ask_token(made).json()["access_token"])
    answer = caller.post(f"plans/{plan.pk}/save-as-protocol/", {"title": "Disc", "with_words": True})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert not Protocol.objects.exists()


def test_a_therapist_reads_and_uses_but_does_not_write(person, therapist, protocol, patient):
    caller = person(therapist)
    assert caller.get(f"protocols/{protocol.pk}/").status_code == 200
    assert (
        caller.post(f"protocols/{protocol.pk}/start-plan/", {"patient": str(patient.pk)}).status_code == 201
    )
    assert caller.patch(f"protocols/{protocol.pk}/", {"note": "x"}, If_Match="*").status_code == 403


def test_another_clinics_protocol_is_absent(api, protocol, therapist, patient, person):
    elsewhere = factories.clinic()
    foreign = factories.protocol(factories.lead(elsewhere), title="Theirs")
    assert [one["id"] for one in api.get("protocols/").json()["results"]] == [str(protocol.pk)]
    assert api.get(f"protocols/{foreign.pk}/").status_code == 404
    plan = factories.plan(therapist, of=patient)
    answer = api.post(f"plans/{plan.pk}/add-protocol/", {"protocol": str(foreign.pk)})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "protocol")
    # Who works in both sees both, and still does not mix them.
    factories.clinics.give_role(person=therapist, clinic=elsewhere, role=Role.THERAPIST, by=None)
    answer = person(therapist).post(f"plans/{plan.pk}/add-protocol/", {"protocol": str(foreign.pk)})
    assert (answer.status_code, answer.json()["code"]) == (400, "protocol_not_yours")


def test_who_writes_in_one_clinic_only_reads_in_the_other(person, protocol, clinic):
    lead = factories.lead(factories.clinic())
    factories.clinics.give_role(person=lead, clinic=clinic, role=Role.THERAPIST, by=None)
    assert person(lead).get(f"protocols/{protocol.pk}/").status_code == 200
    for path in ("retire", "restore"):
        assert person(lead).post(f"protocols/{protocol.pk}/{path}/").status_code == 403
    assert person(lead).patch(f"protocols/{protocol.pk}/", {"note": "x"}, If_Match="*").status_code == 403


def test_who_writes_in_two_clinics_says_in_which(person, clinic):
    lead = factories.lead(clinic)
    factories.clinics.give_role(person=lead, clinic=factories.clinic(), role=Role.LIBRARY_ADMIN, by=None)
    answer = person(lead).post("protocols/", {"title": "Disc"})
    assert answer.json()["errors"][0]["field"] == "clinic"
    made = person(lead).post("protocols/", {"title": "Disc", "clinic": str(clinic.pk)})
    assert made.json()["clinic"] == str(clinic.pk)


def test_what_is_expanded_tells_what_a_plan_would_get(api, protocol, library, clinic):
    assert "expanded" not in api.get(f"protocols/{protocol.pk}/").json()
    newer = factories.exercise("one", source="a better guide")
    factories.exercise("fresh")
    change(api, protocol, items=[{"exercise_code": "one"}, {"exercise_code": "fresh"}])
    told = api.get(f"protocols/{protocol.pk}/?expand=exercises").json()["expanded"]["exercises"]
    assert [(one["name"], one["revision"], one["retired"]) for one in told] == [
        ("One", str(library["one"].pk), False),
        ("Fresh", None, False),
    ]
    assert str(newer.pk) != told[0]["revision"]
    listed = api.get("protocols/?expand=exercises").json()["results"][0]
    assert listed["expanded"]["exercises"] == told


def test_filters_find_protocols(api, protocol, clinic):
    protocol.condition = factories.condition("disc")
    protocol.save()
    for query in ("exercise=two", "condition=disc", f"clinic={clinic.pk}", "retired=false", "search=weeks"):
        found = api.get(f"protocols/?{query}").json()["results"]
        assert [one["id"] for one in found] == [str(protocol.pk)], query
    for query in ("exercise=three", "condition=other", "retired=true", "search=knee"):
        assert api.get(f"protocols/?{query}").json()["results"] == [], query


def asked(act):
    """Do it, and give how often the database was asked."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = act()
    assert answer.status_code in (200, 201), answer.content
    return len(queries)


def test_many_exercises_ask_as_often_as_one(api, clinic, patient):
    lead = factories.lead(clinic)
    revisions = [factories.approved_exercise(clinic, f"one-{number}") for number in range(5)]
    counts = []
    for number, exercises in enumerate((revisions[:1], revisions)):
        items = [{"exercise_code": row.exercise.code} for row in exercises]
        protocol = factories.protocol(lead, exercises=exercises)
        at, use = f"protocols/{protocol.pk}/", {"protocol": str(protocol.pk)}
        plan = factories.plan(lead, of=patient, exercises=[])
        kept = [{"id": str(item.pk)} for item in protocol.items.all()]
        acts = {
            "create": lambda items=items, number=number: api.post(
                "protocols/", {"title": f"New {number}", "items": items}
            ),
            "change": lambda at=at, both=[*kept, *items]: api.patch(at, {"items": both}, If_Match="*"),
            "start": lambda at=at: api.post(f"{at}start-plan/", {"patient": str(patient.pk)}),
            "add": lambda plan=plan, use=use: api.post(f"plans/{plan.pk}/add-protocol/", use),
            "save": lambda plan=plan, number=number: api.post(
                f"plans/{plan.pk}/save-as-protocol/", {"title": f"Saved {number}"}
            ),
        }
        counts.append({name: asked(act) for name, act in acts.items()})
    few, many = counts
    assert {name: many[name] for name in many if many[name] > few[name]} == {}
