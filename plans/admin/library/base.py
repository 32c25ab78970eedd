"""What the pages of the library share: shown before it is written, approved after the reviewer's name and licence."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import audit, permissions
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.readonly import ReadFirstAdmin
from plans.admin.base.requests import person_of
from plans.admin.library.changes import Change
from plans.admin.library.presenters import reviewer_roles
from plans.exceptions import PlansError
from plans.models import Clinic, Membership, User

CONFIRMED = "confirmed"
SEEN = "seen"
"""The versions that the reviewer was shown: another one is not vouched for unseen."""


class LibraryAdmin(DeskAdmin):
    """Rows of the shared library, which everybody in a clinic reads, and of the own clinics."""

    def may_see(self, person: User, obj: Any | None) -> bool:
        if obj is not None and obj.clinic_id is not None:
            return obj.clinic_id in permissions.clinics_with(person)
        return permissions.may_read_library(person)

    @admin.display(description=_lazy("Library"))
    def owner(self, obj: Any) -> str:
        return str(obj.clinic) if obj.clinic else "shared"


class ApprovedAdmin(LibraryAdmin):
    """A list of the library whose newest versions a reviewer approves."""

    actions = ["approve"]

    def newest_of(self, queryset: QuerySet[Any]) -> Sequence[Any]:
        raise NotImplementedError

    def changes_of(self, revisions: Sequence[Any], clinic: Clinic) -> Sequence[Change]:
        """Compare each version with what is in force in the clinic; without a way to compare, with nothing."""
        return [Change(after=revision) for revision in revisions]

    def approve_all(self, *, revisions: Sequence[Any], clinic: Clinic, by: User) -> int:
        raise NotImplementedError

    def has_review_permission(self, request: HttpRequest) -> bool:
        return reviewer_roles(person_of(request)).exists()

    @admin.action(permissions=["review"], description=_lazy("Approve for my clinic"))
    def approve(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Approve for the clinic, after a page that says by whom and with which licence."""
        roles = list(reviewer_roles(person_of(request)))
        if not roles:
            raise PermissionDenied
        chosen = next((role for role in roles if str(role.pk) == request.POST.get(CONFIRMED)), None)
        revisions = self.newest_of(queryset)
        if chosen is None:
            return self._ask(request, queryset, roles)
        if {str(revision.pk) for revision in revisions} != set(request.POST.getlist(SEEN)):
            messages.warning(request, _("Something here was changed after you looked. Look at it again."))
            return self._ask(request, queryset, roles)
        try:
            new = self.approve_all(revisions=revisions, clinic=chosen.clinic, by=person_of(request))
            messages.success(
                request, _("Approved for %(clinic)s: %(new)s new.") % {"clinic": chosen.clinic, "new": new}
            )
        except PlansError as error:
            messages.error(request, str(error))
        return None

    def _ask(self, request: HttpRequest, queryset: QuerySet[Any], roles: list[Membership]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Approve"),
            "opts": self.opts,
            "roles": roles,
            "changes": self.changes_of(self.newest_of(queryset), roles[0].clinic),
            "rows": list(queryset),
            "person": person_of(request),
        }
        return TemplateResponse(request, "desk/library/approve.html", context)


class RevisedAdmin(ReadFirstAdmin, ApprovedAdmin):
    """Exercises and rules: written by library admins of the own clinics, each time as a new revision."""

    list_select_related: ClassVar[list[str]] = ["clinic"]
    fieldsets: ClassVar[list[Any]] = [(None, {"fields": ["code", "clinic"]})]

    def may_add(self, person: User) -> bool:
        return permissions.may_keep_a_library(person)

    def may_change(self, person: User, obj: Any | None) -> bool:
        if obj is None:
            return permissions.may_keep_a_library(person)
        return permissions.may_edit_library(person, obj.clinic_id)

    def place_of(self, obj: Any) -> audit.Place:
        return audit.Place(clinic=obj.clinic, patient_id=None)

    def row_to_change(self, request: HttpRequest, pk: UUID) -> Any:
        """Return the row that a button acts on. Raises Http404 for one that the person may not change."""
        row = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        if not self.has_change_permission(request, row):
            raise Http404
        return row
