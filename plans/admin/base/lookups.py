"""Which parameters of an address filter a list: those that the filters of its page produce themselves, and no others.

A lookup that an address adds by itself would ask about rows that the person may not see: a related row's name or
password by its beginning, told by whether anything is listed.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.admin import DateFieldListFilter
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

YEARS = range(1900, 2101)
"""Days outside are no days of a clinic, and near the calendar's ends a change of the time zone would overflow."""
NOTHING = ("True", "False")


def may_filter(model: type[models.Model], filters: Iterable[Any], lookup: str, value: str) -> bool:
    return any(_produces(model, list_filter, lookup, value) for list_filter in filters)


def _produces(model: type[models.Model], list_filter: Any, lookup: str, value: str) -> bool:
    path, kind = list_filter if isinstance(list_filter, tuple) else (list_filter, None)
    if not isinstance(path, str):
        # The filter looks at the value itself, and gives no lookup on.
        return lookup == str(path.parameter_name)
    field = get_fields_from_path(model, path)[-1]
    if lookup == f"{path}__isnull":
        return bool(field.null) and value in NOTHING
    if kind is not None and issubclass(kind, DateFieldListFilter):
        return lookup in (f"{path}__gte", f"{path}__lt") and _is_a_day(field, value)
    if field.is_relation:
        target = field.target_field  # type: ignore[attr-defined]  # a relation has one
        return lookup == f"{path}__{target.name}__exact" and _parses(target, value)
    return lookup == f"{path}__exact" and _is_choice(field, value)


def _is_choice(field: Any, value: str) -> bool:
    if isinstance(field, models.BooleanField):
        return value in ("0", "1")
    return value in {str(choice) for choice, _ in field.flatchoices}


def _parses(field: Any, value: str) -> Any:
    try:
        return field.to_python(value) or False
    except ValidationError:
        return False


def _is_a_day(field: Any, value: str) -> bool:
    day: date | None = _parses(field, value) or None
    if day is None or day.year not in YEARS:
        return False
    return not isinstance(day, datetime) or timezone.is_aware(day)
