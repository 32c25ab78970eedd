"""The warning boxes, one tap away from each screen."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plans.portal.opened import opened_plan
from plans.portal.responses import see_link
from plans.portal.screens import warnings_screen


@require_safe
def warnings_page(request: HttpRequest, token: str) -> HttpResponse:
    plan = opened_plan(request, token)
    return warnings_screen(request, plan) if plan else see_link(token)
