"""The patient's own progress, and what they mean to do."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from plans.actions.logs import set_intention
from plans.exceptions import PlansError
from plans.portal.opened import open_plan_behind, opened_plan
from plans.portal.progress_page import progress_page_of
from plans.portal.responses import guard, see_link
from plans.portal.session import Visit
from plans.portal.waiting import take_or_ask

PAGE = "progress"
FIELDS = ("goal", "when_and_where")


# No CSRF token: the page's address is the secret that a forged form lacks.
@csrf_exempt
@sensitive_post_parameters(*FIELDS)
@require_http_methods(["GET", "HEAD", "POST"])
def progress_page(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        return take_or_ask(request, token, take=take_intention, page=PAGE)
    plan = opened_plan(request, token)
    return progress_page_of(request, plan) if plan else see_link(token)


def take_intention(request: HttpRequest, visit: Visit, form: QueryDict, *, token: str) -> HttpResponse:
    plan = open_plan_behind(request, visit, token=token)
    if plan is None:
        return see_link(token)
    typed = {name: form.get(name, "") for name in FIELDS}
    try:
        set_intention(plan=plan.link.plan, by=None, **typed)
    except PlansError as refused:
        return progress_page_of(request, plan, refused=refused, typed=typed)
    answer = HttpResponse(status=HTTPStatus.SEE_OTHER)
    answer["Location"] = f"{plan.home}progress/?saved#saved"
    return guard(answer)
