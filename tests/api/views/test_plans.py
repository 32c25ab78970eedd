"""Plans over the API: items replaced and reordered in one call, doses, copies, expansion."""

import pytest

from plans.actions.advice import retire_advice
from plans.models import Advice, Plan
from tests import factories


@pytest.fixture
def library(clinic):
    return {code: factories.approved_exercise(clinic, code) for code in ("one", "two", "three")}


@pytest.fixture
def plan(therapist, clinic, library):
    patient = factories.patient(therapist, clinic)
    return factories.plan(therapist, of=patient, exercises=[library["one"], library["two"]])


def items_of(api, plan):
    return api.get(f"plans/{plan.pk}/").json()["items"]


def replace(api, plan, items):
    answer = api.put(f"plans/{plan.pk}/items/", {"items": items}, If_Match="*")
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def test_items_are_replaced_added_and_reordered_in_one_call(api, plan):
    one, two = items_of(api, plan)
    after = replace(api, plan, [{"exercise_code": "three"}, two])
    assert [item["exercise_code"] for item in after] == ["three", "two"]
    assert after[1]["id"] == two["id"]
    assert one["id"] not in {item["id"] for item in after}


def test_what_was_read_can_be_written_back(api, plan):
    before = items_of(api, plan)
    assert replace(api, plan, before) == before


def test_an_item_without_a_dose_gets_the_usual_one(api, plan, library):
    added = replace(api, plan, [{"exercise_code": "three"}])[0]
    usual = library["three"].dose
    assert (added["sets_min"], added["repetitions_max"]) == (usual.sets.low, usual.repetitions.high)


def test_parts_of_a_dose_go_over_the_usual_one(api, plan):
    added = replace(
        api, plan, [{"exercise_code": "three", "sets_min": 3, "hold_seconds_max": 9, "load": "band"}]
    )[0]
    assert (added["sets_min"], added["sets_max"]) == (3, 3)
    assert (added["hold_seconds_min"], added["hold_seconds_max"]) == (9, 9)
    assert (added["repetitions_min"], added["repetitions_max"]) == (8, 10)
    timed = replace(api, plan, [{"id": added["id"], "duration_seconds_min": 60, "load": ""}])[0]
    assert (timed["duration_seconds_min"], timed["repetitions_min"], timed["load"]) == (60, None, "")
    assert timed["sets_min"] == 3


def test_an_item_that_is_named_keeps_what_is_not_said(api, plan):
    one, two = items_of(api, plan)
    changed = replace(api, plan, [{"id": one["id"], "note": "slowly"}, two])[0]
    assert changed == {**one, "note": "slowly"}


def test_the_easier_exercise_is_left_off_and_stays_off_until_it_is_told_otherwise(api, plan):
    one, two = items_of(api, plan)
    assert (one["offers_easier"], two["offers_easier"]) == (True, True)
    before = api.get(f"plans/{plan.pk}/")["ETag"]
    changed = replace(api, plan, [{"id": one["id"], "offers_easier": False}, two])
    assert changed == [{**one, "offers_easier": False}, two]
    assert api.get(f"plans/{plan.pk}/")["ETag"] != before
    assert replace(api, plan, [{"id": one["id"]}, two]) == changed
    added = replace(api, plan, [{"exercise_code": "three", "offers_easier": False}])
    assert added[0]["offers_easier"] is False
    refused = api.put(f"plans/{plan.pk}/items/", {"items": [{**one, "offers_easier": "no"}]}, If_Match="*")
    assert refused.status_code == 400
    assert "offers_easier" in str(refused.json())


def test_an_item_keeps_its_revision_until_it_is_told_otherwise(api, plan, clinic):
    one = items_of(api, plan)[0]
    newer = factories.approved_exercise(clinic, "one", source_note="changed")
    kept = replace(api, plan, [one])[0]
    assert kept["revision"] == one["revision"] != str(newer.pk)
    taken = replace(api, plan, [{"id": one["id"], "exercise_code": "one"}])[0]
    assert taken["revision"] == one["revision"]
    moved = replace(api, plan, [{"id": one["id"], "revision": str(newer.pk)}])[0]
    assert moved["revision"] == str(newer.pk)
    replace(api, plan, [{"id": one["id"], "revision": one["revision"]}])
    assert api.post(f"plans/{plan.pk}/renew/").json()["items"][0]["revision"] == str(newer.pk)


def test_the_newest_approved_revisions_are_taken_and_taken_back(api, plan, clinic):
    def revision():
        read = api.get(f"plans/{plan.pk}/?expand=exercises").json()
        shown = next(one for one in read["expanded"]["exercises"] if one["code"] == "one")
        return shown["revision"], shown["newest"]

    first = items_of(api, plan)[0]["revision"]
    factories.exercise("one", source_note="waits for review")
    api.post(f"plans/{plan.pk}/renew/")
    assert revision() == (first, True)
    newer = factories.approved_exercise(clinic, "one", source_note="changed")
    assert revision() == (first, False)
    api.post(f"plans/{plan.pk}/renew/")
    assert revision() == (str(newer.pk), True)
    undone = api.post(f"plans/{plan.pk}/renew/undo/")
    assert (undone.status_code, revision()) == (200, (first, False))
    again = api.post(f"plans/{plan.pk}/renew/undo/")
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_take_back")


def test_a_code_takes_what_is_approved_while_a_change_waits(api, plan, clinic):
    first = items_of(api, plan)[0]["revision"]
    factories.exercise("one", source_note="waits for review")
    assert replace(api, plan, [{"exercise_code": "one"}])[0]["revision"] == first


def test_an_empty_list_empties_the_plan(api, plan):
    assert replace(api, plan, []) == []


