"""One exercise on a screen."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plans.portal.opened import opened_plan
from plans.portal.responses import see_link
from plans.portal.screens import exercise_screen


@require_safe
def exercise_page(request: HttpRequest, token: str, number: int) -> HttpResponse:
    plan = opened_plan(request, token)
    place = plan.place_of(number) if plan else None
    return see_link(token) if plan is None or place is None else exercise_screen(request, plan, place=place)
