"""The description of the API: every field with an example, every call with its scope and its errors."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from plans.api.pagination import HIDDEN

IF_MATCH = (
    "The ETag of what you saw, or `*`. Without it the change is refused (428), with an old one too (412)."
)
IF_MATCH_IF_TOLD = "The ETag of what you saw: with an old one the call is refused (412)."
IF_NONE_MATCH = "The ETag of the last answer: 304 if nothing changed."
KEY = "Names this call: repeated within 24 hours with the same body it gives the same answer and does nothing again."
KEY_PATTERN = r"^[\x21-\x7e]{1,255}$"


def expand_parameter(scopes: Mapping[str, str], *names: str) -> OpenApiParameter:
    """Describe `expand`: its words, and the scope that a key needs for each."""
    words = ", ".join(f"`{name}` (`{scopes[name]}`)" for name in names)
    said = f"What to add under `expanded`, with commas, each with the scope that it needs: {words}."
    return OpenApiParameter("expand", str, description=said)


def header(name: str, description: str, *, pattern: str = "") -> OpenApiParameter:
    kind: Any = {"type": "string", "pattern": pattern} if pattern else OpenApiTypes.STR
    return OpenApiParameter(name, kind, OpenApiParameter.HEADER, description=description)


class ApiAutoSchema(AutoSchema):
    """Adds examples, scopes, and the headers and errors that all calls share."""

    def get_operation_id(self) -> str:
        action = getattr(self.view, "action", "") or self.method.lower()
        return f"{self.path.split('/')[3]}_{action}"

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "tag", self.path.split("/")[3])]

    def get_auth(self) -> list[dict[str, list[str]]]:
        if not self._decided():
            return []
        scopes = self._decided().scopes
        session: dict[str, list[str]] = {"session": []}
        return [{"system": list(scopes)}, session] if scopes else [session]

    def get_override_parameters(self) -> list[Any]:
        if not self._decided():
            return []
        found = []
        action = getattr(self.view, "action", "")
        if self.method == "POST" and action not in getattr(self.view, "reading_posts", ()):
            found.append(header("Idempotency-Key", KEY, pattern=KEY_PATTERN))
        if self.method == "POST" and action in getattr(self.view, "optional_if_match", ()):
            found.append(header("If-Match", IF_MATCH_IF_TOLD))
        if self.method in ("PATCH", "PUT", "DELETE"):
            found.append(header("If-Match", IF_MATCH))
        if self.method == "GET":
            found.append(header("If-None-Match", IF_NONE_MATCH))
        return found

    def _get_parameters(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = super()._get_parameters()
        for parameter in found:
            if parameter["in"] == "query" and parameter["name"] in getattr(
                self.view, "personal_parameters", ()
            ):
                parameter["deprecated"] = True
                parameter["description"] = (
                    f"{parameter['description']} Rather send it in the body of the search."
                )
        return found

    def _is_list_view(self, serializer: Any = None) -> bool:
        return getattr(self.view, "action", "") in HIDDEN or super()._is_list_view(serializer)

    def get_filter_backends(self) -> list[Any]:
        asked_elsewhere = getattr(self.view, "action", "") in HIDDEN
        return [] if asked_elsewhere else list(super().get_filter_backends())

    def _decided(self) -> Any:
        return getattr(self.view, "calls", {}).get(getattr(self.view, "action", None))

    def _map_serializer_field(self, field: Any, direction: str, bypass_extensions: bool = False) -> Any:
        mapped: Any = super()._map_serializer_field  # untyped in the package
        schema = mapped(field, direction, bypass_extensions)
        if schema and hasattr(field, "example") and "$ref" not in schema:
            schema = {**schema, "examples": [field.example]}
        if direction == "request" and getattr(field, "unique_items", False):
            schema = {**schema, "uniqueItems": True}
        return schema
