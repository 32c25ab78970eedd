"""Write the description of the API into `openapi.yaml` and the typed client from it.

.venv/bin/python -m client.generate            after a change of the API
.venv/bin/python -m client.generate --release  when a version goes out: clients are held to it from then on
"""

import keyword
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import django
import yaml

HERE = Path(__file__).resolve().parent
CURRENT, RELEASED = HERE / "openapi.yaml", HERE / "released.yaml"
ALLOWED_BREAKS = HERE / "allowed_breaks.yaml"
PACKAGE = HERE / "home_exercise_client"
PLAIN = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "object": "dict[str, Any]",
}
HEADERS = {"If-Match": "if_match", "If-None-Match": "if_none_match", "Idempotency-Key": "idempotency_key"}
Schema = dict[str, Any]


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    django.setup()
    from plans.api.schema.views import as_yaml  # only now is Django ready

    CURRENT.write_text(as_yaml())
    if "--release" in arguments:
        RELEASED.write_text(as_yaml())
        ALLOWED_BREAKS.write_text("[]\n")
    for name, text in files(yaml.safe_load(as_yaml())).items():
        (PACKAGE / name).write_text(text)
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(PACKAGE)], check=True)


def files(schema: Schema) -> dict[str, str]:
    """Give the text of each generated file."""
    return {"objects.py": objects(schema), "calls.py": calls(schema)}


def objects(schema: Schema) -> str:
    """Write a TypedDict for each object."""
    parts = [HEAD_OF_OBJECTS.format(version=schema["info"]["version"])]
    for name, one in schema["components"]["schemas"].items():
        parts.append(_object(name, one))
    return "\n\n".join(parts) + "\n"


def _object(name: str, schema: Schema) -> str:
    lines = [f"class {name}(TypedDict):", f'    """{_one_line(schema.get("description", name))}"""', ""]
    required = schema.get("required", [])
    for field, inner in schema.get("properties", {}).items():
        kind = python_type(inner)
        kind = kind if field in required else f"NotRequired[{kind}]"
        lines += [f"    {field}: {kind}", f'    """{_one_line(inner.get("description", ""))}"""']
    return "\n".join(lines if len(lines) > 3 else [*lines[:2]])


def python_type(schema: Schema) -> str:
    """Say a JSON schema as a Python type."""
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            return " | ".join(dict.fromkeys(python_type(one) for one in schema[several]))
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return f"Literal[{', '.join(repr(one) for one in schema['enum'])}]"
    if schema.get("format") == "binary":
        return "bytes"
    kinds = schema.get("type", "object")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return " | ".join(_plain(kind, schema) for kind in kinds)


def _plain(kind: str, schema: Schema) -> str:
    return f"list[{python_type(schema['items'])}]" if kind == "array" else PLAIN[kind]


def calls(schema: Schema) -> str:
    """Write a method for each call."""
    parts = [HEAD_OF_CALLS.format(version=schema["info"]["version"])]
    for path, methods in schema["paths"].items():
        for method, call in methods.items():
            if "/oauth/" not in path:
                parts.append(_method(path, method, call))
    return "\n".join(parts)


def _method(path: str, method: str, call: Schema) -> str:
    given = call.get("parameters", [])
    in_path = [one["name"] for one in given if one["in"] == "path"]
    query = [one for one in given if one["in"] == "query"]
    headers = [one["name"] for one in given if one["in"] == "header" and one["name"] in HEADERS]
    body = call.get("requestBody", {}).get("content", {}).get("application/json")
    arguments = ["self", *(f"{name}: str" for name in in_path)]
    if body:
        default = "" if call["requestBody"].get("required") else " | None = None"
        arguments.append(f"body: {python_type(body['schema'])}{default}")
    if query or headers:
        arguments.append("*")
    arguments += [f"{_name(one['name'])}: {_optional(one['schema'])} = None" for one in query]
    arguments += [f"{HEADERS[name]}: str | None = None" for name in headers]
    answer = _answer(call)
    lines = [f"    def {call['operationId'].replace('-', '_')}("]
    lines += [f"        {one}," for one in arguments]
    lines += [f"    ) -> Answer[{answer}]:", f'        """{_one_line(call["summary"])}."""']
    lines += _sending(path, method, in_path, query, headers, bool(body))
    return "\n".join(lines) + "\n"


def _sending(
    path: str, method: str, in_path: list[str], query: list[Schema], headers: list[str], body: bool
) -> list[str]:
    for name in in_path:
        path = path.replace(f"{{{name}}}", f"{{quote({name})}}")
    prefix = "f" if in_path else ""
    lines = [
        "        return self.send(",
        f'            "{method.upper()}",',
        f'            {prefix}"{path}",',
    ]
    if query:
        pairs = ", ".join(f'"{one["name"]}": {_name(one["name"])}' for one in query)
        lines.append(f"            query={{{pairs}}},")
    if body:
        lines.append("            body=body,")
    if headers:
        pairs = ", ".join(f'"{name}": {HEADERS[name]}' for name in headers)
        lines.append(f"            headers={{{pairs}}},")
    return [*lines, "        )"]


def _answer(call: Schema) -> str:
    found: list[str] = []
    for code in ("200", "201", "202"):
        for content in call["responses"].get(code, {}).get("content", {}).values():
            found.append(python_type(content["schema"]))
    return " | ".join(dict.fromkeys(found)) or "None"


def _optional(schema: Schema) -> str:
    return python_type({key: value for key, value in schema.items() if key != "default"}) + " | None"


def _name(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace('"""', "'''").replace("\\", "\\\\") or "."


HEAD_OF_OBJECTS = '''"""What the API takes and gives, version {version}. Generated from openapi.yaml: do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict
'''

HEAD_OF_CALLS = '''"""Every call of the API, version {version}. Generated from openapi.yaml: do not edit."""

# ruff: noqa: F403, F405

from typing import Literal
from urllib.parse import quote

from home_exercise_client.objects import *
from home_exercise_client.sending import Answer, Sender


class Calls(Sender):
    """The calls, by their operation id."""
'''


if __name__ == "__main__":
    main(sys.argv[1:])
