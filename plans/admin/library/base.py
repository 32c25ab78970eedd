"""Approving from a list or a page: the reviewer sees the name and the licence number before the click."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from plans.admin.base.admin import DeskAdmin
from plans.admin.base.requests import person_of
from plans.admin.library.changes import Change
from plans.exceptions import PlansError
from plans.models import Clinic, Membership, Role, User

CONFIRMED = "confirmed"
SEEN = "seen"
"""The versions that the reviewer was shown: another one is not vouched for unseen."""
Approve = Callable[..., int]


class ApprovingPage(DeskAdmin):
    """A list of the library whose newest versions a reviewer approves."""

    actions = ["approve"]

    def newest_of(self, queryset: QuerySet[Any]) -> Sequence[Any]:
        """Give the newest versions of the chosen rows."""
        raise NotImplementedError

    def changes_of(self, revisions: Sequence[Any], clinic: Clinic) -> Sequence[Change]:
        """Compare each version with what is in force in the clinic; without a way to compare, with nothing."""
        return [Change(after=revision) for revision in revisions]

    def approve_all(self, *, revisions: Sequence[Any], clinic: Clinic, by: User) -> int:
        """Call the action that approves."""
        raise NotImplementedError

    def has_review_permission(self, request: HttpRequest) -> bool:
        """Whether the person reviews for some clinic."""
        return reviewer_roles(request).exists()

    @admin.action(permissions=["review"], description="Approve for my clinic")
    def approve(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Approve for the clinic, after a page that says by whom and with which licence."""
        roles = list(reviewer_roles(request))
        if not roles:
            raise PermissionDenied
        chosen = next((role for role in roles if str(role.pk) == request.POST.get(CONFIRMED)), None)
        revisions = self.newest_of(queryset)
        if chosen is None:
            return self._ask(request, queryset, roles)
        if {str(one.pk) for one in revisions} != set(request.POST.getlist(SEEN)):
            messages.warning(request, "Something here was changed after you looked. Look at it again.")
            return self._ask(request, queryset, roles)
        try:
            new = self.approve_all(revisions=revisions, clinic=chosen.clinic, by=person_of(request))
            messages.success(request, f"Approved for {chosen.clinic}: {new} new.")
        except PlansError as error:
            messages.error(request, str(error))
        return None

    def _ask(self, request: HttpRequest, queryset: QuerySet[Any], roles: list[Membership]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Approve",
            "opts": self.opts,
            "roles": roles,
            "changes": self.changes_of(self.newest_of(queryset), roles[0].clinic),
            "rows": list(queryset),
            "person": person_of(request),
        }
        return TemplateResponse(request, "desk/library/approve.html", context)


def reviewer_roles(request: HttpRequest) -> QuerySet[Membership]:
    """Give the person's memberships as a reviewer, each with clinic and licence number."""
    person = request.user if isinstance(request.user, User) else None
    return Membership.objects.filter(person=person, role=Role.REVIEWER).select_related("clinic")
