"""Webhooks and their deliveries, as the API reads and tells them."""

from plans.api.serializers.base import InputSerializer, OutputSerializer, many
from plans.api.serializers.fields import Choice, ChoiceList, Flag, Id, Moment, Text, Whole, length_of
from plans.models import DeliveryState, WebhookEndpoint, WebhookEvent

URL = "https://practice.example.org/hooks/plans"
EVENTS = [event.value for event in WebhookEvent]


class WebhookSerializer(InputSerializer):
    """An https address that hears of events. It never hears a name or a birth date: only ids and codes."""

    id = Id(read_only=True, help_text="The webhook's id.")
    clinic = Id(
        source="clinic_id",
        required=False,
        help_text="The clinic; yours when not given. Stays.",
    )
    url = Text(
        max_length=length_of(WebhookEndpoint, "url"),
        help_text="Where to send: https, on the public internet.",
        example=URL,
    )
    events = ChoiceList(choices=EVENTS, allow_empty=False, help_text="What to tell.", example=EVENTS[:1])
    active = Flag(required=False, help_text="Whether it hears anything.", example=True)
    created_at = Moment(read_only=True, help_text="When it was made.")
    failures_in_row = Whole(
        read_only=True, help_text="How many tries failed since the last that was taken.", example=0
    )
    paused_at = Moment(
        read_only=True,
        allow_null=True,
        help_text="Since when it is paused, as it failed too often: what it is to hear waits until it is resumed.",
        example=None,
    )


class MadeWebhookSerializer(WebhookSerializer):
    """A webhook with its secret, told this once."""

    secret = Text(read_only=True, help_text="Checks the signatures (Standard Webhooks).", example="whsec_...")


class TrySerializer(OutputSerializer):
    """One try to deliver."""

    at = Moment(help_text="When.")
    status = Whole(allow_null=True, help_text="The receiver's HTTP status, if it answered.", example=204)
    error = Text(help_text="Why it did not answer; else blank.", example="")


class DeliverySerializer(OutputSerializer):
    """One event for one webhook."""

    id = Id(help_text="The delivery's id.")
    webhook = Id(source="endpoint_id", help_text="The webhook's id.")
    event_id = Id(source="event.uuid", help_text="What the receiver sees as webhook-id.")
    event = Choice(source="event.type", choices=EVENTS, help_text="What happened.", example=EVENTS[0])
    body = Text(
        source="event.body", help_text="What is sent, byte for byte.", example='{"type":"rendering.ready"}'
    )
    state = Choice(choices=list(DeliveryState.values), help_text="Where it stands.", example="delivered")
    happened_at = Moment(source="event.happened_at", help_text="When it happened.")
    next_try_at = Moment(source="not_before", help_text="Not tried again before.")
    tries = many(TrySerializer, help_text="The tries, the oldest first.")
