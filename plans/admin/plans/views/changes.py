"""Where a plan's page saves by itself. Every answer is one that the page understands without losing what was typed."""

import json
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from plans import permissions
from plans.actions.drafts.begin import begin_draft
from plans.actions.drafts.save import save_draft_changes
from plans.actions.reasons import give_reasons, take_back_reasons
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.requests import person_of
from plans.admin.plans.drafts.answers import answer_of, state_of_draft
from plans.admin.plans.drafts.reading import BadPage, SentPage, read_page
from plans.admin.plans.reason_fields import TAKE_BACK, posted_reasons, to_take_back
from plans.exceptions import PlansError
from plans.models import Plan, User
from plans.permissions import NotAllowed
from plans.queries.deleted_drafts import was_deleted

NOT_YOURS = _lazy(
    "This plan is not yours to change any more: its patient was handed over, or your role ended. What you typed is "
    "still on this page: copy what you need before you leave it."
)
DELETED = _lazy(
    "This draft was deleted. What you typed is still on this page: copy what you need before you leave it."
)


class PlanDraftViews(DeskAdmin):
    """The draft, change by change."""

    def get_urls(self) -> list[URLPattern]:
        # Not behind the site's sign-in, which would answer with its page: what is asked by a script is told by a code.
        saves = never_cache(require_POST(self.changes_page))
        done = self.admin_site.admin_view(require_POST(self.done_page))
        return [
            path("<uuid:plan_id>/changes/", saves, name="plans_plan_changes"),
            path("<uuid:plan_id>/done/", done, name="plans_plan_done"),
            *super().get_urls(),
        ]

    def changes_page(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        if not self.admin_site.has_permission(request):
            return _refuse(HTTPStatus.UNAUTHORIZED, "signed_out")
        person = person_of(request)
        try:
            page = read_page(json.loads(request.body))
        except (BadPage, UnicodeDecodeError, json.JSONDecodeError):
            return _refuse(HTTPStatus.BAD_REQUEST, "bad_page")
        if page.person != str(person.pk):
            return _refuse(HTTPStatus.CONFLICT, "other_person")
        try:
            return JsonResponse(self._save(page, plan_id, person))
        except (NotAllowed, Plan.DoesNotExist):
            if was_deleted(plan_id, seen_by=person):
                return _refuse(HTTPStatus.GONE, "draft_deleted", str(DELETED))
            return _refuse(HTTPStatus.FORBIDDEN, NotAllowed.code, str(NOT_YOURS))

    def done_page(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        """Go on from a page that has saved itself: to publishing, or back to the plan."""
        person = person_of(request)
        plan: Plan | None = self.rows_of(person).filter(pk=plan_id).first()
        if plan is None:
            raise Http404
        try:
            if reasons := posted_reasons(request.POST):
                give_reasons(plan=plan, reasons=reasons, by=person, strict=False)
            if TAKE_BACK in request.POST:
                take_back_reasons(plan=plan, reasons=to_take_back(request.POST), by=person)
            elif "_publish" not in request.POST:
                messages.success(request, _("Saved."))
        except PlansError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.page_of(plan))
        if "_publish" in request.POST:
            return HttpResponseRedirect(reverse("admin:plans_plan_publish", args=[plan.pk]))
        return HttpResponseRedirect(self.page_of(plan))

    def _save(self, page: SentPage, plan_id: UUID, person: User) -> dict[str, Any]:
        if page.patient:
            patient = permissions.patients_of(person).select_related("clinic").filter(pk=page.patient).first()
            if patient is None:
                raise NotAllowed
            return {"state": state_of_draft(begin_draft(plan_id=plan_id, patient=patient, by=person))}
        saved = save_draft_changes(
            plan=Plan(pk=plan_id), changes=page.changes, seen=page.seen, reasons=page.reasons, by=person
        )
        return answer_of(saved, page)


def _refuse(status: HTTPStatus, code: str, words: str = "") -> HttpResponse:
    return JsonResponse({"code": code, "words": words}, status=status)
