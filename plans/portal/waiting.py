"""A form that comes when the plan is locked: it waits in the page that asks, and is taken once the plan is open."""

from typing import Protocol

from django.http import HttpRequest, HttpResponse, QueryDict

from plans.portal.asking import ask_page, asked_before_telling
from plans.portal.responses import see_link
from plans.portal.session import Visit, visit_of


class Take(Protocol):
    """Does what a form of an opened plan says, and answers."""

    def __call__(
        self, request: HttpRequest, visit: Visit, form: QueryDict, *, token: str
    ) -> HttpResponse: ...


def take_or_ask(request: HttpRequest, token: str, *, take: Take, page: str) -> HttpResponse:
    """Take this page's form; where the session ended while the page stood open, ask for the birth date first."""
    visit = visit_of(request, token)
    if visit:
        return take(request, visit, request.POST, token=token)
    form = request.POST
    return ask_page(request, asked_before_telling(token, form, page=page)) if form else see_link(token)
