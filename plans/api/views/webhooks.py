"""Webhooks: signed news for a clinic's software, and the log of their deliveries."""

from typing import Any
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.webhooks import endpoints
from plans.actions.webhooks.addresses import AddressRefused
from plans.api.filters import IdFilter
from plans.api.permissions import Call
from plans.api.schema.openapi import Nothing
from plans.api.serializers.base import Body, Shown, many
from plans.api.serializers.fields import Choice, Flag, Id, Moment, Text, Whole, WordsFrom
from plans.api.views.audit import is_lead
from plans.api.viewsets.base import ApiViewSet, refuse
from plans.models import Clinic, DeliveryState, Role, WebhookDelivery, WebhookEndpoint, WebhookEvent

UUID_ = "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"
NOW = "2026-03-02T10:15:00Z"
URL = "https://practice.example.org/hooks/plans"
EVENTS = [event.value for event in WebhookEvent]
WRITE = Call("webhooks:write", is_lead, reads=("webhooks:read",))


class WebhookShown(Body):
    """An https address that hears of events. It never hears a name or a birth date: only ids."""

    id = Id(read_only=True, help_text="The webhook's id.", example=UUID_)
    clinic = Id(
        source="clinic_id",
        required=False,
        help_text="The clinic; yours when not given. Stays.",
        example=UUID_,
    )
    url = Text(max_length=500, help_text="Where to send: https, on the public internet.", example=URL)
    events = WordsFrom(choices=EVENTS, allow_empty=False, help_text="What to tell.", example=EVENTS[:1])
    active = Flag(required=False, help_text="Whether it hears anything.", example=True)
    created_at = Moment(read_only=True, help_text="When it was made.", example=NOW)
    failures_in_row = Whole(
        read_only=True, help_text="How many tries failed since the last that was taken.", example=0
    )
    paused_at = Moment(
        read_only=True,
        allow_null=True,
        help_text="Since when it is paused, as it failed too often: what it is to hear waits until it is resumed.",
        example=None,
    )


class MadeWebhookShown(WebhookShown):
    """A webhook with its secret, told this once."""

    secret = Text(read_only=True, help_text="Checks the signatures (Standard Webhooks).", example="whsec_...")


class TryShown(Shown):
    """One try to deliver."""

    at = Moment(help_text="When.", example=NOW)
    status = Whole(allow_null=True, help_text="The receiver's HTTP status, if it answered.", example=204)
    error = Text(help_text="Why it did not answer; else blank.", example="")


class DeliveryShown(Shown):
    """One event for one webhook."""

    id = Id(help_text="The delivery's id.", example=UUID_)
    webhook = Id(source="endpoint_id", help_text="The webhook's id.", example=UUID_)
    event_id = Id(help_text="What the receiver sees as webhook-id.", example=UUID_)
    event = Choice(choices=EVENTS, help_text="What happened.", example=EVENTS[0])
    body = Text(help_text="What is sent, byte for byte.", example='{"type":"rendering.ready"}')
    state = Choice(choices=list(DeliveryState.values), help_text="Where it stands.", example="delivered")
    happened_at = Moment(help_text="When it happened.", example=NOW)
    next_try_at = Moment(source="not_before", help_text="Not tried again before.", example=NOW)
    tries = many(TryShown, help_text="The tries, the oldest first.")


