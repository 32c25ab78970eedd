"""What all calls share in the description: errors, headers, ways to sign in."""

from typing import Any

from plans.api.scopes import SCOPES
from plans.api.serializers.fields import EXAMPLE_ID

ERRORS: dict[str, str] = {
    "400": "The call is not valid; `errors` names each field.",
    "401": "No token, or one that is unknown, expired or revoked.",
    "403": "The token lacks the scope, or the caller the role.",
    "404": "There is no such thing, or it belongs to someone else.",
    "405": "There is no such method here.",
    "409": "It conflicts with the state of things; `code` says how.",
    "412": "The ETag in If-Match is old.",
    "413": "The body has more than 1 MiB.",
    "415": "The body is not JSON in UTF-8.",
    "422": "The Idempotency-Key was used for another call.",
    "428": "If-Match is missing.",
    "503": "The service cannot answer now; Retry-After says when to ask again.",
    "429": "Too many calls in this minute; Retry-After says how long to wait.",
}

TELLS: dict[str, tuple[str, ...] | None] = {
    "RateLimit": None,
    "RateLimit-Policy": None,
    "ETag": ("200", "201", "206", "304"),
    "Location": ("201", "202", "303"),
    "Retry-After": ("202", "429", "503"),
    "WWW-Authenticate": ("401",),
}
"""Which headers an answer has; None: all of them."""

HEADERS: dict[str, Any] = {
    name: {"schema": {"type": "string"}, "description": said}
    for name, said in {
        "RateLimit": 'Calls left and seconds to wait: `"calls";r=599;t=42`.',
        "RateLimit-Policy": 'Calls in a window: `"calls";q=600;w=60`.',
        "ETag": "The version of this answer.",
        "Location": "Where it is.",
        "Retry-After": "Seconds to wait.",
        "WWW-Authenticate": "Bearer.",
    }.items()
}

ABOUT = """\
Everything that a therapist does at the desk, for other software: patients, plans, findings, publications, PDFs.
The same rules and permissions hold. Every change that matters is audited under the name of the calling system.

Get a token with `POST /api/v1/oauth/token/`, send it as `Authorization: Bearer ...`. Errors are
`application/problem+json` with a stable `code`. Lists are paged: follow `next`. Every field with a unit has it in
its name.
"""

SECURITY: dict[str, Any] = {
    "system": {
        "type": "oauth2",
        "description": "A clinic system's key: OAuth 2 client credentials.",
        "flows": {"clientCredentials": {"tokenUrl": "/api/v1/oauth/token/", "scopes": SCOPES}},
    },
    "session": {"type": "apiKey", "in": "cookie", "name": "session", "description": "A person at the desk."},
}


def _text(description: str, example: object, kind: str = "string") -> dict[str, Any]:
    return {"type": kind, "description": description, "examples": [example]}


PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "An error (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": _text("Where the code is explained.", "/api/v1/docs/#problem-invalid"),
        "title": _text("The code in words.", "Invalid"),
        "status": _text("The HTTP status again.", 400, "integer"),
        "detail": _text("What went wrong, for a person.", "The call is not valid."),
        "code": _text("What went wrong, for a program. Codes are never renamed.", "invalid"),
        "request_id": _text("Names this call in the service's logs.", EXAMPLE_ID),
        "errors": {
            "type": "array",
            "description": "The fields that are wrong.",
            "examples": [[]],
            "items": {
                "type": "object",
                "required": ["field", "pointer", "code", "detail"],
                "properties": {
                    "field": _text("The field's path.", "items[0].sets_min"),
                    "pointer": _text("The same as a JSON pointer.", "/items/0/sets_min"),
                    "code": _text("What is wrong with it.", "too_high"),
                    "detail": _text("The same for a person.", "Sets: 99 is above 10."),
                },
            },
        },
        "findings": {
            "type": "array",
            "description": "The findings that stand in the way, where publishing was refused.",
            "items": {"$ref": "#/components/schemas/Finding"},
        },
        "publication": {
            **_text("The publication that is there already.", EXAMPLE_ID),
            "format": "uuid",
        },
    },
}
