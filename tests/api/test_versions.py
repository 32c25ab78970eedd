"""ETag, If-Match and If-None-Match."""

import pytest

from tests import factories


@pytest.fixture
def plan(therapist):
    return factories.plan(therapist)


def test_a_change_needs_the_version_that_was_seen(api, plan):
    answer = api.patch(f"plans/{plan.pk}/", {"note": "x"})
    assert (answer.status_code, answer.json()["code"]) == (428, "version_missing")
    seen = api.get(f"plans/{plan.pk}/")["ETag"]
    changed = api.patch(f"plans/{plan.pk}/", {"note": "x"}, If_Match=seen)
    assert changed.status_code == 200
    stale = api.patch(f"plans/{plan.pk}/", {"note": "y"}, If_Match=seen)
    assert (stale.status_code, stale.json()["code"]) == (412, "version_changed")
    assert api.patch(f"plans/{plan.pk}/", {"note": "y"}, If_Match=changed["ETag"]).status_code == 200


def test_the_version_covers_items_and_therapies(api, plan, therapist):
    seen = api.get(f"plans/{plan.pk}/")["ETag"]
    items = [{"exercise_code": "heel-slide", "sets_min": 3}]
    assert api.put(f"plans/{plan.pk}/items/", {"items": items}, If_Match=seen).status_code == 200
    assert api.patch(f"plans/{plan.pk}/", {"note": "y"}, If_Match=seen).status_code == 412


def test_the_version_of_a_patient_covers_its_conditions(api, therapist):
    patient = factories.patient(therapist)
    seen = api.get(f"patients/{patient.pk}/")["ETag"]
    patient.conditions.update(onset="2026-01-01")
    assert api.patch(f"patients/{patient.pk}/", {"phone": "1"}, If_Match=seen).status_code == 412


def test_what_was_expanded_makes_no_other_version(api, plan):
    seen = api.get(f"plans/{plan.pk}/?expand=patient,exercises,findings")["ETag"]
    assert api.patch(f"plans/{plan.pk}/", {"note": "x"}, If_Match=seen).status_code == 200


def test_several_etags_and_weak_ones_are_read(api, plan):
    seen = api.get(f"plans/{plan.pk}/")["ETag"]
    answer = api.patch(f"plans/{plan.pk}/", {"note": "x"}, If_Match=f'"other", W/{seen}')
    assert answer.status_code == 200


@pytest.mark.parametrize("tag", ['""', '"-"', "nonsense", '"x', ","])
def test_nonsense_is_an_old_version(api, plan, tag):
    assert api.patch(f"plans/{plan.pk}/", {"note": "x"}, If_Match=tag).status_code == 412


def test_nothing_new_is_a_304(api, plan):
    first = api.get(f"plans/{plan.pk}/")
    again = api.get(f"plans/{plan.pk}/", If_None_Match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    other = api.get(f"plans/{plan.pk}/?expand=exercises", If_None_Match=first["ETag"])
    assert other.status_code == 200
    api.patch(f"plans/{plan.pk}/", {"note": "x"}, If_Match="*")
    assert api.get(f"plans/{plan.pk}/", If_None_Match=first["ETag"]).status_code == 200


def test_lists_have_etags_too(api, plan):
    first = api.get("plans/")
    assert api.get("plans/", If_None_Match=first["ETag"]).status_code == 304
    factories.plan(plan.created_by)
    assert api.get("plans/", If_None_Match=first["ETag"]).status_code == 200
