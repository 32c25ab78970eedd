"""The warning boxes, one tap away from each screen."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plans.portal.opened import opened_plan
from plans.portal.responses import page, see_link


@require_safe
def warnings_page(request: HttpRequest, token: str) -> HttpResponse:
    plan = opened_plan(request, token)
    if plan is None:
        return see_link(token)
    return page(request, "warnings.html", {"home": plan.home}, language=plan.language)
