""" "Keep on this phone": the worker of a link's pages, what it keeps, and two pages that it alone shows."""

import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from plans.portal.files import newest_publication
from plans.portal.kept import closed_list, keep_list
from plans.portal.opened import opened_plan
from plans.portal.responses import guard, see_link
from plans.portal.screens import away_screen, late_screen
from plans.portal.session import visit_of
from plans.queries.pauses import open_pause

SCRIPTS = ("kept_store", "kept_time", "kept_send", "kept_ticks", "kept_copy", "worker")


@require_safe
def worker(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the worker's script, the same for every token: no link is looked for.

    A worker serves what lies below its own address, so this one can never see the pages of another link.
    """
    names = ", ".join(json.dumps(static(f"portal/{name}.js")) for name in SCRIPTS)
    answer = HttpResponse(f"importScripts({names});\n", content_type="text/javascript")
    answer["X-Content-Type-Options"] = "nosniff"
    return guard(answer)


@require_safe
def keep_list_of(request: HttpRequest, token: str) -> HttpResponse:
    """Say how the plan stands and what to keep of it. The answer is the contact that a kept copy lives on.

    Only to a remembered device: a session ends after minutes, and its end would look like that of the link.
    """
    visit = visit_of(request, token)
    publication = newest_publication(visit.link.plan) if visit and visit.device else None
    if visit is None or publication is None:
        return guard(JsonResponse(closed_list(), status=HTTPStatus.FORBIDDEN))
    plan = publication.plan = visit.link.plan
    state = "paused" if open_pause(plan) else "open"
    return guard(JsonResponse(keep_list(publication, token=token, state=state)))


@require_safe
def late_page(request: HttpRequest, token: str) -> HttpResponse:
    plan = opened_plan(request, token)
    return late_screen(request, plan) if plan else see_link(token)


@require_safe
def away_page(request: HttpRequest, token: str) -> HttpResponse:
    plan = opened_plan(request, token)
    return away_screen(request, plan) if plan else see_link(token)
