"""What patients told, or did not tell, and a therapist should look at: seen, done, and on to the next version."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plans import audit, permissions
from plans.actions.follow_up_drafts import NextDraft, open_next_draft
from plans.actions.follow_ups import finish_follow_up, see_follow_up
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.requests import person_of
from plans.admin.follow_ups.presenters import list_follow_ups
from plans.exceptions import PlansError
from plans.models import FollowUp, User
from plans.queries.follow_ups import open_follow_ups
from plans.queries.replacements import Relation

ON_A_PAGE = 50
MAX_PAGES = 10_000


@admin.register(FollowUp)
class FollowUpAdmin(DeskAdmin):
    """The follow-up list of the own caseload. A row has no page of its own: its sentence says all of it."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        ways = {"seen": self.seen, "done": self.done, "draft": self.draft}
        return [
            path("", view(self.changelist_view), name="plans_followup_changelist"),
            *(
                path(f"<uuid:pk>/{way}/", view(require_POST(page)), name=f"plans_followup_{way}")
                for way, page in ways.items()
            ),
        ]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.follow_ups_of(person).select_related("plan__patient__clinic", "publication")

    def may_see(self, person: User, obj: Any | None) -> bool:
        return permissions.may_have_patients(person)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what waits, page by page, and record whose names were read."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        person = person_of(request)
        number = _page_number(request.GET.get("p", ""))
        page = list_follow_ups(open_follow_ups(person), most=ON_A_PAGE, after=(number - 1) * ON_A_PAGE)
        asked = permissions.clinics_with(person, *permissions.TREATS)
        listed = [line.row.plan.patient for line in page.lines]
        audit.append_listing(by=person, patients=listed, asked=asked)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Follow up"),
            "opts": self.opts,
            "page": page,
            "lines": page.lines,
            "number": number,
            "before": number - 1,
            "after": number + 1,
        }
        return TemplateResponse(request, "desk/follow_ups/page.html", context)

    def seen(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = self._own(request, pk)
        try:
            see_follow_up(follow_up=row, by=person_of(request))
        except PlansError as error:
            messages.error(request, str(error))
        return _back(request, row)

    def done(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = self._own(request, pk)
        try:
            finish_follow_up(follow_up=row, by=person_of(request))
            messages.success(
                request, _("Done: it is off the list. What is told of newer days can come again.")
            )
        except PlansError as error:
            messages.error(request, str(error))
        return _back(request, row)

    def draft(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Open the draft of the next version, with what the library offers in the place of the exercise."""
        row = self._own(request, pk)
        opened = open_next_draft(follow_up=row, by=person_of(request))
        messages.success(request, _said_of(opened))
        return HttpResponseRedirect(reverse("admin:plans_plan_change", args=[row.plan_id]))

    def _own(self, request: HttpRequest, pk: UUID) -> FollowUp:
        row: FollowUp = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        return row


def _page_number(given: str) -> int:
    is_number = given.isascii() and given.isdecimal() and len(given) < 6
    return min(max(int(given), 1), MAX_PAGES) if is_number else 1


def _back(request: HttpRequest, row: FollowUp) -> HttpResponse:
    match request.POST.get("back"):
        case "patient":
            page = reverse("admin:plans_patient_change", args=[row.plan.patient_id])
            return HttpResponseRedirect(f"{page}#follow-ups")
        case "list":
            return HttpResponseRedirect(reverse("admin:plans_followup_changelist"))
    return HttpResponseRedirect(f"{reverse('admin:index')}#follow-ups")


def _said_of(opened: NextDraft) -> str:
    match opened.relation, opened.replaced:
        case None, _number:
            return _(
                "This is the draft of the next version. The patient keeps what was issued until you publish."
            )
        case Relation.HARDER, 0:
            return _("No harder exercise fits this patient, so the draft is as it was.")
        case _relation, 0:
            return _("No easier exercise fits this patient, so the draft is as it was.")
        case Relation.HARDER, _number:
            return _(
                "A harder exercise stands in this draft now. The patient keeps what was issued until you publish."
            )
    return _(
        "An easier exercise stands in this draft now. The patient keeps what was issued until you publish."
    )
