"""The description of the API: every field with an example, every call with its scope and its errors."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from plans.api.scopes import SCOPES
from plans.api.strict import Body

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
    "429": "Too many calls in this minute; Retry-After says how long to wait.",
}
ALWAYS = ("400", "401", "403", "404", "405", "429")
WITH_BODY = ("409", "413", "415")
IF_MATCH = (
    "The ETag of what you saw, or `*`. Without it the change is refused (428), with an old one too (412)."
)
IF_NONE_MATCH = "The ETag of the last answer: 304 if nothing changed."
KEY = "Names this call: repeated within 24 hours with the same body it gives the same answer and does nothing again."


class Nothing(Body):
    """An empty object: the call needs no body."""


def expand_parameter(*names: str) -> OpenApiParameter:
    """Describe `expand`."""
    words = " and ".join(f"`{name}`" for name in names)
    return OpenApiParameter("expand", str, description=f"What to add under `expanded`, with commas: {words}.")


def header(name: str, description: str, *, required: bool = False) -> OpenApiParameter:
    """Describe a header of the call."""
    return OpenApiParameter(
        name, OpenApiTypes.STR, OpenApiParameter.HEADER, required=required, description=description
    )


class DescribedSchema(AutoSchema):  # type: ignore[misc]  # the package's types are partial
    """Adds examples, scopes, and the headers and errors that all calls share."""

    def get_operation_id(self) -> str:
        action = getattr(self.view, "action", "") or self.method.lower()
        resource = type(self.view).__name__
        return f"{_snake(resource)}_{action}"

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "tag", _words(type(self.view).__name__))]

    def get_description(self) -> str:
        said = super().get_description() or ""
        scope = self._scope()
        if scope:
            return f"{said}\n\nScope: `{scope}`.".strip()
        return f"{said}\n\nOnly for people who are signed in.".strip() if self._decided() else said

    def get_auth(self) -> list[dict[str, list[str]]]:
        if not self._decided():
            return []
        scope = self._scope()
        session: dict[str, list[str]] = {"session": []}
        return [{"system": [scope]}, session] if scope else [session]

    def get_override_parameters(self) -> list[OpenApiParameter]:
        if not self._decided():
            return []
        found = []
        if self.method == "POST":
            found.append(header("Idempotency-Key", KEY))
        if self.method in ("PATCH", "PUT", "DELETE"):
            found.append(header("If-Match", IF_MATCH))
        if self.method == "GET":
            found.append(header("If-None-Match", IF_NONE_MATCH))
        return found

    def _decided(self) -> Any:
        return getattr(self.view, "calls", {}).get(getattr(self.view, "action", None))

    def _scope(self) -> str | None:
        call = self._decided()
        return call.scope if call else None

    def _map_serializer_field(self, field: Any, direction: str, bypass_extensions: bool = False) -> Any:
        schema = super()._map_serializer_field(field, direction, bypass_extensions)
        if schema and hasattr(field, "example") and "$ref" not in schema:
            schema = {**schema, "examples": [field.example]}
        return schema


def only_api(endpoints: list[Any]) -> list[Any]:
    """Describe what stands under /api/v1/ alone."""
    return [one for one in endpoints if one[0].startswith("/api/v1/") and "{rest}" not in one[0]]


def finish_schema(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Add what the package does not know: the problems, the keys' scopes, closed request bodies."""
    components = result["components"]
    schemas = components["schemas"]
    schemas["Problem"] = PROBLEM
    for name, schema in schemas.items():
        if name.endswith("Request") and schema.get("type") == "object":
            schema["additionalProperties"] = False
    components["securitySchemes"] = SECURITY
    for path in result["paths"].values():
        for method, operation in path.items():
            _finish_operation(method, operation)
    result["info"]["description"] = ABOUT
    return result


def _finish_operation(method: str, operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    codes = list(ALWAYS)
    if method in ("post", "put", "patch"):
        codes += WITH_BODY
    if method in ("put", "patch", "delete"):
        codes += ["409", "412", "428"]
    if method == "post":
        codes.append("422")
    if method == "get":
        answers.setdefault("304", {"description": "Nothing changed since the ETag in If-None-Match."})
    for code in codes:
        answers.setdefault(code, _problem(ERRORS[code]))
    for code, answer in answers.items():
        answer.setdefault("headers", {}).update(_headers(code))
    operation["responses"] = dict(sorted(answers.items()))


def _problem(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": description, "content": content}


def _headers(code: str) -> dict[str, Any]:
    text = {"type": "string"}
    found: dict[str, Any] = {
        "RateLimit": {"schema": text, "description": 'Calls left and seconds to wait: `"calls";r=599;t=42`.'},
        "RateLimit-Policy": {"schema": text, "description": 'Calls in a window: `"calls";q=600;w=60`.'},
    }
    if code in ("200", "201", "304"):
        found["ETag"] = {"schema": text, "description": "The version of this answer."}
    if code in ("201", "202", "303"):
        found["Location"] = {"schema": text, "description": "Where it is."}
    if code in ("202", "429", "503"):
        found["Retry-After"] = {"schema": text, "description": "Seconds to wait."}
    if code == "401":
        found = {"WWW-Authenticate": {"schema": text, "description": "Bearer."}}
    return found


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _words(name: str) -> str:
    return _snake(name).replace("_", " ")


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

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "An error (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {
            "type": "string",
            "description": "Where the code is explained.",
            "examples": ["/api/v1/docs/#problem-invalid"],
        },
        "title": {"type": "string", "description": "The code in words.", "examples": ["Invalid"]},
        "status": {"type": "integer", "description": "The HTTP status again.", "examples": [400]},
        "detail": {
            "type": "string",
            "description": "What went wrong, for a person.",
            "examples": ["The call is not valid."],
        },
        "code": {
            "type": "string",
            "description": "What went wrong, for a program. Codes are never renamed.",
            "examples": ["invalid"],
        },
        "request_id": {
            "type": "string",
            "description": "Names this call in the service's logs.",
            "examples": ["0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"],
        },
        "errors": {
            "type": "array",
            "description": "The fields that are wrong.",
            "items": {
                "type": "object",
                "required": ["field", "pointer", "code", "detail"],
                "properties": {
                    "field": {
                        "type": "string",
                        "description": "The field's path.",
                        "examples": ["items[0].sets_min"],
                    },
                    "pointer": {
                        "type": "string",
                        "description": "The same as a JSON pointer.",
                        "examples": ["/items/0/sets_min"],
                    },
                    "code": {
                        "type": "string",
                        "description": "What is wrong with it.",
                        "examples": ["too_high"],
                    },
                    "detail": {
                        "type": "string",
                        "description": "The same for a person.",
                        "examples": ["Sets: 99 is above 10."],
                    },
                },
            },
        },
        "findings": {
            "type": "array",
            "description": "The findings that stand in the way, where publishing was refused.",
            "items": {"$ref": "#/components/schemas/FindingShown"},
        },
    },
}