@extend_schema_view(
    list=extend_schema(summary="List webhooks"), retrieve=extend_schema(summary="Read a webhook")
)
class Webhooks(ApiViewSet):
    """The webhooks of the clinics where the caller is lead."""

    calls = {
        "list": Call("webhooks:read", is_lead),
        "retrieve": Call("webhooks:read", is_lead),
        "create": WRITE,
        "partial_update": WRITE,
        "destroy": Call("webhooks:write", is_lead),
        "renew_secret": WRITE,
        "resume": WRITE,
    }
    holds = frozenset({"renew_secret", "resume"})
    counts = frozenset({"failures_in_row"})
    serializer_class = WebhookShown
    ordering_fields = ("created_at",)
    ordering = ("-created_at",)

    def rows(self) -> QuerySet[WebhookEndpoint]:
        leads = permissions.clinics_with(self.person, Role.LEAD)
        return WebhookEndpoint.objects.filter(clinic__in=leads).select_related("clinic")

    def queryset_for_schema(self) -> QuerySet[WebhookEndpoint]:
        return WebhookEndpoint.objects.all()

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(WebhookShown(page, many=True).data)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        return self._shown(self.get_object())

    @extend_schema(summary="Add a webhook", responses={201: MadeWebhookShown})
    def create(self, request: Request) -> Response:
        given = self.body()
        try:
            made = endpoints.make_webhook(
                clinic=self._clinic(given.get("clinic_id")),
                url=given["url"],
                events=[WebhookEvent(word) for word in given["events"]],
                active=given.get("active", True),
                by=self.person,
            )
        except AddressRefused as error:
            refuse("url", str(error), error.code)
        return self._made(made, status=201)

    @extend_schema(summary="Change a webhook")
    def partial_update(self, request: Request, pk: UUID) -> Response:
        webhook = self.locked()
        self.expect([webhook])
        given = self.body(partial=True)
        if given.get("clinic_id", webhook.clinic_id) != webhook.clinic_id:
            refuse("clinic", "A webhook stays with its clinic.")
        events = given.get("events")
        try:
            changed = endpoints.change_webhook(
                endpoint=webhook,
                url=given.get("url"),
                events=None if events is None else [WebhookEvent(word) for word in events],
                active=given.get("active"),
                by=self.person,
            )
        except AddressRefused as error:
            refuse("url", str(error), error.code)
        return self._shown(changed)

    @extend_schema(summary="Remove a webhook", description="With its log.", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        webhook = self.locked()
        self.expect([webhook])
        endpoints.remove_webhook(endpoint=webhook, by=self.person)
        return Response(status=204)

    @extend_schema(summary="Give a new secret", request=Nothing, responses=MadeWebhookShown)
    @action(detail=True, methods=["post"], url_path="renew-secret", serializer_class=Nothing)
    def renew_secret(self, request: Request, pk: UUID) -> Response:
        """For a day both secrets sign, so that nothing is missed while it is changed."""
        self.body()
        webhook = self.locked()
        self.expect_if_told([webhook])
        return self._made(endpoints.renew_secret(endpoint=webhook, by=self.person))

    @extend_schema(summary="Resume a paused webhook", request=Nothing, responses=WebhookShown)
    @action(detail=True, methods=["post"], serializer_class=Nothing)
    def resume(self, request: Request, pk: UUID) -> Response:
        """Sends what waited since it was paused. A new address resumes it too."""
        self.body()
        webhook = self.locked()
        self.expect_if_told([webhook])
        return self._shown(endpoints.resume_webhook(endpoint=webhook, by=self.person))

    def _clinic(self, given: UUID | None) -> Clinic:
        own = permissions.clinics_with(self.person, Role.LEAD)
        if given is None and len(own) != 1:
            refuse("clinic", "You are lead of several clinics: say of which.", "required")
        if given is not None and given not in own:
            refuse("clinic", "You are not lead of such a clinic.", "unknown")
        return Clinic.objects.get(pk=given or own.pop())

    def _made(self, made: endpoints.MadeWebhook, status: int = 200) -> Response:
        webhook: Any = made.endpoint
        data = {**WebhookShown(webhook).data, "secret": made.secret}
        location = f"/api/v1/webhooks/{webhook.pk}/" if status == 201 else ""
        return self.answer(data, rows=[webhook], status=status, location=location)

    def _shown(self, webhook: WebhookEndpoint) -> Response:
        return self.answer(WebhookShown(webhook).data, rows=[webhook])


class DeliveryFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What deliveries can be found by."""

    webhook = IdFilter(field_name="endpoint_id", label="The webhook's id.")
    state = filters.ChoiceFilter(choices=DeliveryState.choices, label="Where they stand.")
    event = filters.ChoiceFilter(choices=[(word, word) for word in EVENTS], label="What happened.")


@extend_schema_view(
    list=extend_schema(summary="List deliveries"), retrieve=extend_schema(summary="Read a delivery")
)
class Deliveries(ApiViewSet):
    """The log of deliveries of the last 90 days."""

    tag = "webhooks"
    calls = {
        "list": Call("webhooks:read", is_lead),
        "retrieve": Call("webhooks:read", is_lead),
        "replay": WRITE,
    }
    serializer_class = DeliveryShown
    filterset_class = DeliveryFilter
    ordering_fields = ("created_at",)
    ordering = ("-created_at",)

    def rows(self) -> QuerySet[WebhookDelivery]:
        leads = permissions.clinics_with(self.person, Role.LEAD)
        return WebhookDelivery.objects.filter(endpoint__clinic__in=leads).select_related("endpoint__clinic")

    def queryset_for_schema(self) -> QuerySet[WebhookDelivery]:
        return WebhookDelivery.objects.all()

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(DeliveryShown(page, many=True).data)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        return self.answer(DeliveryShown(self.get_object()).data)

    @extend_schema(summary="Deliver again", request=Nothing, responses={202: DeliveryShown})
    @action(detail=True, methods=["post"], serializer_class=Nothing)
    def replay(self, request: Request, pk: UUID) -> Response:
        """Sends the same event once more, with the same webhook-id."""
        self.body()
        delivery = endpoints.replay(delivery=self.get_object(), by=self.person)
        response = Response(DeliveryShown(delivery).data, status=202)
        response["Location"] = f"/api/v1/deliveries/{delivery.pk}/"
        response["Retry-After"] = "5"
        return response
