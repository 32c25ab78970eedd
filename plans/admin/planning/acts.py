"""What is done with a whole plan besides writing it: copied, or brought to the newest revisions."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from plans.actions.plans import copy_plan, take_newest_revisions
from plans.admin.desk import DeskAdmin
from plans.admin.person import person_of
from plans.models import Plan


class ActPages(DeskAdmin):
    """One click each, on the stored plan."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:plan_id>/copy/", view(require_POST(self.copy)), name="plans_plan_copy"),
            path("<uuid:plan_id>/newest/", view(require_POST(self.newest)), name="plans_plan_newest"),
            *super().get_urls(),
        ]

    def copy(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        """Make a new draft for the same patient."""
        plan = copy_plan(plan=self._stored(request, plan_id), by=person_of(request))
        messages.success(request, "This is the copy, a draft of its own.")
        return HttpResponseRedirect(self.page_of(plan))

    def newest(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        """Take the newest revision of every exercise; doses and notes stay."""
        plan = take_newest_revisions(plan=self._stored(request, plan_id), by=person_of(request))
        messages.success(request, "The exercises are at their newest revision. Look at what changed.")
        return HttpResponseRedirect(self.page_of(plan))

    def _stored(self, request: HttpRequest, plan_id: UUID) -> Plan:
        plan: Plan | None = self.rows_of(person_of(request)).filter(pk=plan_id).first()
        if plan is None:
            raise Http404
        return plan
