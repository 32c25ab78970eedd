"""The library's word lists: looked up here, kept in the library files."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from plans import permissions
from plans.admin.desk import DeskAdmin
from plans.models import Condition, Movement, Symptom, User


class ListAdmin(DeskAdmin):
    """A list of the library that anyone who works in a clinic may read."""

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.entries_of(person, self.model)

    def may_see(self, person: User, obj: Any | None) -> bool:
        if obj is not None and obj.clinic_id is not None:
            return obj.clinic_id in permissions.clinics_with(person)
        return permissions.may_read_library(person)


@admin.register(Condition)
class ConditionAdmin(ListAdmin):
    """Conditions with their ICD-10 codes and the dates that rules count from."""

    list_display = ["name", "codes", "parent", "treat_cause_first"]
    list_select_related = ["parent"]
    list_filter = ["treat_cause_first"]
    search_fields = ["name", "code"]
    fields = ["name", "code", "also", "icd10", "parent", "dates", "treat_cause_first", "source"]

    @admin.display(description="ICD-10")
    def codes(self, obj: Condition) -> str:
        return ", ".join(obj.icd10)


@admin.register(Movement)
class MovementAdmin(ListAdmin):
    """What exercises ask of the body, and the wider movements each implies."""

    list_display = ["name", "meaning"]
    search_fields = ["name", "code"]
    fields = ["name", "code", "meaning", "implies"]


@admin.register(Symptom)
class SymptomAdmin(ListAdmin):
    """Symptoms; red flags say what they ask for."""

    list_display = ["name", "red_flag"]
    list_filter = ["red_flag"]
    search_fields = ["name", "code"]
    fields = ["name", "code", "red_flag", "source"]
