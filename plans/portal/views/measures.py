"""What a patient says of pain and of their own activities, at the start of a plan and at its review."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from plans.actions.measures import MeasureClosed, tell_measures
from plans.exceptions import PlansError
from plans.models import LogSource
from plans.portal.measure_forms import read_tellings
from plans.portal.measures_page import asks_for_help, measures_page_of
from plans.portal.opened import OpenedPlan, open_plan_behind, opened_plan
from plans.portal.responses import guard, see_link
from plans.portal.session import Visit
from plans.portal.waiting import take_or_ask
from plans.queries.measures.asking import Asked, asked_now

PAGE = "measures"


# No CSRF token: the page's address is the secret that a forged form lacks.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def measures_page(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        return take_or_ask(request, token, take=take_measures, page=PAGE)
    plan = opened_plan(request, token)
    return measures_page_of(request, plan, _asked(plan)) if plan else see_link(token)


def take_measures(request: HttpRequest, visit: Visit, form: QueryDict, *, token: str) -> HttpResponse:
    plan = open_plan_behind(request, visit, token=token)
    if plan is None:
        return see_link(token)
    asked = _asked(plan)
    try:
        if not asked:
            raise MeasureClosed
        tell_measures(
            plan=plan.link.plan,
            tellings=read_tellings(asked, form),
            source=LogSource.PAGE,
            by=None,
        )
    except PlansError as refused:
        return measures_page_of(request, plan, asked, refused=refused, typed=form)
    answer = HttpResponse(status=HTTPStatus.SEE_OTHER)
    place = "alarm" if asks_for_help(plan, _asked(plan)) else "saved"
    answer["Location"] = f"{plan.home}measures/?saved#{place}"
    return guard(answer)


def _asked(plan: OpenedPlan) -> list[Asked]:
    row = plan.link.plan
    return asked_now(row, plan.publication, plan.content, today=row.patient.clinic.today())
