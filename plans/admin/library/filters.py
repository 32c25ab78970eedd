"""Filters of the library's lists: by what the version in force says, and by its review state."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from plans.admin.base.requests import state_of
from plans.admin.library.presenters import review_clinics
from plans.libraryfiles.vocabulary import Kind, Level, Position
from plans.models.base import choices_of
from plans.queries.approvals import exercise_work, rule_work
from plans.queries.exercises import offered_revisions
from plans.queries.rules import versions_in_force


class FactFilter(SimpleListFilter):
    """One fact of the version that the list shows."""

    words: type[Kind] | type[Position] | type[Level]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return choices_of(self.words)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        found = self.versions_shown(review_clinics(request)).filter(
            **{str(self.parameter_name): self.value()}
        )
        return queryset.filter(revisions__in=found)

    def versions_shown(self, clinics: Collection[UUID]) -> QuerySet[Any]:
        return offered_revisions(clinics)


class KindFilter(FactFilter):
    """What an exercise is for."""

    title, parameter_name, words = "kind", "kind", Kind


class PositionFilter(FactFilter):
    """How the body starts."""

    title, parameter_name, words = "position", "position", Position


class LevelFilter(FactFilter):
    """What a rule asks for."""

    title, parameter_name, words = "level", "level", Level

    def versions_shown(self, clinics: Collection[UUID]) -> QuerySet[Any]:
        return versions_in_force(clinics)


class ReviewStateFilter(SimpleListFilter):
    """Whether something of the newest version waits for this clinic's review."""

    title, parameter_name = "review", "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("waits", _("needs review")), ("done", "approved")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(waits=self.value() == "waits")


def with_review_state(queryset: QuerySet[Any], request: HttpRequest, *, of: str) -> QuerySet[Any]:
    clinic = state_of(request).clinic
    if clinic is None:
        return queryset.none()
    work: QuerySet[Any] = exercise_work(clinic) if of == "exercise" else rule_work(clinic)
    annotated: QuerySet[Any] = queryset.annotate(waits=Exists(work.filter(**{of: OuterRef("pk")})))
    return annotated
