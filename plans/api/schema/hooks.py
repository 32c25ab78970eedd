"""The finished description: what all calls share, closed bodies, names that read well in a client."""

from typing import Any

from plans.api.schema.components import ABOUT, ERRORS, HEADERS, PROBLEM, SECURITY, TELLS

ALWAYS = ("400", "401", "403", "404", "405", "429", "503")

SOMETIMES = ("expanded", "alerts")
"""Fields of answers that are there only when asked for, or of one thing and not of a list."""


def only_api(endpoints: list[Any]) -> list[Any]:
    return [
        endpoint
        for endpoint in endpoints
        if endpoint[0].startswith("/api/v1/") and "{rest}" not in endpoint[0]
    ]


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
    scopes = [f"`{scope}`" for way in operation["security"] for scope in way.get("system", ())]
    scope = f"Scope: {' and '.join(scopes)}." if scopes else "Only for people who are signed in."
    return f"{said}\n\n{scope}".strip()


def _codes(method: str, operation: dict[str, Any]) -> list[str]:
    if not operation.get("security"):
        return ["405", "413", "415", "429", "503"]
    codes = [*ALWAYS]
    if method in ("post", "put", "patch"):
        codes += ["413", "415"]
    names = {parameter["name"] for parameter in operation.get("parameters", ())}
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
    """Return the name that a client sees: PlanInput, PlanPatch and PlanPage for the body, the change and the page."""
    stem = name.removeprefix("Patched").removeprefix("Paginated")
    if stem.endswith("Request"):
        stem = stem.removesuffix("Request").removesuffix("Input")
        return f"{stem}Patch" if name.startswith("Patched") else f"{stem}Input"
    return f"{stem.removesuffix('List')}Page" if name.startswith("Paginated") else stem


def _rename(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_rename(inner, names) for inner in value]
    if not isinstance(value, dict):
        return value
    value = {key: inner for key, inner in value.items() if key != "x-spec-enum-id"}
    renamed = {names.get(key, key): _rename(inner, names) for key, inner in value.items()}
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
        for inner in value:
            yield from _refs(inner)
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from _refs(inner)


SCHEMAS = "#/components/schemas/"
SPARSE = {"PlanExpanded", "TokenError", "Problem"}
"""What may leave fields out when it answers."""
