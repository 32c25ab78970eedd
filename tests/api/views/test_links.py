"""Personal links, reviews and webhooks over the API."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from plans.actions.devices import remember_device
from plans.actions.links import LinkRefused, open_link, revoke_link
from plans.actions.webhooks import collect_events
from plans.models import (
    Clinic,
    Device,
    DeviceEnd,
    DeviceKind,
    DownloadLink,
    Rendering,
    Review,
    WebhookDelivery,
    WebhookEndpoint,
)
from plans.queries.links import MAX_WRONG
from tests import factories


@pytest.fixture
def publication(therapist, clinic):
    plan = factories.plan(therapist, of=factories.patient(therapist, clinic))
    return factories.publication(therapist, of_plan=plan)


def token_of(url):
    return url.rstrip("/").rpartition("/")[2]


def test_the_link_of_a_plan_opens_and_its_uses_are_told(api, publication):
    link = api.post("links/", {"plan": str(publication.plan_id)})
    assert link.status_code == 200
    token = token_of(link.json()["url"])
    open_link(token=token, birth_date=publication.plan.patient.birth_date, address="1.2.3.4")
    shown = api.get(f"links/{link.json()['id']}/").json()
    assert shown["openings"] == 1
    openings = api.get(f"links/{shown['id']}/openings/")
    assert [one["use"] for one in openings.json()["results"]] == ["opened"]
    assert b"1.2.3.4" not in openings.content


def test_the_state_of_a_link_is_told(api, publication):
    path = f"links/{api.post('links/', {'plan': str(publication.plan_id)}).json()['id']}/"
    assert api.get(path).json()["state"] == "open"
    token = token_of(api.get(path).json()["url"])
    for number in range(MAX_WRONG):
        with pytest.raises(LinkRefused):
            open_link(token=token, birth_date=date(1999, 1, 1), address=f"198.51.100.{number}")
    blocked = api.get(path).json()
    assert (blocked["state"], blocked["blocked_at"] is not None) == ("blocked", True)
    again = api.post("links/", {"plan": str(publication.plan_id)})
    assert (again.status_code, again.json()["state"]) == (200, "blocked")
    new = api.post("links/", {"plan": str(publication.plan_id), "renew": True}).json()
    assert (new["state"], api.get(path).json()["state"]) == ("open", "revoked")
    DownloadLink.objects.filter(pk=new["id"]).update(expires_on=date(2020, 1, 1))
    assert api.get(f"links/{new['id']}/").json()["state"] == "expired"


def test_a_renewed_link_is_another(api, publication):
    before = api.post("links/", {"plan": str(publication.plan_id)}).json()
    after = api.post("links/", {"plan": str(publication.plan_id), "renew": True})
    assert after.status_code == 201
    assert after.json()["url"] != before["url"]
    old = api.get(f"links/{before['id']}/").json()
    assert old["revoked_at"] is not None
    assert old["url"] is None


def test_a_revoked_link_stays_revoked(api, publication):
    link = api.post("links/", {"plan": str(publication.plan_id)})
    path = f"links/{link.json()['id']}/"
    assert api.delete(path).status_code == 428
    assert api.delete(path, If_Match='"old"').status_code == 412
    assert api.delete(path, If_Match=link["ETag"]).status_code == 204
    assert DownloadLink.objects.get().revoked_at is not None
    again = api.delete(path, If_Match="*")
    assert (again.status_code, again.json()["code"]) == (404, "no_link")


@pytest.fixture
def link(publication):
    return DownloadLink.objects.select_related("plan__patient__clinic").get(plan=publication.plan)


def test_the_devices_of_a_link_are_told_and_ended(api, link):
    first, second = (remember_device(link=link, kind=kind) for kind in (DeviceKind.PHONE, DeviceKind.TABLET))
    path = f"links/{link.pk}/devices/"
    Device.objects.filter(pk=first.pk).update(last_seen_at=timezone.now() - timedelta(days=1))

    told = api.get(path).json()["results"]
    assert [(one["id"], one["kind"]) for one in told] == [
        (str(second.pk), "tablet"),
        (str(first.pk), "phone"),
    ]
    assert told[0]["expires_on"] == str(second.expires_on)

    assert api.delete(f"{path}{first.pk}/", If_Match="*").status_code == 204
    first.refresh_from_db()
    assert (first.ended_how, first.ended_by) == (DeviceEnd.CLINIC, api.system.user)
    assert api.delete(f"{path}{first.pk}/", If_Match="*").status_code == 404
    assert [one["id"] for one in api.get(path).json()["results"]] == [str(second.pk)]
    assert api.delete(path, If_Match="*").status_code == 204
    assert api.get(path).json()["results"] == []
    assert api.delete(path, If_Match="*").status_code == 204


def test_a_device_is_ended_by_its_own_link_alone(api, link, therapist):
    device = remember_device(link=link, kind=DeviceKind.PHONE)
    other = factories.publication(therapist).plan.links.get()

    assert api.delete(f"links/{other.pk}/devices/{device.pk}/", If_Match="*").status_code == 404
    device.refresh_from_db()
    assert device.ended_at is None


def test_devices_of_a_link_that_opens_nothing_are_not_told(api, link, therapist):
    remember_device(link=link, kind=DeviceKind.PHONE)
    revoke_link(plan=link.plan, by=therapist)

    assert api.get(f"links/{link.pk}/devices/").json()["results"] == []


def test_the_printed_code_is_told_where_it_is_asked(api, link):
    path = f"links/{link.pk}/"
    assert api.get(path).json()["code"] is None
    Clinic.objects.update(asks_code=True)
    assert api.get(path).json()["code"] is None
    DownloadLink.objects.update(has_code=True)
    told = api.get(path).json()
    assert re.fullmatch("[0-9]{3} [0-9]{3}", told["code"])
    assert told["url"].endswith(".code/")
    DownloadLink.objects.update(revoked_at=timezone.now(), revoked_by=link.created_by)
    assert api.get(path).json()["code"] is None


def test_a_lead_says_how_long_devices_are_remembered_and_whether_codes_are_asked(api, clinic):
    path = f"clinics/{clinic.pk}/"
    shown = api.get(path)
    assert (shown.json()["device_days"], shown.json()["asks_code"]) == (90, False)
    given = {"device_days": 0, "asks_code": True}
    changed = api.patch(path, given, If_Match=shown["ETag"])
    assert (changed.status_code, changed.json()["device_days"], changed.json()["asks_code"]) == (200, 0, True)
    refused = api.patch(path, {"device_days": 366}, If_Match="*")
    assert refused.status_code == 400


def test_a_review_is_closed_once(api, publication):
    review = Review.objects.create(publication=publication, difference="d", appeared=["a b"], gone=[])
    assert [one["id"] for one in api.get("reviews/?closed=false").json()["results"]] == [str(review.pk)]
    assert api.post(f"reviews/{review.pk}/close/").json()["closed_at"] is not None
    again = api.post(f"reviews/{review.pk}/close/")
    assert (again.status_code, again.json()["code"]) == (409, "already_closed")
    assert api.get("reviews/?closed=false").json()["results"] == []


HOOK = {"url": "https://practice.example.org/hook", "events": ["rendering.ready"]}


def test_a_webhooks_secret_is_told_once(api):
    made = api.post("webhooks/", HOOK)
    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    shown = api.get(f"webhooks/{made.json()['id']}/")
    assert "secret" not in shown.json()
    renewed = api.post(f"webhooks/{made.json()['id']}/renew-secret/").json()["secret"]
    assert renewed != made.json()["secret"]


@pytest.mark.parametrize(
    "url", ["http://practice.example.org/", "https://127.0.0.1/", "https://localhost/", "x"]
)
def test_a_webhook_never_goes_inward(api, url):
    for answer in (
        api.post("webhooks/", {**HOOK, "url": url}),
        api.patch(f"webhooks/{api.post('webhooks/', HOOK).json()['id']}/", {"url": url}, If_Match="*"),
    ):
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["code"] == "address_refused"


def test_the_log_of_deliveries_is_told_and_replayed(api, publication, broker):
    webhook = api.post("webhooks/", HOOK).json()
    factories.finish_file(Rendering.objects.get())
    collect_events.collect()
    log = api.get(f"deliveries/?webhook={webhook['id']}&state=queued").json()["results"]
    assert [one["event"] for one in log] == ["rendering.ready"]
    WebhookDelivery.objects.update(state="failed", attempts=10)
    replayed = api.post(f"deliveries/{log[0]['id']}/replay/")
    assert (replayed.status_code, replayed.json()["state"]) == (202, "queued")


def test_a_webhook_is_changed_and_removed(api):
    made = api.post("webhooks/", HOOK)
    path = f"webhooks/{made.json()['id']}/"
    changed = api.patch(path, {"active": False, "events": ["link.opened"]}, If_Match=made["ETag"])
    assert (changed.json()["active"], changed.json()["events"]) == (False, ["link.opened"])
    assert api.delete(path, If_Match=changed["ETag"]).status_code == 204
    assert api.get(path).status_code == 404


def test_a_paused_webhook_says_so_and_is_resumed(api):
    made = api.post("webhooks/", HOOK).json()
    path = f"webhooks/{made['id']}/"
    assert (made["paused_at"], made["failures_in_row"]) == (None, 0)
    WebhookEndpoint.objects.update(paused_at=timezone.now(), failures_in_row=20)
    shown = api.get(path)
    assert (shown.json()["paused_at"] is None, shown.json()["failures_in_row"]) == (False, 20)
    resumed = api.post(f"{path}resume/", If_Match=shown["ETag"])
    assert (resumed.status_code, resumed.json()["paused_at"], resumed.json()["failures_in_row"]) == (
        200,
        None,
        0,
    )
    assert api.get("webhooks/").json()["results"][0]["paused_at"] is None
