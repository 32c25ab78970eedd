"""What is done with a plan besides writing it: copied, taken to the newest revisions and back, paused, resumed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from plans.actions.pausing import StopStands, pause_plan, resume_plan
from plans.actions.plans import continue_plan, copy_plan, take_former_revisions, take_newest_revisions
from plans.actions.reasons import give_reasons
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.requests import person_of
from plans.admin.plans.reason_fields import posted_reasons
from plans.admin.words.findings import said_together
from plans.exceptions import PlansError
from plans.models import Plan

PAUSED = _lazy("The plan is paused. Its link and its sheets' codes say: do not exercise, call the clinic.")


class PlanActionViews(DeskAdmin):
    """One click each, on the stored plan."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:plan_id>/copy/", view(require_POST(self.copy)), name="plans_plan_copy"),
            path(
                "<uuid:plan_id>/continue/", view(require_POST(self.next_version)), name="plans_plan_continue"
            ),
            path("<uuid:plan_id>/newest/", view(require_POST(self.newest)), name="plans_plan_newest"),
            path("<uuid:plan_id>/pause/", view(require_POST(self.pause)), name="plans_plan_pause"),
            path("<uuid:plan_id>/resume/", view(require_POST(self.resume)), name="plans_plan_resume"),
            path("<uuid:plan_id>/go-on/", view(require_POST(self.go_on)), name="plans_plan_go_on"),
            path("<uuid:plan_id>/former/", view(require_POST(self.former)), name="plans_plan_former"),
            *super().get_urls(),
        ]

    def copy(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        plan = copy_plan(plan=self._stored(request, plan_id), by=person_of(request))
        messages.success(request, _("This is the copy, a draft of its own."))
        return HttpResponseRedirect(self.page_of(plan))

    def next_version(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        plan = continue_plan(plan=self._stored(request, plan_id), by=person_of(request))
        day = date_format(plan.review_on) if plan.review_on else ""
        messages.success(
            request, _("This is the draft of the next version; its review is on %(day)s.") % {"day": day}
        )
        return HttpResponseRedirect(self.page_of(plan))

    def newest(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        plan = take_newest_revisions(plan=self._stored(request, plan_id), by=person_of(request))
        words = _(
            "The exercises are at their newest approved revision. Look at what changed; you can take it back."
        )
        messages.success(request, words)
        return HttpResponseRedirect(self.page_of(plan))

    def former(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        plan = self._stored(request, plan_id)
        try:
            take_former_revisions(plan=plan, by=person_of(request))
            messages.success(
                request, _("Taken back: the exercises are at the revision that they had before.")
            )
        except PlansError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(self.page_of(plan))

    def pause(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        plan = self._stored(request, plan_id)
        try:
            pause_plan(plan=plan, by=person_of(request))
        except PlansError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, PAUSED)
        return self._back(request, plan)

    def resume(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        plan = self._stored(request, plan_id)
        try:
            resume_plan(plan=plan, by=person_of(request))
        except StopStands as error:
            said = said_together(error.findings)
            messages.error(request, f"{error} {said}")
            return HttpResponseRedirect(_patient_page(plan))
        except PlansError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The plan goes on: its link and its sheets may be used again."))
        return self._back(request, plan)

    def go_on(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        """Record why the patient goes on with the version there is, in spite of what the rules say now."""
        plan = self._stored(request, plan_id)
        given = {name: words for name, words in posted_reasons(request.POST).items() if words.strip()}
        try:
            give_reasons(plan=plan, reasons=given, by=person_of(request), strict=True)
        except PlansError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Your reasons are recorded.") if given else _("No reason was given."))
        return self._back(request, plan)

    def _back(self, request: HttpRequest, plan: Plan) -> HttpResponse:
        match request.POST.get("back"):
            case "home":
                return HttpResponseRedirect(reverse("admin:index"))
            case "patient":
                return HttpResponseRedirect(_patient_page(plan))
            case "publication":
                return HttpResponseRedirect(
                    reverse("admin:plans_publication_change", args=[plan.publications.latest("number").pk])
                )
        return HttpResponseRedirect(self.page_of(plan))

    def _stored(self, request: HttpRequest, plan_id: UUID) -> Plan:
        plan: Plan | None = self.rows_of(person_of(request)).filter(pk=plan_id).first()
        if plan is None:
            raise Http404
        return plan


def _patient_page(plan: Plan) -> str:
    return reverse("admin:plans_patient_change", args=[plan.patient_id])
