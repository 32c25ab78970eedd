"""Webhooks with their log: kept by leads, secrets shown once."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.actions.webhooks.collect_events import collect
from plans.models import WebhookEndpoint
from tests import factories
from tests.admin.forms import posted, text_of

ADD_SYSTEM = reverse("admin:plans_clinicsystem_add")
ADD_WEBHOOK = reverse("admin:plans_webhookendpoint_add")


@pytest.fixture
def webhook(lead_client, clinic):
    data = {
        "clinic": str(clinic.pk),
        "url": "https://example.org/hook",
        "events": ["link.opened"],
        "active": "on",
    }
    lead_client.post(ADD_WEBHOOK, data)
    return WebhookEndpoint.objects.get()


def page_of(row, way="change", *further):
    return reverse(f"admin:plans_{row._meta.model_name}_{way}", args=[row.pk, *further])


def test_a_webhook_that_is_made_inactive_is_inactive(lead_client, clinic):
    data = {"clinic": str(clinic.pk), "url": "https://example.org/hook", "events": ["link.opened"]}
    lead_client.post(ADD_WEBHOOK, data)
    assert not WebhookEndpoint.objects.get().active


def test_what_the_service_counts_is_nobodys_change(lead_client, webhook):
    data = posted(lead_client.get(page_of(webhook)), "webhookendpoint_form", url="https://example.org/other")
    collect()
    lead_client.post(page_of(webhook), data)
    webhook.refresh_from_db()
    assert webhook.url == "https://example.org/other"


def test_a_webhook_shows_its_secret_once(lead_client, clinic):
    data = {"clinic": str(clinic.pk), "url": "https://example.org/hook", "events": ["link.opened"]}
    answer = lead_client.post(ADD_WEBHOOK, data)
    webhook = WebhookEndpoint.objects.get()
    secret = re.search(r'id="webhook-secret"[^>]*value="([^"]+)"', answer.content.decode())[1]
    assert secret.startswith("whsec_")
    assert secret not in lead_client.get(page_of(webhook)).content.decode()


@pytest.mark.parametrize(
    "url", ["http://example.org/", "https://localhost/", "https://10.0.0.1/", "nonsense"]
)
def test_an_address_that_is_refused_is_told(lead_client, clinic, url):
    answer = lead_client.post(ADD_WEBHOOK, {"clinic": str(clinic.pk), "url": url, "events": ["link.opened"]})
    assert answer.status_code == 200
    assert not WebhookEndpoint.objects.exists()


def test_a_webhook_is_changed(lead_client, webhook):
    data = posted(lead_client.get(page_of(webhook)), "webhookendpoint_form", url="https://example.org/other")
    data.pop("active")
    lead_client.post(page_of(webhook), data)
    webhook.refresh_from_db()
    assert (webhook.url, webhook.active, webhook.events) == (
        "https://example.org/other",
        False,
        ["link.opened"],
    )


def test_a_delivery_is_sent_again(lead_client, webhook):
    delivery = factories.delivery(webhook, "link.opened", state="failed")
    assert "link.opened" in text_of(lead_client.get(page_of(webhook)))
    lead_client.post(page_of(webhook, "replay", delivery.pk))
    delivery.refresh_from_db()
    assert delivery.state == "queued"


def test_a_new_secret_and_the_end(lead_client, webhook):
    assert "whsec_" in lead_client.post(page_of(webhook, "secret")).content.decode()
    lead_client.post(page_of(webhook, "remove"))
    assert not WebhookEndpoint.objects.exists()


def test_a_paused_webhook_says_so_and_is_resumed_with_one_click(lead_client, webhook):
    WebhookEndpoint.objects.update(paused_at=timezone.now(), failures_in_row=20)
    assert "paused since" in text_of(lead_client.get(reverse("admin:plans_webhookendpoint_changelist")))
    assert "It failed 20 times in a row" in text_of(lead_client.get(page_of(webhook)))
    lead_client.post(page_of(webhook, "resume"))
    webhook.refresh_from_db()
    assert (webhook.paused_at, webhook.failures_in_row) == (None, 0)
    assert "It failed" not in text_of(lead_client.get(page_of(webhook)))


def test_a_failing_webhook_is_seen_before_it_is_paused(lead_client, webhook):
    WebhookEndpoint.objects.update(failures_in_row=3)
    assert "failing, 3 times in a row" in text_of(
        lead_client.get(reverse("admin:plans_webhookendpoint_changelist"))
    )
    assert "3 failed tries in a row; after 20 it is paused" in text_of(lead_client.get(page_of(webhook)))
