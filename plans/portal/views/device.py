"""What a patient says of the device in their hands: remember it, forget it, this is not me."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from plans.actions.devices import DevicesNotRemembered
from plans.portal.responses import see_link
from plans.portal.session import leave, remember, visit_of


# No CSRF token: as on the link's page, the address is the secret that a forged form lacks.
@csrf_exempt
@require_POST
def own_device(request: HttpRequest, token: str) -> HttpResponse:
    """Do what the button says, and go to the link's page: it shows the plan, or asks for the birth date again."""
    answer = see_link(token)
    wish = request.POST.get("do", "")
    if wish == "remember":
        visit = visit_of(request, token)
        if visit and visit.device is None:
            with suppress(DevicesNotRemembered):
                remember(request, answer, token=token, link=visit.link)
    elif wish in ("forget", "not-me"):
        leave(request, answer, token=token, not_me=wish == "not-me")
    return answer
