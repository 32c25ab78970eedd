"""What reviewers sent back: read by those who write the library, and by the reviewers themselves."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import permissions
from plans.admin.base.admin import DeskAdmin
from plans.models import SentBack, User
from plans.models.library_review import SENT
from plans.queries.review_notes import open_notes


class OpenFilter(SimpleListFilter):
    """Whether a note waits for a newer version."""

    title, parameter_name = _lazy("state"), "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", _("open")), ("answered", _("answered"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset if self.value() is None else queryset.filter(is_open=self.value() == "open")


@admin.register(SentBack)
class SentBackAdmin(DeskAdmin):
    """Notes of the own clinics' reviewers; each is written on a page of the review."""

    list_display = ["what", "words", "created_by", "created_at", "state"]
    list_filter = [OpenFilter]
    list_select_related = [
        "created_by",
        "revision__exercise",
        "rule__rule",
        "advice__advice",
        "leaflet__leaflet",
        "protocol__protocol",
        "sign__symptom",
        "vocabulary__movement",
        "vocabulary__condition",
        "vocabulary__symptom",
    ]
    search_fields = ["words"]
    fields = ["what", "words", "created_by", "created_at", "closed_by", "closed_at"]
    readonly_fields = ["what"]

    def rows_of(self, person: User) -> QuerySet[Any]:
        clinics = permissions.clinics_with(person, *permissions.NOTE_READERS)
        is_open = Exists(open_notes(clinics).filter(pk=OuterRef("pk")))
        return SentBack.objects.filter(clinic__in=clinics).annotate(is_open=is_open)

    def may_see(self, person: User, obj: Any | None) -> bool:
        if obj is None:
            return permissions.may_read_notes(person)
        return obj.clinic_id in permissions.clinics_with(person, *permissions.NOTE_READERS)

    @admin.display(description=_lazy("What"))
    def what(self, obj: SentBack) -> str:
        return str(next(one for one in (getattr(obj, name) for name in SENT) if one))

    @admin.display(description=_lazy("State"))
    def state(self, obj: Any) -> str:
        return _("open") if obj.is_open else _("answered")
