"""Fields that take exactly the JSON type they name, and carry an example for the description.

The framework's own fields read "5" as a number and 5 as a text; a client with such a slip shall hear of it.
"""

import re
from datetime import date
from math import isfinite
from typing import Any
from uuid import UUID

from django.db.models import CharField, Model, TextField
from django.urls import reverse
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from plans.actions.plan_dates import latest_day
from plans.models import Exercise, ExternalId

UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
DAY_TEXT = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
EXAMPLE_ID = "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"
EXAMPLE_MOMENT = "2026-03-02T10:15:00Z"


def length_of(model: type[Model], column: str) -> int:
    field = model._meta.get_field(column)
    if not isinstance(field, CharField | TextField) or field.max_length is None:
        raise TypeError(f"{column} of {model.__name__} is no text with a length")
    return field.max_length


CODE_LENGTH = length_of(Exercise, "code")
EXTERNAL_ID_LENGTH = length_of(ExternalId, "value")


class Described:
    """A field that shows an example, and whose blank in the database may be null outside."""

    def __init__(self, *args: Any, example: Any, **kwargs: Any) -> None:
        self.example = example
        super().__init__(*args, **kwargs)


class Text(Described, serializers.CharField):
    """A text; spaces at its ends are cut off."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class ExternalIdText(Text):
    """A calling system's own id for a row; every system sees its own."""

    def __init__(self, *, of: str, **kwargs: Any) -> None:
        about = f"Your own id for this {of}; each calling system sees its own. Null for people."
        kept = {"required": False, "allow_null": True, "allow_blank": True, "max_length": EXTERNAL_ID_LENGTH}
        super().__init__(**kept, help_text=about, **kwargs)


class Whole(Described, serializers.IntegerField):
    """A whole number, not a text of digits and not true or false."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        if isinstance(data, float) and not data.is_integer():
            self.fail("invalid")
        return super().to_internal_value(int(data))


class Number(Described, serializers.FloatField):
    """A number, for reading only."""


class Tenths(Described, serializers.FloatField):
    """A number with at most one digit behind the point, and no text or flag that stands for one."""

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float) or not isfinite(data):
            self.fail("invalid")
        if round(data, 1) != data:
            raise ValidationError("At most one digit stands behind the point.", code="invalid")
        return float(super().to_internal_value(data))


class Flag(Described, serializers.BooleanField):
    """True or false."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Day(Described, serializers.DateField):
    """An ISO date, YYYY-MM-DD."""

    def to_internal_value(self, value: Any) -> date:
        if not isinstance(value, str) or not DAY_TEXT.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class NearDay(Day):
    """A day of a plan: at most two years ahead."""

    default_error_messages = {"too_far": "This is more than two years ahead. {latest} is the latest day."}

    def to_internal_value(self, value: Any) -> date:
        day, latest = super().to_internal_value(value), latest_day()
        if day > latest:
            self.fail("too_far", latest=latest)
        return day


class Moment(Described, serializers.DateTimeField):
    """An ISO moment with its offset, for reading only."""

    def __init__(self, *, example: str | None = EXAMPLE_MOMENT, **kwargs: Any) -> None:
        super().__init__(example=example, **kwargs)


class Id(Described, serializers.UUIDField):
    """A UUID as text."""

    def __init__(self, *, example: str | None = EXAMPLE_ID, **kwargs: Any) -> None:
        super().__init__(example=example, **kwargs)

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str) or not UUID_TEXT.fullmatch(data):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class Address(Described, serializers.CharField):
    """An address of this service, for reading only; `of` names the address whose id the value is."""

    def __init__(self, *, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(**kwargs)

    def to_representation(self, value: Any) -> str:
        return reverse(self.of, args=[value]) if self.of else super().to_representation(value)


class Choice(Described, serializers.ChoiceField):
    """One of a list of words; null stands for the blank."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)

    def to_representation(self, value: Any) -> Any:
        return super().to_representation(value) or None


class ListOf(Described, serializers.ListField):
    """A list of values of one type."""

    def to_internal_value(self, data: Any) -> list[Any]:
        if not isinstance(data, list):
            self.fail("not_a_list", input_type=type(data).__name__)
        return super().to_internal_value(data)


class Words(ListOf):
    """A list of texts."""

    def __init__(self, *, most: int = 50, longest: int = 200, **kwargs: Any) -> None:
        child = Text(max_length=longest, example=(kwargs["example"] or [""])[0], help_text="One of them.")
        super().__init__(child=child, max_length=most, **kwargs)


class Codes(Words):
    """The codes of related entries of the library; given as codes."""

    def to_representation(self, data: Any) -> list[str]:
        return [entry.code for entry in data.all()]


class ChoiceList(ListOf):
    """A list of words from a closed list, each at most once."""

    unique_items = True

    def __init__(self, *, choices: list[str], **kwargs: Any) -> None:
        child = Choice(choices=choices, example=choices[0], help_text="One of the words.")
        super().__init__(child=child, max_length=len(choices), **kwargs)

    def to_internal_value(self, data: Any) -> list[Any]:
        words = super().to_internal_value(data)
        refused: Any = {
            place: [ErrorDetail(f"{word!r} is given twice.", code="given_twice")]
            for place, word in enumerate(words)
            if word in words[:place]
        }
        if refused:
            raise ValidationError(refused)
        return words
