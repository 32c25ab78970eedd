"""The library's word lists: looked up here, kept in the library files; a change is approved by reviewers."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, UUIDField, Value
from django.http import HttpRequest
from django.template.loader import render_to_string

from plans import permissions
from plans.actions.approving import approve
from plans.admin.base.requests import person_of
from plans.admin.library.base import ApprovingPage
from plans.admin.library.changes import Change, changes_of_vocabulary
from plans.admin.library.filters import StateFilter
from plans.admin.library.presenters import clinic_of, clinics_shown
from plans.libraryfiles import AdviceKind
from plans.models import (
    Advice,
    AdviceText,
    Clinic,
    Condition,
    Movement,
    Symptom,
    User,
    VocabularyRevision,
)
from plans.queries.approvals import standing, with_waiting_change


class WordAdmin(ApprovingPage):
    """A list of the library that the rules read; a change that a clinic has not approved is shown and approved here."""

    list_filter: ClassVar[list[Any]] = [StateFilter]
    search_fields: ClassVar[list[str]] = ["name", "code"]
    readonly_fields: ClassVar[list[str]] = ["waiting"]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.entries_of(person, self.model)

    def may_see(self, person: User, obj: Any | None) -> bool:
        if obj is not None and obj.clinic_id is not None:
            return obj.clinic_id in permissions.clinics_with(person)
        return permissions.may_read_library(person)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        clinics = clinics_shown(person_of(request))
        rows = with_waiting_change(super().get_queryset(request), clinics=clinics)
        shown_to = Value(clinics[0] if clinics else None, output_field=UUIDField())
        marked: QuerySet[Any] = rows.annotate(waits=F("change_waits"), shown_to=shown_to)
        return marked

    @admin.display(description="Review")
    def review(self, obj: Any) -> str:
        return "a change waits" if obj.waits else ""

    @admin.display(description="Waits for review")
    def waiting(self, obj: Any) -> str:
        if not obj.waits:
            return "nothing"
        clinic = Clinic.objects.get(pk=obj.shown_to)
        (change,) = changes_of_vocabulary(obj.versions.filter(newest=True), clinic=clinic)
        return render_to_string("desk/library/side_by_side.html", {"change": change})

    def newest_of(self, queryset: QuerySet[Any]) -> Sequence[Any]:
        entry = str(self.opts.model_name)
        rows = VocabularyRevision.objects.filter(**{f"{entry}__in": queryset}, newest=True)
        return list(rows.select_related(entry).order_by(f"{entry}__code"))

    def changes_of(self, revisions: Sequence[Any], clinic: Clinic) -> Sequence[Change]:
        return changes_of_vocabulary(revisions, clinic=clinic)

    def approve_all(self, *, revisions: Sequence[Any], clinic: Clinic, by: User) -> int:
        return approve(things=revisions, clinic=clinic, by=by)


@admin.register(Condition)
class ConditionAdmin(WordAdmin):
    """Conditions with their ICD-10 codes and the dates that rules count from."""

    list_display = ["name", "codes", "parent", "treat_cause_first", "review"]
    list_select_related = ["parent"]
    list_filter = [StateFilter, "treat_cause_first"]
    search_fields = ["search_text"]
    search_help_text = "Name, other name or ICD-10 code"
    fields = ["name", "code", "also", "icd10", "parent", "dates", "treat_cause_first", "source", "waiting"]

    @admin.display(description="ICD-10")
    def codes(self, obj: Condition) -> str:
        return ", ".join(obj.icd10)


@admin.register(Movement)
class MovementAdmin(WordAdmin):
    """What exercises ask of the body, and the wider movements each implies."""

    list_display = ["name", "meaning", "review"]
    fields = ["name", "code", "meaning", "implies", "waiting"]


@admin.register(Symptom)
class SymptomAdmin(WordAdmin):
    """Symptoms; red flags say what they ask for."""

    list_display = ["name", "red_flag", "review"]
    list_filter = [StateFilter, "red_flag"]
    fields = ["name", "code", "red_flag", "source", "waiting"]


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
