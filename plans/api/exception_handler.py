"""Errors as problem+json (RFC 9457): a stable code, the fields that are wrong, the findings in the way."""

from collections.abc import Iterator
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from plans.actions.apply_protocol import ProtocolNotYours
from plans.actions.clinic_defaults import TooManyStockReasons, UnusualDefault
from plans.actions.clinic_words import TooManyTitles
from plans.actions.clinics import LicenceMissing, UnknownLocale, UnknownTimeZone
from plans.actions.crisis_contact import CrisisContactIncomplete
from plans.actions.items import ImpossibleDose, NotInLibrary, TooManyItems
from plans.actions.links import NoLink
from plans.actions.logs import LogRefused, NothingTold
from plans.actions.measures import MeasureRefused, NothingScored
from plans.actions.patient_facts import ImpossibleFacts
from plans.actions.pausing import StopStands
from plans.actions.plan_dates import DateTooFar
from plans.actions.protocols import ImpossibleWindow, NextNotFitting
from plans.actions.publishing import AlreadyPublished, PublishRefused
from plans.actions.texts import TextRefused
from plans.api.exceptions import (
    AlreadyExists,
    BodyTooLarge,
    DatabaseAway,
    PeopleOnly,
    PlansProblem,
    ScopeMissing,
)
from plans.api.serializers.findings import serialize_findings
from plans.content import UnknownSchema
from plans.exceptions import PlansError, UnreadableDose
from plans.handout.formats import UnknownFormat
from plans.permissions import NotAllowed

log = structlog.get_logger(__name__)

NO_ADDRESS = "There is nothing at this address. Every address ends with a slash, every id is a UUID."
PROBLEM_JSON = "application/problem+json"
MORE = "/api/v1/docs/#problem-"

STATUS: dict[type[PlansError], int] = {
    NotAllowed: 403,
    ScopeMissing: 403,
    PeopleOnly: 403,
    NoLink: 404,
    ImpossibleDose: 400,
    DateTooFar: 400,
    ImpossibleFacts: 400,
    UnreadableDose: 400,
    TooManyItems: 400,
    TextRefused: 400,
    NotInLibrary: 400,
    ProtocolNotYours: 400,
    UnknownFormat: 400,
    LicenceMissing: 400,
    UnknownSchema: 503,
    UnknownTimeZone: 400,
    UnknownLocale: 400,
    TooManyStockReasons: 400,
    UnusualDefault: 400,
    CrisisContactIncomplete: 400,
    TooManyTitles: 400,
    ImpossibleWindow: 400,
    NextNotFitting: 400,
    LogRefused: 400,
    NothingTold: 400,
    MeasureRefused: 400,
    NothingScored: 400,
}
"""A refusal that is not named here is a conflict with the state of things: 409."""

AT_A_FIELD = (
    TextRefused,
    UnknownTimeZone,
    UnknownLocale,
    TooManyTitles,
    TooManyStockReasons,
    UnusualDefault,
    CrisisContactIncomplete,
    ImpossibleWindow,
    NextNotFitting,
    LogRefused,
    MeasureRefused,
)
"""Refusals that name the field by `attribute`."""


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an error into its answer; None for a bug of ours, which is logged and answered elsewhere."""
    if isinstance(error, PlansError):
        set_rollback()
        return _of_plans_error(error)
    if isinstance(error, IntegrityError):
        set_rollback()
        return _of_plans_error(AlreadyExists())
    if isinstance(error, (OperationalError, InterfaceError)):
        set_rollback()
        log.exception("database_away")
        return _of_plans_error(DatabaseAway())
    if isinstance(error, RequestDataTooBig):
        error = BodyTooLarge()
    elif isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    return _of_api_error(error)


def problem(status: int, code: str, detail: str, *, title: str = "", **members: Any) -> dict[str, Any]:
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    return {
        "type": f"{MORE}{code}",
        "title": title or code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id,
        **members,
    }


def problem_answer(status: int, code: str, detail: str, *, retry_after: int | None = None) -> JsonResponse:
    """Answer with a problem where none of the API's views does: before it is reached, or after it broke."""
    answer = JsonResponse(problem(status, code, detail), status=status, content_type=PROBLEM_JSON)
    if retry_after is not None:
        answer["Retry-After"] = str(retry_after)
    return answer


@csrf_exempt
def unknown_address(request: HttpRequest, rest: str = "") -> JsonResponse:
    """Answer for an address that the API does not have; a missing slash at the end is the usual reason."""
    return problem_answer(404, "not_found", NO_ADDRESS)


def _of_plans_error(error: PlansError) -> Response:
    status = status_of(type(error))
    members: dict[str, Any] = {}
    if isinstance(error, PublishRefused | StopStands):
        members["findings"] = serialize_findings(error.findings, error.causes)
    if isinstance(error, AlreadyPublished):
        members["publication"] = str(error.publication.pk)
    if isinstance(error, ImpossibleDose):
        members["errors"] = [
            _field_error((fault.field,), fault.code, fault.message) for fault in error.problems
        ]
    if isinstance(error, AT_A_FIELD) and error.attribute:
        members["errors"] = [_field_error((error.attribute,), error.code, str(error))]
    if isinstance(error, DateTooFar):
        members["errors"] = [_field_error((error.field,), "too_far", str(error))]
    if isinstance(error, ImpossibleFacts):
        members["errors"] = [_field_error(path, fault.code, fault.message) for path, fault in error.problems]
    response = Response(problem(status, error.code, str(error), **members), status=status)
    if isinstance(error, PlansProblem) and error.retry_after is not None:
        response["Retry-After"] = str(error.retry_after)
    if isinstance(error, ScopeMissing):
        scope = error.details["scope"]
        response["WWW-Authenticate"] = f'Bearer realm="api", error="insufficient_scope", scope="{scope}"'
    return response


def status_of(kind: type[PlansError]) -> int:
    if issubclass(kind, PlansProblem):
        return kind.status
    return next((STATUS[base] for base in kind.__mro__ if base in STATUS), 409)


def _of_api_error(error: exceptions.APIException) -> Response:
    status = error.status_code
    if isinstance(error, exceptions.ValidationError):
        errors = [
            _field_error(path, str(refusal.code), str(refusal)) for path, refusal in _walk(error.detail)
        ]
        body = problem(400, "invalid", "The call is not valid; `errors` names each field.", errors=errors)
        return Response(body, status=400)
    code = error.get_codes()
    response = Response(
        problem(status, code if isinstance(code, str) else "error", str(error.detail)), status=status
    )
    if challenge := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = challenge
    if (wait := getattr(error, "wait", None)) is not None:
        response["Retry-After"] = str(int(wait))
    return response


def _walk(detail: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _walk(inner, path if name == "non_field_errors" else (*path, name))
    elif isinstance(detail, list) and any(isinstance(inner, dict | list) for inner in detail):
        for place, inner in enumerate(detail):
            yield from _walk(inner, (*path, place))
    elif isinstance(detail, list):
        for inner in detail:
            yield path, inner
    else:
        yield path, detail


def _field_error(path: tuple[str | int, ...], code: str, detail: str) -> dict[str, str]:
    """Name the field twice: as a person writes it, and as a JSON pointer (RFC 6901) into the body."""
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    pointer = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
    return {"field": words, "pointer": pointer, "code": code, "detail": detail}
