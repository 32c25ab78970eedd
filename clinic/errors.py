"""What is answered where no view answers: for a person a page, for a program under /api/ a problem (RFC 9457)."""

import json
import sys
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.views import defaults

log = structlog.get_logger(__name__)

API, DESK = "/api/", "/admin/"
PORTAL = ("/p/", "/sheet/")
"""Below these patients read, in a language of theirs."""
RETRY_SECONDS = 5
NEWER_CONTENT = "unknown_schema"
"""The code of the error that a newer release issued what is asked for: its machines stand beside ours for a while."""


def problem_body(status: int, code: str, detail: str) -> bytes:
    """Return a problem as the API shapes it, also where Django does not answer."""
    members: dict[str, Any] = import_string(settings.API_PROBLEM)(status, code, detail)
    return json.dumps({name: value for name, value in members.items() if value != ""}).encode()


def portal_page(request: HttpRequest, status: int) -> HttpResponse:
    """Return the page of a patient's address that says what went wrong, which the portal writes."""
    answer: HttpResponse = import_string(settings.PORTAL_TROUBLE)(request, int(status))
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    too_large = isinstance(exception, RequestDataTooBig)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_large else HTTPStatus.BAD_REQUEST
    if request.path.startswith(API):
        words = (
            "The body is too large."
            if too_large
            else "This is no request for this service, or not for this host."
        )
        return _problem(status, "body_too_large" if too_large else "bad_request", words)
    if request.path.startswith(PORTAL):
        return portal_page(request, status)
    if too_large:
        return HttpResponse(
            render_to_string("413.html", {"desk": request.path.startswith(DESK)}), status=status
        )
    return defaults.bad_request(request, exception)  # a page without styles: programs make most of these


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(API):
        return _problem(HTTPStatus.FORBIDDEN, "permission_denied", "You may not do this.")
    if request.path.startswith(PORTAL):
        return portal_page(request, HTTPStatus.FORBIDDEN)
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(API):
        words = "There is nothing at this address. The API is at /api/v1/."
        return _problem(HTTPStatus.NOT_FOUND, "not_found", words)
    if request.path.startswith(PORTAL):
        return portal_page(request, HTTPStatus.NOT_FOUND)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault; where only the database is away, that it is worth another try."""
    error = sys.exc_info()[1]
    if getattr(error, "code", "") == NEWER_CONTENT:
        log.error("content_of_a_newer_release")
        if request.path.startswith(PORTAL):
            return portal_page(request, HTTPStatus.SERVICE_UNAVAILABLE)
        return HttpResponse(render_to_string("newer.html"), status=HTTPStatus.SERVICE_UNAVAILABLE)
    away = isinstance(error, (OperationalError, InterfaceError))
    if request.path.startswith(API):
        answer = (
            _away()
            if away
            else _problem(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                "server_error",
                "Something went wrong here. Nothing was changed.",
            )
        )
    elif request.path.startswith(PORTAL):
        answer = portal_page(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    else:
        answer = defaults.server_error(request)
    if away:
        log.error("database_away")
        answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        answer["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _away() -> HttpResponse:
    words = "The database does not answer now. Nothing was changed; ask again in a moment."
    return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "database_away", words)


def _problem(status: int, code: str, detail: str) -> HttpResponse:
    return HttpResponse(
        problem_body(status, code, detail), status=status, content_type="application/problem+json"
    )
