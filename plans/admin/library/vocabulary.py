"""The library's word lists: looked up here, kept in the library files."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest

from plans import permissions
from plans.actions.approving import approve
from plans.admin.desk import DeskAdmin
from plans.admin.library.approving import ApprovingPage
from plans.admin.library.shown import clinic_of
from plans.admin.person import person_of
from plans.libraryfiles import AdviceKind
from plans.models import Advice, AdviceText, Clinic, Condition, Movement, Symptom, User
from plans.queries.approvals import standing


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
    search_fields = ["search_text"]
    search_help_text = "Name, other name or ICD-10 code"
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


@admin.register(Advice)
class AdviceAdmin(ApprovingPage):
    """General advice and other therapies, as the library files say them; approved by reviewers."""

    list_display = ["words", "kind", "meant", "review"]
    list_filter = ["kind"]
    search_fields = ["code", "texts__words"]
    fields = ["code", "kind", "meant", "source"]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.entries_of(person, Advice)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        clinic = clinic_of(person_of(request))
        if clinic is None:
            return Advice.objects.none()
        waits = advice_work(clinic).filter(advice=OuterRef("pk"))
        english = AdviceText.objects.filter(language="en").order_by("-number")
        texts = Prefetch("texts", queryset=english, to_attr="english")
        rows: QuerySet[Any] = super().get_queryset(request).annotate(waits=Exists(waits))
        return rows.prefetch_related(texts)

    def may_see(self, person: User, obj: Any | None) -> bool:
        if obj is not None and obj.clinic_id is not None:
            return obj.clinic_id in permissions.clinics_with(person)
        return permissions.may_read_library(person)

    @admin.display(description="Words", ordering="code")
    def words(self, obj: Any) -> str:
        return str(obj.english[0].words if obj.english else obj.code)

    @admin.display(description="For")
    def meant(self, obj: Any) -> str:
        """Say it in words: a reviewer approves words for those who will read them."""
        audience = obj.audience
        if obj.kind != AdviceKind.GENERAL:
            return "plans that note it"
        named = [
            *audience.conditions,
            *audience.symptoms,
            *(f"exercises for {one}" for one in audience.regions),
        ]
        return "everybody" if audience.everybody else ", ".join(named).replace("_", " ") or "nobody"

    @admin.display(description="Review")
    def review(self, obj: Any) -> str:
        return "needs review" if obj.waits else "approved"

    def newest_of(self, queryset: QuerySet[Any]) -> Sequence[Any]:
        return list(newest_advice().filter(advice__in=queryset).select_related("advice"))

    def approve_all(self, *, revisions: Sequence[Any], clinic: Clinic, by: User) -> int:
        return approve(things=revisions, clinic=clinic, by=by)


def newest_advice() -> QuerySet[AdviceText]:
    """Give the newest wording of each advice in each language."""
    newer = AdviceText.objects.filter(
        advice=OuterRef("advice"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    return AdviceText.objects.exclude(Exists(newer))


def advice_work(clinic: Clinic) -> QuerySet[AdviceText]:
    """Give the newest wordings that wait for this clinic's approval."""
    return newest_advice().exclude(Exists(standing(clinic).filter(advice=OuterRef("pk"))))
