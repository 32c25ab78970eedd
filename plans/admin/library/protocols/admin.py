"""Protocols of the library: read whole here, and approved by reviewers."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plans import permissions
from plans.actions.approving import approve
from plans.admin.base.readonly import ReadOnlyAdmin
from plans.admin.base.requests import person_of, state_of
from plans.admin.library.base import ApprovedAdmin
from plans.admin.library.changes import Change, changes_of_protocols
from plans.admin.library.filters import ReviewStateFilter
from plans.admin.library.presenters import review_clinics, sources_of
from plans.admin.library.protocols.presenters import lines_of, window_of
from plans.models import Clinic, LibraryProtocol, LibraryProtocolRevision, User
from plans.queries.approvals import protocol_work
from plans.queries.library_protocols import library_protocols_in_use, newest_protocols
from plans.queries.review_entries import EntryKind
from plans.queries.review_notes import notes_of


@admin.register(LibraryProtocol)
class LibraryProtocolAdmin(ReadOnlyAdmin, ApprovedAdmin):
    """Programmes that come with the library."""

    list_display = ["title", "condition", "phase", "exercises", "languages", "review"]
    list_filter = [ReviewStateFilter]
    search_fields = ["code", "revisions__condition__search_text"]
    search_help_text = _("Code or condition")

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.entries_of(person, LibraryProtocol)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        clinic = state_of(request).clinic
        if clinic is None:
            return LibraryProtocol.objects.none()
        rows: QuerySet[Any] = super().get_queryset(request)
        rows = rows.annotate(waits=Exists(protocol_work(clinic).filter(protocol=OuterRef("pk"))))
        shown = Prefetch("revisions", queryset=newest_protocols(), to_attr="shown")
        return rows.filter(revisions__newest=True).prefetch_related(shown)

    @admin.display(description=_("Title"), ordering="code")
    def title(self, obj: Any) -> str:
        return str(obj.shown[0])

    @admin.display(description=_("Condition"))
    def condition(self, obj: Any) -> str:
        return str(obj.shown[0].condition)

    @admin.display(description=_("Phase"))
    def phase(self, obj: Any) -> str:
        return str(obj.shown[0].phase)

    @admin.display(description=_("Exercises"))
    def exercises(self, obj: Any) -> int:
        return len(obj.shown[0].items.all())

    @admin.display(description=_("Languages"))
    def languages(self, obj: Any) -> str:
        return ", ".join(sorted(obj.shown[0].titles))

    @admin.display(description=_("Review"))
    def review(self, obj: Any) -> str:
        if obj.retired_on:
            return gettext("retired")
        return gettext("needs review") if obj.waits else gettext("approved")

    def newest_of(self, queryset: QuerySet[Any]) -> Sequence[LibraryProtocolRevision]:
        return list(newest_protocols().filter(protocol__in=queryset, protocol__retired_on=None))

    def changes_of(self, revisions: Sequence[LibraryProtocolRevision], clinic: Clinic) -> Sequence[Change]:
        return changes_of_protocols(revisions, clinic=clinic)

    def approve_all(self, *, revisions: Sequence[LibraryProtocolRevision], clinic: Clinic, by: User) -> int:
        return approve(things=revisions, clinic=clinic, by=by)

    def show(self, request: HttpRequest, protocol: LibraryProtocol) -> HttpResponse:
        clinic = state_of(request).clinic
        newest = newest_protocols().get(protocol=protocol)
        in_use = library_protocols_in_use(clinic, of=[protocol.pk]).get(protocol.pk) if clinic else None
        shown = in_use or newest
        after = newest_protocols().filter(protocol__clinic=None, protocol__code=shown.next).first()
        context = {
            **self.admin_site.each_context(request),
            "title": shown,
            "opts": self.opts,
            "original": protocol,
            "revision": shown,
            "in_use": in_use,
            "waits": in_use != newest and not protocol.retired_on,
            "window": window_of(shown),
            "lines": lines_of(shown, clinics=review_clinics(request)),
            "after": after,
            "sources": sources_of(protocol.sources, clinic),
            "notes": notes_of(EntryKind.PROTOCOL, protocol.pk, clinic) if clinic else (),
            "may_use": permissions.may_have_patients(person_of(request)) and not protocol.retired_on,
        }
        return TemplateResponse(request, "desk/library/protocol.html", context)
