"""General advice and other therapies, as the library files say them; approved by reviewers."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import permissions
from plans.actions.approving import approve
from plans.admin.base.requests import state_of
from plans.admin.library.audiences import audience_in_words
from plans.admin.library.base import ApprovedAdmin
from plans.libraryfiles import AdviceKind
from plans.models import Advice, AdviceText, Clinic, User
from plans.queries.approvals import advice_work, newest_advice


@admin.register(Advice)
class AdviceAdmin(ApprovedAdmin):
    """What handouts advise beside the exercises."""

    list_display = ["words", "kind", "meant", "review"]
    list_filter = ["kind"]
    search_fields = ["code", "texts__words"]
    fields = ["code", "kind", "meant", "source"]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.entries_of(person, Advice)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        clinic = state_of(request).clinic
        if clinic is None:
            return Advice.objects.none()
        waits = advice_work(clinic).filter(advice=OuterRef("pk"))
        english = AdviceText.objects.filter(language="en").order_by("-number")
        texts = Prefetch("texts", queryset=english, to_attr="english")
        rows: QuerySet[Any] = super().get_queryset(request).annotate(waits=Exists(waits))
        return rows.prefetch_related(texts)

    @admin.display(description=_lazy("Words"), ordering="code")
    def words(self, obj: Any) -> str:
        return str(obj.english[0].words if obj.english else obj.code)

    @admin.display(description=_lazy("For"))
    def meant(self, obj: Any) -> str:
        """Say it in words: a reviewer approves words for those who will read them."""
        if obj.kind != AdviceKind.GENERAL:
            return _("plans that note it")
        return audience_in_words(obj.audience)

    @admin.display(description=_lazy("Review"))
    def review(self, obj: Any) -> str:
        if obj.retired_on:
            return _("retired")
        return _("needs review") if obj.waits else _("approved")

    def newest_of(self, queryset: QuerySet[Any]) -> Sequence[Any]:
        texts = newest_advice().filter(advice__in=queryset, advice__retired_on=None)
        return list(texts.select_related("advice"))

    def approve_all(self, *, revisions: Sequence[Any], clinic: Clinic, by: User) -> int:
        return approve(things=revisions, clinic=clinic, by=by)
