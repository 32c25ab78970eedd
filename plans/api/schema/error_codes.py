"""Every code that an error can have, for the documentation."""

from collections.abc import Iterator
from typing import Any

from plans.api.exception_handler import status_of
from plans.exceptions import PlansError

ROOMS = ("plans.api", "plans.actions", "plans.permissions", "plans.queries")

GENERAL: dict[str, tuple[int, str]] = {
    "bad_request": (400, "The request is not one, or not for this host."),
    "body_broke_off": (400, "The body ended early, took too long, or was not framed as it says."),
    "server_error": (500, "A fault of the service. It is logged under `request_id`; nothing was changed."),
    "address_too_long": (414, "The address is too long."),
    "headers_too_large": (431, "The headers are too many or too long."),
    "invalid": (400, "The call is not valid; `errors` names each field."),
    "parse_error": (400, "The body is not the JSON that it should be."),
    "not_authenticated": (401, "There is no token."),
    "invalid_token": (401, "The token is unknown, expired or revoked."),
    "permission_denied": (403, "A signed-in browser sent no CSRF token, or may not do this."),
    "not_found": (404, "There is no such thing, or it belongs to someone else."),
    "method_not_allowed": (405, "There is no such method here."),
    "body_too_large": (413, "The body has more than 1 MiB."),
    "unsupported_media_type": (415, "The body is not JSON in UTF-8."),
    "throttled": (429, "Too many calls in this minute; Retry-After says how long to wait."),
}


def known_problems() -> list[dict[str, Any]]:
    known = {code: {"code": code, "status": status, "said": said} for code, (status, said) in GENERAL.items()}
    for kind in _kinds(PlansError):
        code = kind.__new__(kind).code
        said = " ".join((kind.__doc__ or "").split())
        known[code] = {"code": code, "status": status_of(kind), "said": said}
    return [known[code] for code in sorted(known)]


def _kinds(kind: type[PlansError]) -> Iterator[type[PlansError]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith(ROOMS):
            yield child
        yield from _kinds(child)
