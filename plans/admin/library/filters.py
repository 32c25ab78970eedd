"""Filters of the library's lists: by what the version in force says, and by its review state."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from plans.admin.base.requests import person_of
from plans.admin.library.presenters import clinic_of, clinics_shown
from plans.libraryfiles.vocabulary import Kind, Level, Position
from plans.queries.approvals import exercise_work, rule_work
from plans.queries.exercises import offered_revisions
from plans.queries.rules import versions_in_force


class FactFilter(SimpleListFilter):
    """One fact of the version that the list shows."""

    words: type[Kind] | type[Position] | type[Level]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(one.value, one.value.replace("_", " ")) for one in self.words]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        clinics = clinics_shown(person_of(request))
        found = self.versions_shown(clinics).filter(**{str(self.parameter_name): self.value()})
        return queryset.filter(revisions__in=found)

    def versions_shown(self, clinics: Collection[UUID]) -> QuerySet[Any]:
        """Return the revisions that the list shows."""
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


class StateFilter(SimpleListFilter):
    """Whether something of the newest version waits for this clinic's review."""

    title, parameter_name = "review", "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("waits", "needs review"), ("done", "approved")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(waits=self.value() == "waits")


def with_state(queryset: QuerySet[Any], request: HttpRequest, *, of: str) -> QuerySet[Any]:
    """Add to each exercise or rule whether it waits for the review of the person's clinic."""
    clinic = clinic_of(person_of(request))
    if clinic is None:
        return queryset.none()
    work: QuerySet[Any] = exercise_work(clinic) if of == "exercise" else rule_work(clinic)
    annotated: QuerySet[Any] = queryset.annotate(waits=Exists(work.filter(**{of: OuterRef("pk")})))
    return annotated
