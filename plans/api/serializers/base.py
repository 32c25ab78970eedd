"""Serializers that refuse what they do not know."""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses unknown and read-only fields by name; a field that is ignored is a wish that is lost."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            refused = {name: [_why(self.fields.get(name))] for name in data if not self._takes(name)}
            refused |= {name: [_REQUIRED] for name in self._missing(data)}
            if refused:
                raise ValidationError(refused)
        return super().to_internal_value(data)

    def _missing(self, data: Mapping[Any, Any]) -> list[str]:
        # A partial change leaves out fields of the object itself; what lies inside it is always given whole.
        inner = self.parent is not None
        return [name for name, field in self.fields.items() if inner and field.required and name not in data]

    def _takes(self, name: object) -> bool:
        field = self.fields.get(name)  # type: ignore[call-overload]  # a JSON name is a text
        return field is not None and not field.read_only


_REQUIRED = ErrorDetail("This field is required.", code="required")


def _why(field: Any) -> ErrorDetail:
    if field is None:
        return ErrorDetail("There is no field of this name.", code="unknown_field")
    return ErrorDetail("This field can only be read.", code="read_only")


class InputSerializer(StrictSerializer):
    """The body of a call: read from JSON, handed to an action, never saved by itself."""

    def create(self, validated_data: dict[str, Any]) -> Any:
        raise NotImplementedError

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:
        raise NotImplementedError


@extend_schema_serializer(component_name="Nothing")
class EmptySerializer(InputSerializer):
    """An empty object: the call needs no body."""


class BesideSerializer(InputSerializer):
    """Tells fields that the row does not hold itself; the view reads them for all rows at once."""

    beside_fields: ClassVar[tuple[str, ...]] = ("expanded",)
    """The fields, absent where the view tells nothing."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        data = super().to_representation(instance)
        beside = self.context.get("beside", {})
        for name in self.beside_fields:
            if instance.pk in beside.get(name, {}):
                data[name] = self.fields[name].to_representation(beside[name][instance.pk])
        return data


class OutputSerializer(serializers.Serializer[Any]):
    """What the API answers with; never read from a client."""


def many(kind: Any, **kwargs: Any) -> Any:
    """Return a list of such objects; the framework makes it from the class itself, which no type can say."""
    return kind(many=True, **kwargs)
