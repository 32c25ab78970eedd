"""Protocols over the API: written whole, read back, found, never written by who may only use them."""

import pytest

from plans.models import Advice, Protocol, Role
from tests import factories
from tests.api.views.protocols.conftest import change, codes


def items_of(api, protocol):
    return api.get(f"protocols/{protocol.pk}/").json()["items"]


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


def test_the_easier_exercise_is_left_off_and_stays_off_until_it_is_told_otherwise(api, protocol):
    one, two = items_of(api, protocol)
    assert (one["offers_easier"], two["offers_easier"]) == (True, True)
    changed = change(api, protocol, items=[{"id": one["id"], "offers_easier": False}, two])["items"]
    assert changed == [{**one, "offers_easier": False}, two]
    assert change(api, protocol, items=[{"id": one["id"]}, two])["items"] == changed


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


def test_a_protocol_tells_its_phase_window_criteria_and_what_follows(api):
    second = api.post("protocols/", {"title": "Weeks 3 to 6"}).json()
    phase = {
        "phase": "1 of 2",
        "window_anchor": "surgery",
        "window_from_day": 0,
        "window_to_day": 21,
        "go_on_when": [{"language": "en", "words": "Walks freely."}],
        "next": second["id"],
    }
    made = api.post("protocols/", {"title": "Weeks 1 and 2", **phase})
    assert made.status_code == 201, made.content
    assert {name: made.json()[name] for name in phase} == phase
    address = f"protocols/{made.json()['id']}/"
    nothing = {
        "window_anchor": None,
        "window_from_day": None,
        "window_to_day": None,
        "go_on_when": [],
        "next": None,
    }
    cleared = api.patch(address, nothing, If_Match="*").json()
    assert {name: cleared[name] for name in nothing} == nothing
    for field, value, code in (
        ("next", made.json()["id"], "next_not_fitting"),
        ("next", "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11", "unknown"),
        ("window_from_day", 3, "impossible_window"),
        ("go_on_when", 2 * phase["go_on_when"], "given_twice"),
    ):
        wrong = api.patch(address, {field: value}, If_Match="*")
        assert wrong.status_code == 400
        assert wrong.json()["errors"][0]["code"] == code
