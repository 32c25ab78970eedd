"""Measures, as the library files say them: what patients are asked, approved by reviewers."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import permissions
from plans.actions.approving import approve
from plans.admin.base.requests import state_of
from plans.admin.library.base import ApprovedAdmin
from plans.admin.library.changes import Change
from plans.admin.library.measures.presenters import changes_of_measures, measure_facts
from plans.models import Clinic, Measure, MeasureText, User
from plans.queries.approvals import measure_work, newest_measures


@admin.register(Measure)
class MeasureAdmin(ApprovedAdmin):
    """What patients are asked at the start of a plan and at its review."""

    list_display = ["name", "languages", "review"]
    search_fields = ["code", "texts__name"]
    fields = ["code", "source", "words"]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.entries_of(person, Measure)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        clinic = state_of(request).clinic
        if clinic is None:
            return Measure.objects.none()
        waits = measure_work(clinic)
        texts = newest_measures().annotate(waits=Exists(waits.filter(pk=OuterRef("pk")))).order_by("language")
        rows: QuerySet[Any] = super().get_queryset(request)
        rows = rows.annotate(waits=Exists(waits.filter(measure=OuterRef("pk"))))
        return rows.prefetch_related(Prefetch("texts", queryset=texts, to_attr="newest"))

    @admin.display(description=_lazy("Name"), ordering="code")
    def name(self, obj: Any) -> str:
        english = next((text for text in obj.newest if text.language == "en"), None)
        return str(english or obj.code)

    @admin.display(description=_lazy("Languages"))
    def languages(self, obj: Any) -> str:
        return ", ".join(text.language for text in obj.newest)

    @admin.display(description=_lazy("Review"))
    def review(self, obj: Any) -> str:
        if obj.retired_on:
            return _("retired")
        return _("needs review") if obj.waits else _("approved")

    @admin.display(description=_lazy("Words"))
    def words(self, obj: Any) -> str:
        for text in obj.newest:
            text.measure = obj
            text.facts = measure_facts(text).items()
        return render_to_string("desk/library/measure_texts.html", {"texts": obj.newest})

    def newest_of(self, queryset: QuerySet[Any]) -> Sequence[MeasureText]:
        texts = newest_measures().filter(measure__in=queryset, measure__retired_on=None)
        return list(texts.select_related("measure"))

    def changes_of(self, revisions: Sequence[MeasureText], clinic: Clinic) -> Sequence[Change]:
        return changes_of_measures(revisions, clinic=clinic)

    def approve_all(self, *, revisions: Sequence[MeasureText], clinic: Clinic, by: User) -> int:
        return approve(things=revisions, clinic=clinic, by=by)
