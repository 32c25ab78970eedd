"""Filters that refuse what they cannot read; the framework's own read nonsense as "no filter" and give everything."""

from datetime import date
from typing import Any
from uuid import UUID

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError

from plans.api.fields import DAY_TEXT, UUID_TEXT


class _Yes(forms.Field):
    def to_python(self, value: Any) -> bool | None:
        if value not in (None, "true", "false"):
            raise ValidationError("Either true or false.", code="invalid")
        return None if value is None else bool(value == "true")


class _Day(forms.Field):
    def to_python(self, value: Any) -> date | None:
        if value in (None, ""):
            return None
        try:
            return date.fromisoformat(value) if DAY_TEXT.fullmatch(value) else self._refuse()
        except ValueError:
            return self._refuse()

    def _refuse(self) -> date:
        raise ValidationError("A date, YYYY-MM-DD.", code="invalid")


class _Ident(forms.Field):
    def to_python(self, value: Any) -> UUID | None:
        if value in (None, ""):
            return None
        if not UUID_TEXT.fullmatch(value):
            raise ValidationError("A UUID.", code="invalid")
        return UUID(value)


class YesNo(filters.BooleanFilter):  # type: ignore[misc]  # the package is untyped
    """true or false."""

    field_class = _Yes

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.TextInput, **kwargs)


class DayFilter(filters.DateFilter):  # type: ignore[misc]  # the package is untyped
    """An ISO date."""

    field_class = _Day


class IdFilter(filters.UUIDFilter):  # type: ignore[misc]  # the package is untyped
    """A UUID."""

    field_class = _Ident
