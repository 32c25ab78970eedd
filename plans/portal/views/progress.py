"""The patient's own progress, and what they mean to do."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from plans.actions.logs import set_intention
from plans.exceptions import PlansError
from plans.portal.opened import opened_plan
from plans.portal.progress_page import progress_page_of
from plans.portal.responses import guard, see_link

FIELDS = ("goal", "when_and_where")


# No CSRF token: the page's address is the secret that a forged form lacks.
@csrf_exempt
@sensitive_post_parameters(*FIELDS)
@require_http_methods(["GET", "HEAD", "POST"])
def progress_page(request: HttpRequest, token: str) -> HttpResponse:
    plan = opened_plan(request, token)
    if plan is None:
        return see_link(token)
    if request.method != "POST":
        return progress_page_of(request, plan)
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    try:
        set_intention(plan=plan.link.plan, by=None, **typed)
    except PlansError as refused:
        return progress_page_of(request, plan, refused=refused, typed=typed)
    answer = HttpResponse(status=HTTPStatus.SEE_OTHER)
    answer["Location"] = f"{plan.home}progress/?saved#saved"
    return guard(answer)
