"""Rows that belong to the leads of a clinic: its systems, webhooks, orders to issue plans again."""

from typing import Any

from django.db.models import QuerySet

from plans.admin.base.admin import DeskAdmin
from plans.models import Clinic, Role, User
from plans.permissions import clinics_with


class LeadsAdmin(DeskAdmin):
    """Rows of the clinics that the person leads."""

    def rows_of(self, person: User) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.filter(clinic__in=clinics_led(person))
        return rows

    def may_see(self, person: User, obj: Any | None) -> bool:
        led = clinics_with(person, Role.LEAD)
        return bool(led) if obj is None else obj.clinic_id in led


def clinics_led(person: User) -> QuerySet[Clinic]:
    return Clinic.objects.filter(pk__in=clinics_with(person, Role.LEAD))
