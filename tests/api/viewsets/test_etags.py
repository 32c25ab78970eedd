"""ETag, If-Match and If-None-Match."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from plans.actions import reviewing
from plans.actions.webhooks.collect_events import collect
from plans.models import Publication, WebhookEndpoint
from tests import factories
from tests.api.conftest import Caller, ask_token


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


# --- What the service counts by itself is nobody's change ---------------------------------------------------


def test_using_a_key_changes_no_version_of_it_or_its_system(clinic, person, make_system):
    system, made = make_system(clinic)
    lead = person(factories.lead(clinic))
    paths = [f"keys/{made.key.pk}/", f"systems/{system.pk}/", "systems/"]
    seen = {path: lead.get(path)["ETag"] for path in paths}
    assert Caller(ask_token(made).json()["access_token"]).get("plans/").status_code == 200
    assert lead.get(paths[0]).json()["last_used_at"] is not None
    for path in paths:
        assert lead.get(path)["ETag"] == seen[path]
        assert lead.get(path, If_None_Match=seen[path]).status_code == 304
    assert lead.delete(paths[0], If_Match=seen[paths[0]]).status_code == 204
    assert lead.delete(paths[1], If_Match=seen[paths[1]]).status_code == 204


def test_a_revoked_key_is_another_version(clinic, person, make_system):
    _, made = make_system(clinic)
    lead = person(factories.lead(clinic))
    seen = lead.get(f"keys/{made.key.pk}/")["ETag"]
    assert lead.delete(f"keys/{made.key.pk}/", If_Match=seen).status_code == 204
    assert lead.get(f"keys/{made.key.pk}/")["ETag"] != seen
    assert lead.delete(f"keys/{made.key.pk}/", If_Match=seen).status_code == 412


def test_an_event_changes_no_version_of_its_webhook(api, clinic, therapist):
    given = {"url": "https://practice.example.org/hook", "events": ["link.opened"]}
    made = api.post("webhooks/", given)
    path = f"webhooks/{made.json()['id']}/"
    seen = api.get(path)["ETag"]
    collect()
    assert api.get(path)["ETag"] == seen
    assert api.patch(path, {"active": False}, If_Match=seen).status_code == 200
    assert api.patch(path, {"active": True}, If_Match=seen).status_code == 412


def test_a_failed_try_changes_no_version_of_a_webhook_but_its_pause_does(api, clinic, therapist):
    given = {"url": "https://practice.example.org/hook", "events": ["link.opened"]}
    path = f"webhooks/{api.post('webhooks/', given).json()['id']}/"
    seen = api.get(path)["ETag"]
    assert seen.startswith("W/")
    WebhookEndpoint.objects.update(failures_in_row=3)
    failed = api.get(path)
    assert (failed.json()["failures_in_row"], failed["ETag"]) == (3, seen)
    WebhookEndpoint.objects.update(paused_at=timezone.now())
    assert api.get(path, If_None_Match=seen).status_code == 200


def test_an_opening_changes_no_version_of_a_link(api, plan):
    factories.publication(plan.created_by, of_plan=plan)
    path = f"links/{plan.links.get().pk}/"
    before = api.get(path)
    page = before.json()["url"].removeprefix(settings.PUBLIC_URL)
    for day, status in ((18, 403), (17, 303)):
        assert Client().post(page, {"day": day, "month": 5, "year": 1960}).status_code == status
    after = api.get(path)
    assert after.json()["openings"] == before.json()["openings"] + 1
    assert after["ETag"] == before["ETag"]
    assert api.delete(path, If_Match=before["ETag"]).status_code == 204


def test_the_nightly_review_changes_no_version_of_a_plan_or_its_patient(api, plan):
    factories.publication(plan.created_by, of_plan=plan)
    paths = [f"plans/{plan.pk}/", f"patients/{plan.patient_id}/"]
    seen = [api.get(path)["ETag"] for path in paths]
    Publication.objects.update(reviewed_at=timezone.now() - timedelta(days=2))
    reviewing.review_next()
    assert [api.get(path)["ETag"] for path in paths] == seen
