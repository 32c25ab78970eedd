"""Webhooks over the API."""

import pytest

from plans.models import WebhookEndpoint

GIVEN = {"url": "https://practice.example.org/hook", "events": ["link.opened"]}


@pytest.mark.parametrize(
    ("given", "active"), [({}, True), ({"active": True}, True), ({"active": False}, False)]
)
def test_a_new_webhook_is_as_active_as_was_said(api, given, active):
    answer = api.post("webhooks/", {**GIVEN, **given})
    assert (answer.status_code, answer.json()["active"]) == (201, active)
    assert WebhookEndpoint.objects.get().active is active
