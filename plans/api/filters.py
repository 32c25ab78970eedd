"""Filters that refuse what they cannot read; the framework's own read nonsense as "no filter" and give everything."""

from datetime import date
from typing import Any
from uuid import UUID

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django_filters.rest_framework import DjangoFilterBackend

from plans import permissions
from plans.api.serializers.fields import DAY_TEXT, UUID_TEXT
from plans.diagnoses import ConditionName, ConditionNames, looks_like_code
from plans.models import Condition, User
from plans.text import normalise


class Filters(DjangoFilterBackend):  # type: ignore[misc]  # the package is untyped
    """Filters by what the call asks for, in its address or in its body."""

    def get_filterset_kwargs(self, request: Any, queryset: Any, view: Any) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(request, queryset, view), "data": view.query}


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


class ConditionFilter(filters.CharFilter):  # type: ignore[misc]  # the package is untyped
    """A condition of the library by its code, or by an ICD-10 code all for which that stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=64, **kwargs)

    def filter(self, rows: Any, value: str) -> Any:
        """Narrow the rows to these conditions."""
        if not value:
            return rows
        return rows.filter(**{f"{self.field_name}__in": condition_codes(value, self.parent.request.user)})


def condition_codes(value: str, person: User) -> set[str]:
    """Give the codes of the conditions that a code stands for, as far as the person may see them."""
    codes = {value}
    if looks_like_code(value):
        rows = permissions.entries_of(person, Condition).values_list("code", "name", "icd10")
        codes |= set(
            ConditionNames(
                ConditionName(code, name, (), tuple(icd10)) for code, name, icd10 in rows
            ).of_icd10(value)
        )
    return codes


class YesNo(filters.BooleanFilter):  # type: ignore[misc]  # the package is untyped
    """true or false."""

    field_class = _Yes

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.TextInput, **kwargs)


class _Words(forms.CharField):
    def to_python(self, value: Any) -> str:
        return normalise(super().to_python(value) or "", lines=False)


class WordsFilter(filters.CharFilter):  # type: ignore[misc]  # the package is untyped
    """Words that people typed, compared in the one form that they are stored in."""

    field_class = _Words


class DayFilter(filters.DateFilter):  # type: ignore[misc]  # the package is untyped
    """An ISO date."""

    field_class = _Day


class IdFilter(filters.UUIDFilter):  # type: ignore[misc]  # the package is untyped
    """A UUID."""

    field_class = _Ident
