"""Personal links of plans: made, renewed, revoked, and every use of them."""

from uuid import UUID

import django_filters as filters
from django.db.models import Count, Q, QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.devices import end_device, end_devices
from plans.actions.links import NoLink, ensure_link, renew_link, revoke_link
from plans.api.exceptions import refuse
from plans.api.filters import FlagFilter, IdFilter
from plans.api.permissions import Call
from plans.api.serializers.links import (
    DeviceSerializer,
    LinkInputSerializer,
    LinkSerializer,
    OpeningSerializer,
)
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.models import Device, DownloadLink, LinkOpening, LinkUse
from plans.queries.devices import open_devices
from plans.queries.pauses import paused_since


class LinkFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What links can be found by."""

    plan = IdFilter(field_name="plan_id", label="The plan's id.")
    revoked = FlagFilter(
        field_name="revoked_at", lookup_expr="isnull", exclude=True, label="Whether it was revoked."
    )


@extend_schema_view(list=extend_schema(summary="List links"), retrieve=extend_schema(summary="Read a link"))
class LinkViewSet(ListMixin, RetrieveMixin):
    """Personal links of the plans of the caller's patients."""

    calls = {
        "list": Call("links:read"),
        "retrieve": Call("links:read"),
        "create": Call("links:write", reads=("links:read",)),
        "destroy": Call("links:write"),
        "openings": Call("links:read"),
        "devices": Call("links:read"),
        "end_devices": Call("links:write"),
        "end_device": Call("links:write"),
    }
    paged_actions = ("list", "openings", "devices")
    volatile_fields = frozenset({"openings"})
    model = DownloadLink
    versioned = True
    serializer_class = LinkSerializer
    filterset_class = LinkFilter
    ordering_fields = ("created_at",)
    ordering = ("-created_at",)

    def rows(self) -> QuerySet[DownloadLink]:
        opened = Count("openings", filter=Q(openings__use=LinkUse.OPENED))
        links = permissions.links_of(self.person).select_related("plan__patient__clinic")
        return links.annotate(opened=opened, paused_at=paused_since("plan"))

    @extend_schema(
        summary="Make a link",
        description="Gives the plan's open link (200), made now if there is none (201).",
        request=LinkInputSerializer,
        responses={
            201: LinkSerializer,
            200: OpenApiResponse(LinkSerializer, description="The link there was."),
        },
    )
    def create(self, request: Request) -> Response:
        given = self.body(LinkInputSerializer)
        plan = permissions.plans_of(self.person).filter(pk=given["plan"]).first()
        if plan is None:
            refuse("plan", "You have no such plan.", "unknown")
        before = plan.links.filter(revoked_at=None).first()
        make = renew_link if given.get("renew") else ensure_link
        made = make(plan=plan, by=self.person)
        link = self.rows().get(pk=made.pk)
        self.concerns.add(plan.patient_id)
        status = 200 if before and before.pk == link.pk else 201
        return self.answer_row(link, status=status)

    @extend_schema(summary="Revoke a link", description="Closes it for good.", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        link = self.locked_as_seen()
        if link.revoked_at is not None:
            raise NoLink
        revoke_link(plan=link.plan, by=self.person)
        return Response(status=204)

    @extend_schema(summary="List a link's openings", responses=OpeningSerializer(many=True))
    @action(detail=True, methods=["get"], filterset_class=None, ordering_fields=(), ordering=("-created_at",))
    def openings(self, request: Request, pk: UUID) -> Response:
        """Every use of the link, and every try, newest first."""
        rows = LinkOpening.objects.filter(link=self.get_object())
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(OpeningSerializer(page, many=True).data)

    @extend_schema(summary="List a link's devices", responses=DeviceSerializer(many=True))
    @action(
        detail=True, methods=["get"], filterset_class=None, ordering_fields=(), ordering=("-last_seen_at",)
    )
    def devices(self, request: Request, pk: UUID) -> Response:
        """Those that open the link today without the birth date, the one that was used last first."""
        page = self.paginate_queryset(self._devices_of(self.get_object())) or []
        return self.get_paginated_response(DeviceSerializer(page, many=True).data)

    @extend_schema(
        summary="End a link's devices",
        description="Each of them is asked for the birth date again.",
        responses={204: None},
    )
    @devices.mapping.delete
    def end_devices(self, request: Request, pk: UUID) -> Response:
        end_devices(link=self.locked_as_seen(), by=self.person)
        return Response(status=204)

    @extend_schema(
        summary="End a device",
        description="It is asked for the birth date again.",
        responses={204: None},
    )
    @action(detail=True, methods=["delete"], url_path="devices/<uuid:device>")
    def end_device(self, request: Request, pk: UUID, device: UUID) -> Response:
        row = self._devices_of(self.locked_as_seen()).filter(pk=device).first()
        if row is None:
            raise NotFound
        end_device(device=row, by=self.person)
        return Response(status=204)

    @staticmethod
    def _devices_of(link: DownloadLink) -> QuerySet[Device]:
        rows = open_devices([link], clinic=link.plan.patient.clinic)
        return rows.select_related("link__plan__patient__clinic")
