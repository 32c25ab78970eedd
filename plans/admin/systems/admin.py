"""Other software of a clinic: its systems and their keys."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from plans import audit, permissions
from plans.actions.systems import make_system
from plans.admin.base.led import LeadsAdmin, clinics_led
from plans.admin.base.requests import person_of
from plans.admin.systems.forms import SystemForm
from plans.admin.systems.views import SystemViews
from plans.models import ClinicSystem, Role, User


@admin.register(ClinicSystem)
class SystemAdmin(LeadsAdmin, SystemViews):
    """Systems of the clinics that the person leads. Who runs the service makes no key: it would read patients."""

    form = SystemForm
    list_display = ["name", "clinic", "created_at", "ended_at"]
    list_select_related = ["clinic"]
    fieldsets = [(None, {"fields": ["clinic", "name", "role", "on_behalf_of"]})]

    def may_add(self, person: User) -> bool:
        return self.may_see(person, None)

    def choices_for(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        return clinics_led(person_of(request))

    def place_of(self, obj: ClinicSystem) -> audit.Place:
        return audit.Place(clinic=obj.clinic, patient_id=None)

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        return make_system(
            clinic=obj.clinic,
            name=obj.name,
            role=Role(form.cleaned_data["role"]),
            on_behalf_of=form.cleaned_data["on_behalf_of"],
            by=by,
        )

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        led = permissions.clinics_with(person_of(request), Role.LEAD)
        people = permissions.treating_in(led).order_by("last_name", "first_name")
        form.base_fields["on_behalf_of"].queryset = people
        return form
