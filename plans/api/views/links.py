"""Personal links of plans: made, renewed, revoked, and every use of them."""

from typing import Any
from uuid import UUID

import django_filters as filters
from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions, tokens
from plans.actions.links import NoLink, ensure_link, renew_link, revoke_link
from plans.api.filters import IdFilter, YesNo
from plans.api.permissions import Call
from plans.api.serializers.base import Body, Shown
from plans.api.serializers.fields import Address, Choice, Day, Flag, Id, Moment, Whole
from plans.api.viewsets.base import ApiViewSet, refuse
from plans.models import DownloadLink, LinkOpening, LinkUse
from plans.queries.links import MAX_WRONG
from plans.queries.pauses import paused_since

UUID_ = "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"


class LinkShown(Shown):
    """A plan's personal link: whoever has it and knows the birth date sees the newest publication."""

    id = Id(help_text="The link's id.", example=UUID_)
    plan = Id(source="plan_id", help_text="The plan's id.", example=UUID_)
    url = Address(
        allow_null=True,
        help_text="The address to hand to the patient; null once it is revoked.",
        example="https://plans.example.org/p/...",
    )
    expires_on = Day(help_text="The last day on which it opens.", example="2026-06-01")
    created_at = Moment(help_text="When it was made.", example="2026-03-02T10:15:00Z")
    revoked_at = Moment(allow_null=True, help_text="When it was revoked.", example=None)
    blocked_at = Moment(
        allow_null=True,
        help_text=f"When {MAX_WRONG} wrong birth dates in a row closed it. It stays closed until it is renewed.",
        example=None,
    )
    state = Choice(
        choices=["open", "paused", "blocked", "expired", "revoked"],
        help_text="Whether it opens, or why not. While the plan is `paused` it says not to exercise and gives no PDF.",
        example="open",
    )
    openings = Whole(
        source="opened", help_text="How many times it was opened with the right birth date.", example=3
    )

    def to_representation(self, instance: Any) -> dict[str, Any]:
        token = None
        if instance.revoked_at is None:
            token = tokens.token_of(link_id=instance.pk, digest=instance.token_digest)
        instance.state = _state(instance)
        instance.url = token and f"{settings.PUBLIC_URL}/p/{token}/"
        return super().to_representation(instance)


class LinkBody(Body):
    """Which plan's link, and whether a new one takes the place of the one there is."""

    plan = Id(help_text="The plan's id.", example=UUID_)
    renew = Flag(
        required=False,
        help_text="Whether to revoke the link there is; sheets printed before then lead nowhere.",
        example=False,
    )


class OpeningShown(Shown):
    """One use of a link, or a try. The address it came from is never told."""

    id = Id(help_text="Its id.", example=UUID_)
    use = Choice(choices=list(LinkUse.values), help_text="What was done with the link.", example="opened")
    at = Moment(help_text="When.", example="2026-03-02T10:15:00Z")


class LinkFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What links can be found by."""

    plan = IdFilter(field_name="plan_id", label="The plan's id.")
    revoked = YesNo(
        field_name="revoked_at", lookup_expr="isnull", exclude=True, label="Whether it was revoked."
    )


@extend_schema_view(list=extend_schema(summary="List links"), retrieve=extend_schema(summary="Read a link"))
class Links(ApiViewSet):
    """Personal links of the plans of the caller's patients."""

    calls = {
        "list": Call("links:read"),
        "retrieve": Call("links:read"),
        "create": Call("links:write", reads=("links:read",)),
        "destroy": Call("links:write"),
        "openings": Call("links:read"),
    }
    paged = ("list", "openings")
    counts = frozenset({"openings"})
    serializer_class = LinkShown
    filterset_class = LinkFilter
    ordering_fields = ("created_at",)
    ordering = ("-created_at",)

    def rows(self) -> QuerySet[DownloadLink]:
        opened = Count("openings", filter=Q(openings__use=LinkUse.OPENED))
        return permissions.links_of(self.person).annotate(opened=opened, paused_at=paused_since("plan"))

    def queryset_for_schema(self) -> QuerySet[DownloadLink]:
        return DownloadLink.objects.all()

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([_shown(link) for link in page])

    def retrieve(self, request: Request, pk: UUID) -> Response:
        link = self.get_object()
        return self.answer(_shown(link), rows=[link])

    @extend_schema(
        summary="Make a link",
        description="Gives the plan's open link (200), made now if there is none (201).",
        request=LinkBody,
        responses={201: LinkShown, 200: OpenApiResponse(LinkShown, description="The link there was.")},
    )
    def create(self, request: Request) -> Response:
        serializer = LinkBody(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        plan = permissions.plans_of(self.person).filter(pk=given["plan"]).first()
        if plan is None:
            refuse("plan", "You have no such plan.", "unknown")
        before = plan.links.filter(revoked_at=None).first()
        make = renew_link if given.get("renew") else ensure_link
        made = make(plan=plan, by=self.person)
        link = self.rows().get(pk=made.pk)
        self.concerns.add(plan.patient_id)
        status = 200 if before and before.pk == link.pk else 201
        location = f"/api/v1/links/{link.pk}/"
        return self.answer(_shown(link), rows=[link], status=status, location=location)

    @extend_schema(summary="Revoke a link", description="Closes it for good.", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        link = self.locked()
        self.expect([link])
        if link.revoked_at is not None:
            raise NoLink
        revoke_link(plan=link.plan, by=self.person)
        return Response(status=204)

    @extend_schema(summary="List a link's openings", responses=OpeningShown(many=True))
    @action(detail=True, methods=["get"], filterset_class=None, ordering_fields=(), ordering=("-at",))
    def openings(self, request: Request, pk: UUID) -> Response:
        """Every use of the link, and every try, newest first."""
        rows = LinkOpening.objects.filter(link=self.get_object())
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(OpeningShown(page, many=True).data)


def _state(link: Any) -> str:
    if link.revoked_at is not None:
        return "revoked"
    if link.blocked_at is not None:
        return "blocked"
    if link.expires_on < timezone.localdate():
        return "expired"
    return "paused" if link.paused_at else "open"


def _shown(link: Any) -> Any:
    return LinkShown(link).data
