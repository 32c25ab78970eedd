"""The library's word lists: looked up here, kept in the library files; a change is approved by reviewers."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, UUIDField, Value
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import permissions
from plans.actions.approving import approve
from plans.admin.library.audiences import audience_in_words
from plans.admin.library.base import ApprovedAdmin
from plans.admin.library.changes import Change, changes_of_vocabulary
from plans.admin.library.filters import ReviewStateFilter
from plans.admin.library.presenters import review_clinics
from plans.admin.library.sign_changes import changes_of_signs
from plans.models import (
    Clinic,
    Condition,
    Movement,
    Symptom,
    SymptomSentence,
    User,
    VocabularyRevision,
)
from plans.queries.approvals import newest_signs, sign_work, with_waiting_change


class WordAdmin(ApprovedAdmin):
    """A list of the library that the rules read; a change that a clinic has not approved is shown and approved here."""

    list_filter: ClassVar[list[Any]] = [ReviewStateFilter]
    search_fields: ClassVar[list[str]] = ["name", "code"]
    readonly_fields: ClassVar[list[str]] = ["waiting"]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.entries_of(person, self.model)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        clinics = review_clinics(request)
        rows = with_waiting_change(super().get_queryset(request), clinics=clinics)
        for_clinic = Value(clinics[0] if clinics else None, output_field=UUIDField())
        marked: QuerySet[Any] = rows.annotate(waits=F("change_waits"), for_clinic=for_clinic)
        return marked

    @admin.display(description=_lazy("Review"))
    def review(self, obj: Any) -> str:
        return _("a change waits") if obj.waits else ""

    @admin.display(description=_lazy("Waits for review"))
    def waiting(self, obj: Any) -> str:
        if not obj.waits:
            return "nothing"
        clinic = Clinic.objects.get(pk=obj.for_clinic)
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
    list_filter = [ReviewStateFilter, "treat_cause_first", "region"]
    search_fields = ["search_text"]
    search_help_text = _lazy("Name, other name or ICD-10 code")
    fields = [
        "name",
        "code",
        "also",
        "icd10",
        "parent",
        "dates",
        "treat_cause_first",
        "region",
        "source",
        "waiting",
    ]

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
    """Symptoms; red flags say what they ask for, and what the patient's copy says of them is approved here."""

    list_display = ["name", "red_flag", "printed", "review"]
    list_filter = [ReviewStateFilter, "red_flag", "region"]
    fields = ["name", "code", "red_flag", "region", "source", "sentences", "waiting"]
    readonly_fields = ["waiting", "sentences"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        clinics = review_clinics(request)
        work = sign_work(Clinic.objects.get(pk=clinics[0])) if clinics else newest_signs().none()
        said = newest_signs().annotate(waits=Exists(work.filter(pk=OuterRef("pk")))).order_by("language")
        rows = rows.annotate(sign_waits=Exists(work.filter(symptom=OuterRef("pk"))))
        rows = rows.annotate(waits=Q(change_waits=True) | Q(sign_waits=True))
        marked: QuerySet[Any] = rows.prefetch_related(Prefetch("sentences", queryset=said, to_attr="said"))
        return marked

    @admin.display(description=_lazy("On the patient's copy"))
    def printed(self, obj: Any) -> str:
        said = next((row for row in obj.said if row.language == "en"), None) or next(iter(obj.said), None)
        return str(said.words) if said and said.red_flag and not obj.retired_on else ""

    @admin.display(description=_lazy("On the patient's copy"))
    def sentences(self, obj: Any) -> str:
        signs = [(row, audience_in_words(row.audience)) for row in obj.said]
        return render_to_string("desk/library/sign_sentences.html", {"signs": signs}) if signs else "-"

    @admin.display(description=_lazy("Review"))
    def review(self, obj: Any) -> str:
        if obj.change_waits:
            return super().review(obj)
        if obj.retired_on:
            return _("retired")
        return _("needs review") if obj.sign_waits else ""

    @admin.display(description=_lazy("Waits for review"))
    def waiting(self, obj: Any) -> str:
        if obj.change_waits or not obj.sign_waits:
            obj.waits = obj.change_waits
            return super().waiting(obj)
        return _("what the patient's copy says")

    def newest_of(self, queryset: QuerySet[Any]) -> Sequence[Any]:
        signs = (
            newest_signs().filter(symptom__in=queryset, symptom__retired_on=None).select_related("symptom")
        )
        return [*super().newest_of(queryset), *signs.order_by("symptom__order", "language")]

    def changes_of(self, revisions: Sequence[Any], clinic: Clinic) -> Sequence[Change]:
        signs = [row for row in revisions if isinstance(row, SymptomSentence)]
        words = [row for row in revisions if not isinstance(row, SymptomSentence)]
        return [*changes_of_vocabulary(words, clinic=clinic), *changes_of_signs(signs, clinic=clinic)]
