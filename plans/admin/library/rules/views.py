"""What is asked of rules: what a typed one would touch, what all of them reach, and the retirement of one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from plans import permissions
from plans.actions.rules import retire_rule
from plans.admin.base.requests import person_of, state_of
from plans.admin.base.throttle import refuse_too_many
from plans.admin.library.base import RevisedAdmin
from plans.admin.library.rules.coverage import coverage
from plans.exceptions import PlansError
from plans.queries.active_plans import touched_by


class RuleViews(RevisedAdmin):
    """The addresses below a rule's own."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("coverage/", view(require_GET(self.coverage_page)), name="plans_rule_coverage"),
            path("touched/", view(require_POST(self.touched_page)), name="plans_rule_touched"),
            path("<uuid:pk>/touched/", view(require_POST(self.touched_page)), name="plans_rule_touched"),
            path("<uuid:pk>/retire/", view(require_POST(self.retire)), name="plans_rule_retire"),
            *super().get_urls(),
        ]

    def touched_page(self, request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
        """Say how many plans that patients follow now the typed rule would touch."""
        rule = self.row_to_change(request, pk) if pk else None
        if rule is None and not self.has_add_permission(request):
            raise Http404
        if too_many := refuse_too_many(request):
            return too_many
        form = self.get_form(request, rule, change=rule is not None)(request.POST, instance=rule)
        if not form.is_valid():
            return render(request, "desk/library/touched.html", {"unready": True})
        person = person_of(request)
        try:
            plans = [row.plan for row in touched_by(form.engine_rule(), clinic=form.cleaned_data["clinic"])]
        except PlansError as error:
            return render(request, "desk/library/touched.html", {"problem": str(error)})
        own = [plan for plan in plans if permissions.may_care_for(person, plan.patient)]
        return render(request, "desk/library/touched.html", {"count": len(plans), "own": own})

    def coverage_page(self, request: HttpRequest) -> HttpResponse:
        clinic = state_of(request).clinic
        if clinic is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": _("What the rules reach"),
            "opts": self.opts,
            "coverage": coverage(clinic),
        }
        return TemplateResponse(request, "desk/library/coverage.html", context)

    def retire(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask for its retirement: once a reviewer approves that, it fires no more."""
        rule = self.row_to_change(request, pk)
        try:
            retire_rule(rule=rule, by=person_of(request))
            messages.success(
                request, _("A reviewer decides: until they approve it, the rule holds as before.")
            )
        except PlansError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(self.page_of(rule))
