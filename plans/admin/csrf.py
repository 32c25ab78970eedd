"""The page for a form whose token is out of date: it holds what was sent, so that nothing typed is lost."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string

DESK, PORTAL = "/admin/", ("/p/", "/sheet/")
LEFT_OUT = ("csrfmiddlewaretoken", "signed_in")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that carries no valid token, as after a sign-in in another tab; `reason` is for developers.

    It may be sent again with a new token only if our own page sent it and the person is the same: else a foreign page
    could have a form of its own confirmed, or one person save what another typed.
    """
    if request.path == reverse("admin:login"):
        return HttpResponseRedirect(request.path)
    if request.path.startswith(PORTAL):
        # A page of patients has no token: what comes without one was sent to an address that takes nothing.
        answer: HttpResponse = import_string(settings.PORTAL_TROUBLE)(request, HTTPStatus.FORBIDDEN)
        return answer
    if request.content_type == "application/json":
        # A script asks: it fetches a new token and sends the same again, if the person is still the same.
        return JsonResponse({"code": "old_token"}, status=HTTPStatus.FORBIDDEN)
    same_person = request.POST.get("signed_in") == str(request.user.pk)
    again = request.path.startswith(DESK) and _is_ours(request) and same_person and not request.FILES
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if again and name not in LEFT_OUT
    ]
    context = {"again": again, "fields": fields, "desk": request.path.startswith(DESK)}
    return render(request, "stale.html", context, status=HTTPStatus.FORBIDDEN)


def _is_ours(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
