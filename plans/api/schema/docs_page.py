"""OpenAPI as what a page shows: groups of calls, with their fields as flat lists."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from plans.api.schema.components import ERRORS
from plans.api.schema.error_codes import known_problems

_AS_CODE = "<code>{}</code>"


def pages(schema: dict[str, Any]) -> dict[str, Any]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(_call(path, method, operation))
    components = schema["components"]["schemas"]
    return {
        "title": schema["info"]["title"],
        "version": schema["info"]["version"],
        "about": marked(" ".join(schema["info"]["description"].split())),
        "groups": sorted(groups.items()),
        "objects": [_object(name, components[name]) for name in sorted(components)],
        "errors": {code: marked(said) for code, said in ERRORS.items()},
        "problems": [{**problem, "said": marked(problem["said"])} for problem in known_problems()],
        "scopes": schema["components"]["securitySchemes"]["system"]["flows"]["clientCredentials"]["scopes"],
    }


def marked(text: str) -> SafeString:
    """Return a text as HTML: what stands between backticks is code, all the rest is escaped."""
    parts = ((_AS_CODE if place % 2 else "{}", part) for place, part in enumerate(text.split("`")))
    return format_html_join("", "{}", ((format_html(form, part),) for form, part in parts))


def _call(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {})
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation.get("summary", ""),
        "description": marked(operation.get("description", "")),
        "parameters": [_parameter(parameter) for parameter in operation.get("parameters", [])],
        "takes": [_name(media_type["schema"]) for media_type in body.values()],
        "answers": [_answer(code, answer) for code, answer in operation["responses"].items()],
    }


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": parameter["name"],
        "place": parameter["in"],
        "required": parameter.get("required", False),
        "kind": _kind(parameter["schema"]),
        "description": marked(parameter.get("description", "") or parameter["schema"].get("description", "")),
    }


def _answer(code: str, answer: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in answer:
        return {"code": code, "gives": "Problem", "description": marked(ERRORS[code])}
    shapes = [_name(media_type["schema"]) for media_type in answer.get("content", {}).values()]
    said = marked(answer.get("description", ""))
    return {"code": code, "gives": shapes[0] if shapes else "", "description": said}


def _object(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    required = schema.get("required", [])
    fields = [
        {
            "name": field,
            "required": field in required,
            "kind": _kind(inner),
            "description": marked(inner.get("description", "")),
            "example": inner.get("examples", [None])[0],
        }
        for field, inner in schema.get("properties", {}).items()
    ]
    return {
        "name": name,
        "short": _first_sentence(schema.get("description", "")),
        "description": marked(schema.get("description", "")),
        "fields": fields,
        "words": schema.get("enum", []),
    }


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].replace("`", "")


def _name(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2] or _kind(schema)


def _kind(schema: dict[str, Any]) -> str:
    for several in ("oneOf", "allOf", "anyOf"):
        if several in schema:
            return " or ".join(_name(inner) for inner in schema[several])
    if "$ref" in schema:
        return _name(schema)
    kind = schema.get("type", "value")
    words = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if "items" in schema:
        words = f"list of {_name(schema['items'])}"
    if "enum" in schema:
        words += ": " + ", ".join(str(word) for word in schema["enum"])
    return words + _bounds(schema)


def _bounds(schema: dict[str, Any]) -> str:
    said = [str(schema["format"])] if "format" in schema else []
    for name, words in (
        ("minimum", "from"),
        ("maximum", "to"),
        ("maxLength", "at most"),
        ("maxItems", "at most"),
    ):
        if name in schema:
            said.append(f"{words} {schema[name]}")
    return f" ({' '.join(said)})" if said else ""
