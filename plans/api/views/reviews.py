"""Issued plans of which the rules now say something else."""

from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.reviewing import close_review
from plans.api.filters import FlagFilter, IdFilter
from plans.api.permissions import Call
from plans.api.serializers.base import EmptySerializer
from plans.api.serializers.reviews import ReviewSerializer
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.models import Review


class ReviewFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What reviews can be found by."""

    plan = IdFilter(field_name="publication__plan_id", label="The plan's id.")
    closed = FlagFilter(
        field_name="closed_at", lookup_expr="isnull", exclude=True, label="Whether someone looked at it."
    )


@extend_schema_view(
    list=extend_schema(summary="List reviews"), retrieve=extend_schema(summary="Read a review")
)
class ReviewViewSet(ListMixin, RetrieveMixin):
    """What is to be looked at again in the caller's caseload."""

    calls = {
        "list": Call("reviews:read"),
        "retrieve": Call("reviews:read"),
        "close": Call("reviews:write", reads=("reviews:read",)),
    }
    optional_if_match = frozenset({"close"})
    model = Review
    versioned = True
    serializer_class = ReviewSerializer
    filterset_class = ReviewFilter
    ordering_fields = ("found_at",)
    ordering = ("-found_at",)
    columns = {"found_at": "created_at"}

    def rows(self) -> QuerySet[Review]:
        own = permissions.publications_of(self.person)
        return Review.objects.filter(publication__in=own).select_related("publication")

    @extend_schema(summary="Close a review", request=EmptySerializer, responses=ReviewSerializer)
    @action(detail=True, methods=["post"], serializer_class=EmptySerializer)
    def close(self, request: Request, pk: UUID) -> Response:
        """Note that you have looked. 409 `already_closed` if someone has, `not_answered` while a finding stops
        the plan, which is not paused, or asks for a reason.
        """
        self.body()
        review = self.locked_for_command()
        close_review(review=review, by=self.person)
        return self.answer_row(self.get_object())
