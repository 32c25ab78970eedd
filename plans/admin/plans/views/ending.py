"""The ends of a plan, each asked before it is done: a draft deleted, a plan stopped; and a stopped one resumed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from plans.actions.drafts.delete import delete_draft
from plans.actions.pausing import StopStands
from plans.actions.plans import stop_plan
from plans.actions.restarting import restart_plan
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.requests import person_of
from plans.admin.words.findings import said_together
from plans.exceptions import PlansError
from plans.models import Plan


class PlanEndViews(DeskAdmin):
    """Each leads back to the patient, where the plans stand together."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:plan_id>/discard/", view(never_cache(self.discard)), name="plans_plan_discard"),
            path("<uuid:plan_id>/stop/", view(never_cache(self.stop)), name="plans_plan_stop"),
            path("<uuid:plan_id>/restart/", view(require_POST(self.restart)), name="plans_plan_restart"),
            *super().get_urls(),
        ]

    def discard(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        plan = self._of_person(request, plan_id)
        if request.method != "POST":
            return self._ask(request, plan, "desk/plan/ask_discard.html")
        try:
            delete_draft(plan=plan, by=person_of(request))
            messages.success(request, _("The draft is deleted."))
        except PlansError as error:
            messages.error(request, str(error))
        return _to_patient(plan)

    def stop(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        plan = self._of_person(request, plan_id)
        if request.method != "POST":
            return self._ask(request, plan, "desk/plan/ask_stop.html")
        stop_plan(plan=plan, by=person_of(request))
        messages.success(request, _("The plan is stopped. Its sheets say so when their code is read."))
        return _to_patient(plan)

    def restart(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        plan = self._of_person(request, plan_id)
        try:
            restart_plan(plan=plan, by=person_of(request))
            messages.success(request, _("The plan goes on: its link and its sheets may be used again."))
        except StopStands as error:
            said = said_together(error.findings)
            messages.error(request, f"{error} {said}")
        except PlansError as error:
            messages.error(request, str(error))
        return _to_patient(plan)

    def _ask(self, request: HttpRequest, plan: Plan, template: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Are you sure?"),
            "opts": self.opts,
            "plan": plan,
            "items": plan.items.count(),
            "published": plan.publications.exists(),
        }
        return TemplateResponse(request, template, context)

    def _of_person(self, request: HttpRequest, plan_id: UUID) -> Plan:
        plan: Plan | None = self.rows_of(person_of(request)).filter(pk=plan_id).first()
        if plan is None:
            raise Http404
        return plan


def _to_patient(plan: Plan) -> HttpResponse:
    return HttpResponseRedirect(
        f"{reverse('admin:plans_patient_change', args=[plan.patient_id])}#plans-heading"
    )
