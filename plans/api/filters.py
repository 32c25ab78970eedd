"""Filters that refuse what they cannot read; the framework's own read nonsense as "no filter" and give everything."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions
from rest_framework.fields import CharField
from rest_framework.filters import OrderingFilter, SearchFilter, search_smart_split
from rest_framework.request import Request

from plans import permissions
from plans.api.serializers.fields import CODE_LENGTH, DAY_TEXT, UUID_TEXT
from plans.diagnoses import ConditionName, ConditionNames, looks_like_code
from plans.folding import fold
from plans.models import Condition, User
from plans.text import normalise


class FilterBackend(DjangoFilterBackend):  # type: ignore[misc]  # the package is untyped
    """Filters by what the call asks for, in its address or in its body."""

    def get_filterset_kwargs(self, request: Any, queryset: Any, view: Any) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(request, queryset, view), "data": view.query}


class _FlagField(forms.Field):
    def to_python(self, value: Any) -> bool | None:
        if value not in (None, "true", "false"):
            raise ValidationError("Either true or false.", code="invalid")
        return None if value is None else bool(value == "true")


class _DayField(forms.Field):
    def to_python(self, value: Any) -> date | None:
        if value in (None, ""):
            return None
        try:
            return date.fromisoformat(value) if DAY_TEXT.fullmatch(value) else self._refuse()
        except ValueError:
            return self._refuse()

    def _refuse(self) -> date:
        raise ValidationError("A date, YYYY-MM-DD.", code="invalid")


class _IdField(forms.Field):
    def to_python(self, value: Any) -> UUID | None:
        if value in (None, ""):
            return None
        if not UUID_TEXT.fullmatch(value):
            raise ValidationError("A UUID.", code="invalid")
        return UUID(value)


class ConditionFilter(filters.CharFilter):  # type: ignore[misc]  # the package is untyped
    """A condition of the library by its code, or by an ICD-10 code all for which that stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=CODE_LENGTH, **kwargs)

    def filter(self, rows: Any, value: str) -> Any:
        if not value:
            return rows
        return rows.filter(**{f"{self.field_name}__in": condition_codes(value, self.parent.request.user)})


def condition_codes(value: str, person: User) -> set[str]:
    """Return the codes of the conditions that a code stands for, as far as the person may see them."""
    codes = {value}
    if looks_like_code(value):
        rows = permissions.entries_of(person, Condition).values_list("code", "name", "icd10")
        codes |= set(
            ConditionNames(
                ConditionName(code, name, (), tuple(icd10)) for code, name, icd10 in rows
            ).of_icd10(value)
        )
    return codes


class FlagFilter(filters.BooleanFilter):  # type: ignore[misc]  # the package is untyped
    """true or false."""

    field_class = _FlagField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.TextInput, **kwargs)


class _WordsField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return normalise(super().to_python(value) or "", lines=False)


class WordsFilter(filters.CharFilter):  # type: ignore[misc]  # the package is untyped
    """Words that people typed, compared in the one form that they are stored in."""

    field_class = _WordsField


class DayFilter(filters.DateFilter):  # type: ignore[misc]  # the package is untyped
    """An ISO date."""

    field_class = _DayField


class IdFilter(filters.UUIDFilter):  # type: ignore[misc]  # the package is untyped
    """A UUID."""

    field_class = _IdField


class StrictOrderingFilter(OrderingFilter):
    """`ordering=name` or `ordering=-changed_at`; a field that is not offered is an error."""

    ordering_description = "The field to order by; a minus sign in front turns the order round."

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> Sequence[str]:
        offered = getattr(view, "ordering_fields", None)
        given = view.query.get(self.ordering_param)
        if given is not None and given not in _both_ways(offered or ()):
            raise exceptions.ValidationError(
                {"ordering": [f"One of: {', '.join(_both_ways(offered or ()))}."]}
            )
        names = [given] if given else view.default_ordering
        return [_column(name, view.columns) for name in names]

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        offered = _both_ways(getattr(view, "ordering_fields", None) or ())
        if not offered:
            return []
        schema = {"type": "string", "enum": list(offered)}
        return [query_parameter("ordering", self.ordering_description, schema)]


class FoldedSearchFilter(SearchFilter):
    """`search=...`: every word must occur, however its accents are typed."""

    search_description = "Words that must all occur, each in one of: {fields}."
    longest = 200

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        self.words = view.query.get(self.search_param, "")
        if len(self.words) > self.longest:
            raise exceptions.ValidationError({"search": [f"At most {self.longest} characters."]})
        return super().filter_queryset(request, queryset, view)

    def get_search_terms(self, request: Request) -> list[str]:
        # As the framework does: no null characters, which a database cannot compare.
        words = CharField(trim_whitespace=False, allow_blank=True).run_validation(self.words)
        folded: Any = fold(words)
        return search_smart_split(folded)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        fields = getattr(view, "search_fields", ())
        if not fields:
            return []
        said = self.search_description.format(
            fields=getattr(view, "search_description", "") or ", ".join(fields)
        )
        schema = {"type": "string", "maxLength": self.longest}
        return [query_parameter("search", said, schema)]


def _column(name: str, columns: Mapping[str, str]) -> str:
    sign = "-" if name.startswith("-") else ""
    return sign + columns.get(name.lstrip("-"), name.lstrip("-"))


def _both_ways(fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for field in fields for name in (field, f"-{field}"))


def query_parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
