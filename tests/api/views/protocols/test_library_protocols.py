"""Protocols of the library over the API: read, begun from, joined, gone on from."""

import pytest

from plans.libraryfiles import Level
from plans.models import Plan
from tests import factories


@pytest.fixture
def phases(clinic):
    for code, movement in (("stays", "supine"), ("goes", "supine"), ("comes", "supine"), ("bends", "prone")):
        factories.approved_exercise(clinic, code, movements=(movement,))
    factories.approved_rule(clinic, level=Level.AVOID, movements=("prone",), condition="muscle_weakness")
    early = factories.approved_library_protocol(
        clinic, "early", exercises=("stays", "goes", "bends"), next="late"
    )
    late = factories.approved_library_protocol(clinic, "late", exercises=("stays", "comes"))
    return early, late


def codes(answer):
    return [item["exercise_code"] for item in answer.json()["plan"]["items"]]


def test_a_protocol_is_told_whole_with_who_approves_it(api, phases, clinic):
    told = api.get(f"library-protocols/{phases[0].protocol_id}/").json()

    assert (told["code"], told["number"], told["condition"], told["next"]) == ("early", 1, "sciatica", "late")
    assert (told["anchor"], told["from_day"], told["to_day"], told["phase"]) == ("onset", 0, 42, "1 of 2")
    assert told["texts"][0] == {"language": "en", "title": "Beginning", "go_on_when": "The leg is calm."}
    assert [item["exercise_code"] for item in told["items"]] == ["stays", "goes", "bends"]
    assert told["items"][0]["repetitions_min"] == 5
    assert told["approved_for"] == [str(clinic.pk)]


def test_a_change_that_waits_is_not_told_where_the_former_one_is_approved(api, phases):
    factories.library_protocol("early", exercises=("stays",), phase="changed")
    factories.library_protocol("waits")

    told = {row["code"]: row for row in api.get("library-protocols/").json()["results"]}
    assert told["early"]["phase"] == "1 of 2"
    assert (told["waits"]["approved_for"], told["waits"]["number"]) == ([], 1)


def test_a_plan_is_started_and_goes_on(api, phases, patient):
    early, late = phases
    use = f"library-protocols/{early.protocol_id}/start-plan/"
    answer = api.post(use, {"patient": str(patient.pk)})
    assert answer.status_code == 201, answer.content
    assert codes(answer) == ["stays", "goes"]
    assert [(one["exercise_code"], one["why"]) for one in answer.json()["left_out"]] == [
        ("bends", "against_rules")
    ]
    plan = answer.json()["plan"]
    assert plan["phases"] == [{"protocol": str(early.protocol_id), "because": ""}]

    on = f"plans/{plan['id']}/next-phase/"
    assert api.post(on, {}).status_code == 400
    answer = api.post(on, {"because": "time"})
    assert answer.status_code == 200, answer.content
    assert codes(answer) == ["stays", "comes"]
    assert answer.json()["plan"]["phases"] == [{"protocol": str(late.protocol_id), "because": "time"}]
    last = api.post(on, {"because": "met"})
    assert (last.status_code, last.json()["code"]) == (409, "no_next_phase")


def test_it_joins_a_plan_and_what_is_named_joins_against_the_rules(api, phases, therapist, patient):
    plan = factories.plan(therapist, of=patient, exercises=[])
    body = {"protocol": str(phases[0].protocol_id), "take": ["bends"]}
    answer = api.post(f"plans/{plan.pk}/add-protocol/", body)

    assert codes(answer) == ["bends"]
    assert {one["why"] for one in answer.json()["left_out"]} == {"not_chosen"}


def test_one_that_nobody_approved_is_refused(api, phases, patient):
    waits = factories.library_protocol("waits")
    answer = api.post(f"library-protocols/{waits.protocol_id}/start-plan/", {"patient": str(patient.pk)})

    assert (answer.status_code, answer.json()["code"]) == (409, "protocol_not_approved")
    assert not Plan.objects.exists()
