"""Filters of the work on files: how far it is, why it is stuck, whose it is."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from plans import permissions
from plans.admin.base.led import clinics_led
from plans.admin.base.requests import person_of
from plans.models import Clinic, RenderingState
from plans.queries.renderings import NOT_READY, stuck

EVERYTHING = "all"


class StateFilter(SimpleListFilter):
    """How far it is; what is ready is left out until it is asked for, as that is nearly all."""

    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((state.value, state.label) for state in RenderingState), (EVERYTHING, "everything")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": _("not ready")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == EVERYTHING:
            return queryset
        return queryset.filter(state__in=[self.value()] if self.value() in RenderingState else NOT_READY)


class ReasonFilter(SimpleListFilter):
    """Why it is stuck."""

    title, parameter_name = "reason", "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = stuck(model_admin.get_queryset(request)).order_by("reason")
        return [(code, code) for code in rows.values_list("reason", flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        # Only what is offered: another value may be none that the database takes.
        if self.value() not in {value for value, _ in self.lookup_choices}:
            return queryset
        return stuck(queryset).filter(reason=self.value())


class ClinicFilter(SimpleListFilter):
    """Whose it is."""

    title, parameter_name = "clinic", "clinic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        person = person_of(request)
        clinics = Clinic.objects.all() if permissions.may_run_the_service(person) else clinics_led(person)
        return [(str(clinic.pk), clinic.name) for clinic in clinics]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        # Only what is offered: another value is no id, or a foreign clinic.
        if self.value() not in {value for value, _ in self.lookup_choices}:
            return queryset
        return queryset.filter(content__clinic=self.value())
