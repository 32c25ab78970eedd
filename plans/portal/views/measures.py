"""What a patient says of pain and of their own activities, at the start of a plan and at its review."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from plans.actions.measures import MeasureClosed, tell_measures
from plans.exceptions import PlansError
from plans.models import LogSource
from plans.portal.measure_forms import read_tellings
from plans.portal.measures_page import asks_for_help, measures_page_of
from plans.portal.opened import OpenedPlan, opened_plan
from plans.portal.responses import guard, see_link
from plans.queries.measures.asking import Asked, asked_now


# No CSRF token: the page's address is the secret that a forged form lacks.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def measures_page(request: HttpRequest, token: str) -> HttpResponse:
    plan = opened_plan(request, token)
    if plan is None:
        return see_link(token)
    asked = _asked(plan)
    if request.method != "POST":
        return measures_page_of(request, plan, asked)
    try:
        if not asked:
            raise MeasureClosed
        tell_measures(
            plan=plan.link.plan,
            tellings=read_tellings(asked, request.POST),
            source=LogSource.PAGE,
            by=None,
        )
    except PlansError as refused:
        return measures_page_of(request, plan, asked, refused=refused, typed=request.POST)
    answer = HttpResponse(status=HTTPStatus.SEE_OTHER)
    place = "alarm" if asks_for_help(plan, _asked(plan)) else "saved"
    answer["Location"] = f"{plan.home}measures/?saved#{place}"
    return guard(answer)


def _asked(plan: OpenedPlan) -> list[Asked]:
    row = plan.link.plan
    return asked_now(row, plan.publication, plan.content, today=row.patient.clinic.today())
