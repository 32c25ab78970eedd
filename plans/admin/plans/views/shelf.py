"""The library beside a plan: cards to add, narrowed down by what is ticked. Nothing here writes.

Asked by POST: what a patient has at home stands in no address.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from plans.admin.base.requests import person_of, read_uuid
from plans.admin.base.throttle import refuse_too_many
from plans.admin.plans.item_forms import audience
from plans.admin.plans.shelf.asked import Asked
from plans.admin.plans.shelf.group_words import tabs_of
from plans.admin.plans.shelf.looking import look
from plans.admin.plans.views.editor import PlanEditorViews
from plans.models import Plan


class PlanShelfViews(PlanEditorViews):
    """The address below a plan's that gives the library's cards."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [path("library/", view(require_POST(self.library_page)), name="plans_plan_library")]
        return [*own, *super().get_urls()]

    def library_page(self, request: HttpRequest) -> HttpResponse:
        plan = self._plan_beside(request)
        clinic, language = audience(plan, person_of(request))
        if clinic is None or not self.has_view_permission(request):
            raise PermissionDenied
        if too_many := refuse_too_many(request):
            return too_many
        asked = Asked.read(request.POST)
        shelf = look(asked, plan=plan, person=person_of(request), clinic=clinic, language=language)
        context: dict[str, Any] = {"shelf": shelf, "tabs": tabs_of(shelf)}
        return render(request, "desk/shelf/more.html" if asked.start else "desk/shelf/cards.html", context)

    def _plan_beside(self, request: HttpRequest) -> Plan:
        """Return the plan that the page shows; of one that is not stored yet, as much as its patient tells."""
        named = read_uuid(request.POST.get("plan"))
        plan: Plan | None = self.get_queryset(request).filter(pk=named).first() if named else None
        return plan or self._plan_for(request)
