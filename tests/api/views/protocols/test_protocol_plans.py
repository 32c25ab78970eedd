"""Protocols and plans over the API: a plan started from one, joined by one, saved as one."""

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.actions.exercises import retire_exercise
from plans.models import Plan, Protocol, Role
from tests import factories
from tests.api.conftest import Caller, ask_token
from tests.api.views.protocols.conftest import change, codes


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