def test_a_refused_list_changes_nothing(api, plan):
    before = items_of(api, plan)
    items = [{"exercise_code": "three"}, {"exercise_code": "nope"}]
    assert api.put(f"plans/{plan.pk}/items/", {"items": items}, If_Match="*").status_code == 400
    assert items_of(api, plan) == before


def test_words_and_therapies_are_written_and_read(api, therapist):
    patient = factories.patient(therapist)
    Advice.objects.create(code="tens", kind="therapy")
    Advice.objects.create(code="walk", kind="general")
    given = {"title": "T", "goals": "G", "note": "N", "therapies": ["tens"], "start_on": "2026-03-01"}
    made = api.post("plans/", {"patient": str(patient.pk), **given, "external_id": "p-1"})
    assert made.status_code == 201, made.content
    read = api.get("plans/?external_id=p-1").json()["results"][0]
    assert {name: read[name] for name in given} == given
    for wrong in ("walk", "nope"):
        answer = api.patch(f"plans/{read['id']}/", {"therapies": [wrong]}, If_Match="*")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["code"] == "unknown_code"


def test_a_plan_stays_with_its_patient(api, plan, therapist):
    other = factories.patient(therapist)
    answer = api.patch(f"plans/{plan.pk}/", {"patient": str(other.pk)}, If_Match="*")
    assert answer.status_code == 400


def test_what_is_expanded_comes_along_and_nothing_else(api, plan):
    bare = api.get(f"plans/{plan.pk}/").json()
    assert "expanded" not in bare
    full = api.get(f"plans/{plan.pk}/?expand=patient,exercises,findings").json()["expanded"]
    assert full["patient"]["id"] == bare["patient"]
    assert {one["name"] for one in full["exercises"]} == {"One", "Two"}
    assert [one["code"] for one in full["findings"]] == []
    assert set(api.get(f"plans/{plan.pk}/?expand=exercises").json()["expanded"]) == {"exercises"}
    assert set(api.get("plans/?expand=patient").json()["results"][0]["expanded"]) == {"patient"}
    assert api.get("plans/?expand=findings").status_code == 400


def test_a_copy_is_a_new_draft(api, plan):
    copied = api.post(f"plans/{plan.pk}/copy/")
    assert copied.status_code == 201
    assert copied["Location"] == f"/api/v1/plans/{copied.json()['id']}/"
    assert [one["exercise_code"] for one in copied.json()["items"]] == ["one", "two"]
    assert Plan.objects.count() == 2


def test_a_stopped_plan_says_so(api, plan):
    assert api.post(f"plans/{plan.pk}/stop/").json()["stopped_on"] is not None
    assert [one["id"] for one in api.get("plans/?stopped=true").json()["results"]] == [str(plan.pk)]
    assert api.get("plans/?stopped=false").json()["results"] == []


def test_filters_find_plans(api, plan, therapist):
    factories.publication(therapist, of_plan=plan)
    for query in ("published=true", "exercise=two", f"patient={plan.patient_id}", "review_before=2999-01-01"):
        found = api.get(f"plans/?{query}").json()["results"]
        assert [one["id"] for one in found] == [str(plan.pk)], query
    for query in ("published=false", "exercise=three", "review_before=2000-01-01"):
        assert api.get(f"plans/?{query}").json()["results"] == [], query


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"review_on": "9999-12-31"}, "review_on"),
        ({"start_on": "2099-01-01"}, "start_on"),
        ({"items": [{"exercise_code": "one", "until": "9999-12-31"}]}, "items[0].until"),
    ],
)
def test_a_date_that_is_years_ahead_is_refused_at_its_field(api, plan, given, field):
    body = {"patient": str(plan.patient_id), "title": "Back plan", **given}
    for answer in (
        api.post("plans/", body),
        api.patch(f"plans/{plan.pk}/", given, If_Match="*"),
        api.post("findings/", given),
    ):
        assert answer.status_code == 400, answer.content
        assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(field, "too_far")]
    assert Plan.objects.count() == 1


def test_a_far_date_that_is_stored_is_named_when_something_else_is_changed(api, plan):
    Plan.objects.filter(pk=plan.pk).update(review_on="9999-12-31")
    answer = api.patch(f"plans/{plan.pk}/", {"title": "Other"}, If_Match="*")
    assert (answer.status_code, answer.json()["code"]) == (400, "date_too_far")
    assert [one["field"] for one in answer.json()["errors"]] == ["review_on"]
    mended = {"title": "Other", "review_on": str(factories.in_days(28))}
    assert api.patch(f"plans/{plan.pk}/", mended, If_Match="*").status_code == 200


def test_a_stored_far_date_breaks_neither_look_nor_publication(api, plan):
    Plan.objects.filter(pk=plan.pk).update(review_on="9999-12-31")
    found = api.get(f"plans/{plan.pk}/?expand=findings").json()["expanded"]["findings"]
    assert "review_date_far" in [one["code"] for one in found]
    for call in ("prepare", "publish"):
        answer = api.post(f"plans/{plan.pk}/{call}/", {}, If_Match="*")
        assert answer.status_code < 300, answer.content
    (link,) = api.get(f"links/?plan={plan.pk}").json()["results"]
    assert link["expires_on"] == str(factories.in_days(365))


def test_a_retired_therapy_comes_to_no_plan(api, therapist, plan):
    held = Advice.objects.create(code="tens", kind="therapy")
    plan.therapies.add(held)
    retire_advice(held)
    assert api.patch(f"plans/{plan.pk}/", {"therapies": ["tens"]}, If_Match="*").status_code == 200
    answer = api.post("plans/", {"patient": str(plan.patient_id), "title": "T", "therapies": ["tens"]})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "unknown_code"
