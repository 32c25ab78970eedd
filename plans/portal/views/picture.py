"""A picture of an opened plan, small enough for a phone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plans.portal.opened import opened_plan
from plans.portal.pictures import find_picture
from plans.portal.responses import guard, see_link


@require_safe
def plan_picture(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """Answer with the picture; `list` in the query asks for the size of the list.

    It is `no-store` like the pages: a picture tells which exercises somebody does, its address holds the link, and the
    computer may be a library's. So a browser fetches it anew on each screen, 8 to 18 KB a figure; the one way to keep
    it is "Keep on this phone". This process keeps what it made.
    """
    plan = opened_plan(request, token)
    clinic = plan.link.plan.patient.clinic if plan else None
    found = (
        find_picture(plan.content, name, clinic=clinic, in_list="list" in request.GET)
        if plan and clinic
        else None
    )
    if found is None:
        return see_link(token)
    answer = HttpResponse(found.data, content_type=found.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return guard(answer)
