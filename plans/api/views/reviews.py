"""Issued plans of which the rules now say something else."""

from typing import Any
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.reviewing import close_review
from plans.api.filters import IdFilter, YesNo
from plans.api.permissions import Call
from plans.api.schema.openapi import Nothing
from plans.api.serializers.base import Shown
from plans.api.serializers.fields import Flag, Id, Moment, Whole, Words
from plans.api.viewsets.base import ApiViewSet
from plans.models import Review

UUID_ = "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"
FINDING = "condition_rule 5f0c6d6dd0f14f0e9f3a9b1f6f6f7c11"


class ReviewShown(Shown):
    """A difference between the findings of the day of issue and those of today."""

    id = Id(help_text="The review's id.", example=UUID_)
    publication = Id(source="publication_id", help_text="The publication's id.", example=UUID_)
    plan = Id(source="publication.plan_id", help_text="The plan's id.", example=UUID_)
    appeared = Words(help_text="Findings that are new: code and fingerprint.", example=[FINDING])
    gone = Words(help_text="Findings that are gone: code and fingerprint.", example=[FINDING])
    stops = Whole(help_text="How many findings stop the plan now: pause it.", example=0)
    unanswered = Whole(help_text="How many findings ask for a reason that nobody gave.", example=1)
    unchecked = Flag(
        help_text="Whether the last check failed: look at the plan yourself, and pause it if in doubt.",
        example=False,
    )
    found_at = Moment(help_text="When it was found.", example="2026-03-02T04:15:00Z")
    closed_at = Moment(allow_null=True, help_text="When someone looked at it.", example=None)


class ReviewFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What reviews can be found by."""

    plan = IdFilter(field_name="publication__plan_id", label="The plan's id.")
    closed = YesNo(
        field_name="closed_at", lookup_expr="isnull", exclude=True, label="Whether someone looked at it."
    )


@extend_schema_view(
    list=extend_schema(summary="List reviews"), retrieve=extend_schema(summary="Read a review")
)
class Reviews(ApiViewSet):
    """What is to be looked at again in the caller's caseload."""

    calls = {
        "list": Call("reviews:read"),
        "retrieve": Call("reviews:read"),
        "close": Call("reviews:write", reads=("reviews:read",)),
    }
    holds = frozenset({"close"})
    serializer_class = ReviewShown
    filterset_class = ReviewFilter
    ordering_fields = ("found_at",)
    ordering = ("-found_at",)

    def rows(self) -> QuerySet[Review]:
        own = permissions.publications_of(self.person)
        return Review.objects.filter(publication__in=own).select_related("publication")

    def queryset_for_schema(self) -> QuerySet[Review]:
        return Review.objects.all()

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(ReviewShown(page, many=True).data)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        return self._shown(self.get_object())

    @extend_schema(summary="Close a review", request=Nothing, responses=ReviewShown)
    @action(detail=True, methods=["post"], serializer_class=Nothing)
    def close(self, request: Request, pk: UUID) -> Response:
        """Note that you have looked. 409 `already_closed` if someone has, `not_answered` while a finding stops
        the plan, which is not paused, or asks for a reason.
        """
        self.body()
        review = self.locked()
        self.expect_if_told([review])
        close_review(review=review, by=self.person)
        return self._shown(self.get_object())

    def _shown(self, review: Any) -> Response:
        return self.answer(ReviewShown(review).data, rows=[review])
