"""Webhooks: signed news for a clinic's software, and the log of their deliveries."""

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
from plans.api.exceptions import refuse
from plans.api.filters import IdFilter
from plans.api.lookups.clinics import named_clinic
from plans.api.permissions import Call, is_lead
from plans.api.serializers.base import EmptySerializer
from plans.api.serializers.webhooks import (
    EVENTS,
    DeliverySerializer,
    MadeWebhookSerializer,
    WebhookSerializer,
)
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.models import Clinic, DeliveryState, Role, WebhookDelivery, WebhookEndpoint, WebhookEvent

WRITE = Call("webhooks:write", is_lead, reads=("webhooks:read",))


@extend_schema_view(
    list=extend_schema(summary="List webhooks"), retrieve=extend_schema(summary="Read a webhook")
)
class WebhookViewSet(ListMixin, RetrieveMixin):
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
    optional_if_match = frozenset({"renew_secret", "resume"})
    volatile_fields = frozenset({"failures_in_row"})
    model = WebhookEndpoint
    versioned = True
    serializer_class = WebhookSerializer
    ordering_fields = ("created_at",)
    ordering = ("-created_at",)

    def rows(self) -> QuerySet[WebhookEndpoint]:
        leads = permissions.clinics_with(self.person, Role.LEAD)
        return WebhookEndpoint.objects.filter(clinic__in=leads).select_related("clinic")

    @extend_schema(summary="Add a webhook", responses={201: MadeWebhookSerializer})
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
        webhook = self.locked_as_seen()
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
        return self.answer_row(changed)

    @extend_schema(summary="Remove a webhook", description="With its log.", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        webhook = self.locked_as_seen()
        endpoints.remove_webhook(endpoint=webhook, by=self.person)
        return Response(status=204)

    @extend_schema(summary="Give a new secret", request=EmptySerializer, responses=MadeWebhookSerializer)
    @action(detail=True, methods=["post"], url_path="renew-secret", serializer_class=EmptySerializer)
    def renew_secret(self, request: Request, pk: UUID) -> Response:
        """For a day both secrets sign, so that nothing is missed while it is changed."""
        self.body()
        webhook = self.locked_for_command()
        return self._made(endpoints.renew_secret(endpoint=webhook, by=self.person))

    @extend_schema(summary="Resume a paused webhook", request=EmptySerializer, responses=WebhookSerializer)
    @action(detail=True, methods=["post"], serializer_class=EmptySerializer)
    def resume(self, request: Request, pk: UUID) -> Response:
        """Sends what waited since it was paused. A new address resumes it too."""
        self.body()
        webhook = self.locked_for_command()
        return self.answer_row(endpoints.resume_webhook(endpoint=webhook, by=self.person))

    def _clinic(self, given: UUID | None) -> Clinic:
        return named_clinic(
            given,
            among=permissions.clinics_with(self.person, Role.LEAD),
            several="You are lead of several clinics: say of which.",
            unknown="You are not lead of such a clinic.",
        )

    def _made(self, made: endpoints.MadeWebhook, status: int = 200) -> Response:
        answer = self.answer_row(made.endpoint, status=status)
        answer.data["secret"] = made.secret
        return answer


class DeliveryFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What deliveries can be found by."""

    webhook = IdFilter(field_name="endpoint_id", label="The webhook's id.")
    state = filters.ChoiceFilter(choices=DeliveryState.choices, label="Where they stand.")
    event = filters.ChoiceFilter(
        field_name="event__type", choices=[(word, word) for word in EVENTS], label="What happened."
    )


@extend_schema_view(
    list=extend_schema(summary="List deliveries"), retrieve=extend_schema(summary="Read a delivery")
)
class DeliveryViewSet(ListMixin, RetrieveMixin):
    """The log of deliveries of the last 90 days."""

    tag = "webhooks"
    calls = {
        "list": Call("webhooks:read", is_lead),
        "retrieve": Call("webhooks:read", is_lead),
        "replay": WRITE,
    }
    model = WebhookDelivery
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilter
    ordering_fields = ("created_at",)
    ordering = ("-created_at",)

    def rows(self) -> QuerySet[WebhookDelivery]:
        leads = permissions.clinics_with(self.person, Role.LEAD)
        rows = WebhookDelivery.objects.filter(endpoint__clinic__in=leads)
        return rows.select_related("endpoint__clinic", "event")

    @extend_schema(summary="Deliver again", request=EmptySerializer, responses={202: DeliverySerializer})
    @action(detail=True, methods=["post"], serializer_class=EmptySerializer)
    def replay(self, request: Request, pk: UUID) -> Response:
        """Sends the same event once more, with the same webhook-id."""
        self.body()
        delivery = endpoints.replay(delivery=self.get_object(), by=self.person)
        response = Response(DeliverySerializer(delivery).data, status=202)
        response["Location"] = self.address_of(delivery)
        response["Retry-After"] = "5"
        return response
