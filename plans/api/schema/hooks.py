"""The finished description: what all calls share, closed bodies, names that read well in a client."""

from typing import Any

from plans.api.scopes import SCOPES

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
ALWAYS = ("400", "401", "403", "404", "405", "429", "503")

SOMETIMES = ("expanded", "alerts")
"""Fields of answers that are there only when asked for, or of one thing and not of a list."""


def only_api(endpoints: list[Any]) -> list[Any]:
    """Describe what stands under /api/v1/ alone."""
    return [one for one in endpoints if one[0].startswith("/api/v1/") and "{rest}" not in one[0]]


def finish_schema(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Add what the package does not know: the problems, the keys' scopes, closed request bodies."""
    components = result["components"]
    schemas = components["schemas"]
    schemas["Problem"] = PROBLEM
    for name, schema in schemas.items():
        if name.endswith("Request"):
            schema["additionalProperties"] = False
        elif name not in SPARSE and "properties" in schema:
            schema["required"] = [field for field in schema["properties"] if field not in SOMETIMES]
    components["responses"] = {f"Problem{code}": _problem(code) for code in ERRORS}
    components["headers"] = HEADERS
    components["securitySchemes"] = SECURITY
    for path in result["paths"].values():
        for method, operation in path.items():
            _finish_operation(method, operation)
    result["info"]["description"] = ABOUT
    _drop_unused(result)
    named: dict[str, Any] = _rename(result, {name: _public(name) for name in schemas})
    named["components"]["schemas"] = dict(sorted(named["components"]["schemas"].items()))
    return named


def _finish_operation(method: str, operation: dict[str, Any]) -> None:
    operation["description"] = _with_scope(operation)
    for parameter in operation.get("parameters", []):
        parameter.setdefault("description", f"The {parameter['name']}, as it stands in the address.")
    answers = operation["responses"]
    for code in _codes(method, operation):
        answers.setdefault(code, {"$ref": f"#/components/responses/Problem{code}"})
    if method == "get":
        answers.setdefault("304", {"description": "Nothing changed since the ETag in If-None-Match."})
    for code, answer in answers.items():
        if "$ref" not in answer:
            answer["headers"] = _headers(code)
            answer["description"] = answer.get("description") or "Done."
    operation["responses"] = dict(sorted(answers.items()))


def _with_scope(operation: dict[str, Any]) -> str:
    said = operation.get("description", "")
    if not operation.get("security"):
        return str(said)
    scopes = [f"`{scope}`" for one in operation["security"] for scope in one.get("system", ())]
    scope = f"Scope: {' and '.join(scopes)}." if scopes else "Only for people who are signed in."
    return f"{said}\n\n{scope}".strip()


def _codes(method: str, operation: dict[str, Any]) -> list[str]:
    if not operation.get("security"):
        return ["405", "413", "415", "429", "503"]
    codes = [*ALWAYS]
    if method in ("post", "put", "patch"):
        codes += ["413", "415"]
    names = {one["name"] for one in operation.get("parameters", ())}
    if names & {"Idempotency-Key", "If-Match"}:  # it changes something
        codes.append("409")
    if method in ("put", "patch", "delete"):
        codes.append("428")
    if "Idempotency-Key" in names:
        codes.append("422")
    if "If-Match" in names:
        codes.append("412")
    if operation["operationId"] == "plans_publish":
        codes.append("428")
    return codes


def _problem(code: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": ERRORS[code], "headers": _headers(code), "content": content}


def _headers(code: str) -> dict[str, Any]:
    names = [name for name, codes in TELLS.items() if codes is None or code in codes]
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _public(name: str) -> str:
    """Give the name that a client sees."""
    stem = name.removeprefix("Patched").removeprefix("Paginated")
    for ending, said in (("ShownRequest", "Input"), ("BodyRequest", "Input"), ("Request", "Input")):
        if stem.endswith(ending):
            said = "Patch" if name.startswith("Patched") else said
            return stem.removesuffix(ending) + said
    if name.startswith("Paginated"):
        return stem.removesuffix("List").removesuffix("Shown") + "Page"
    return stem.removesuffix("Shown")


def _rename(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_rename(one, names) for one in value]
    if not isinstance(value, dict):
        return value
    value = {key: one for key, one in value.items() if key != "x-spec-enum-id"}
    renamed = {names.get(key, key): _rename(one, names) for key, one in value.items()}
    if isinstance(ref := value.get("$ref"), str) and ref.startswith(SCHEMAS):
        renamed["$ref"] = SCHEMAS + names[ref.removeprefix(SCHEMAS)]
    return renamed


def _drop_unused(result: dict[str, Any]) -> None:
    schemas = result["components"]["schemas"]
    while True:
        used = set(_refs(result["paths"])) | set(_refs(result["components"]))
        unused = [name for name in schemas if SCHEMAS + name not in used]
        if not unused:
            return
        for name in unused:
            del schemas[name]


def _refs(value: Any) -> Any:
    if isinstance(value, list):
        for one in value:
            yield from _refs(one)
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for one in value.values():
            yield from _refs(one)


SCHEMAS = "#/components/schemas/"
SPARSE = {"PlanExpanded", "TokenErrorShown", "Problem"}
"""What may leave fields out when it answers."""

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
        "request_id": _text("Names this call in the service's logs.", "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"),
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
            "items": {"$ref": "#/components/schemas/FindingShown"},
        },
        "publication": {
            **_text("The publication that is there already.", "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"),
            "format": "uuid",
        },
    },
}
