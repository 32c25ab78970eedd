"""Leaflets, as the library files say them: read whole here, and approved by reviewers."""

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
from plans.admin.library.changes import Change, changes_of_leaflets
from plans.models import Clinic, Leaflet, LeafletText, User
from plans.queries.approvals import leaflet_work, newest_leaflets


@admin.register(Leaflet)
class LeafletAdmin(ApprovedAdmin):
    """What patients may be given to read about their conditions."""

    list_display = ["title", "meant", "languages", "review"]
    search_fields = ["code", "texts__title"]
    fields = ["code", "meant", "source", "words"]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.entries_of(person, Leaflet)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        clinic = state_of(request).clinic
        if clinic is None:
            return Leaflet.objects.none()
        waits = leaflet_work(clinic)
        texts = newest_leaflets().annotate(waits=Exists(waits.filter(pk=OuterRef("pk"))))
        rows: QuerySet[Any] = super().get_queryset(request)
        rows = rows.annotate(waits=Exists(waits.filter(leaflet=OuterRef("pk"))))
        return rows.prefetch_related(Prefetch("texts", queryset=texts, to_attr="newest"))

    @admin.display(description=_lazy("Title"), ordering="code")
    def title(self, obj: Any) -> str:
        english = next((text for text in obj.newest if text.language == "en"), None)
        return str(english or obj.code)

    @admin.display(description=_lazy("For"))
    def meant(self, obj: Leaflet) -> str:
        return ", ".join(obj.conditions).replace("_", " ")

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
        return render_to_string("desk/library/leaflet_texts.html", {"texts": obj.newest})

    def newest_of(self, queryset: QuerySet[Any]) -> Sequence[LeafletText]:
        texts = newest_leaflets().filter(leaflet__in=queryset, leaflet__retired_on=None)
        return list(texts.select_related("leaflet"))

    def changes_of(self, revisions: Sequence[LeafletText], clinic: Clinic) -> Sequence[Change]:
        return changes_of_leaflets(revisions, clinic=clinic)

    def approve_all(self, *, revisions: Sequence[LeafletText], clinic: Clinic, by: User) -> int:
        return approve(things=revisions, clinic=clinic, by=by)
