"""Filters of the library's lists: by what the newest version says, and by its review state."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from plans.admin.library.shown import clinic_of
from plans.admin.person import person_of
from plans.libraryfiles.vocabulary import Kind, Level, Position
from plans.queries.approvals import exercise_work, rule_work


class NewestFilter(SimpleListFilter):
    """One fact of the newest version."""

    words: type[Kind] | type[Position] | type[Level]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(one.value, one.value.replace("_", " ")) for one in self.words]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(
            **{"revisions__newest": True, f"revisions__{self.parameter_name}": self.value()}
        )


class KindFilter(NewestFilter):
    """What an exercise is for."""

    title, parameter_name, words = "kind", "kind", Kind


class PositionFilter(NewestFilter):
    """How the body starts."""

    title, parameter_name, words = "position", "position", Position


class LevelFilter(NewestFilter):
    """What a rule asks for."""

    title, parameter_name, words = "level", "level", Level


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
