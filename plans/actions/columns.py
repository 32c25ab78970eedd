"""Columns that a caller names, as a program does with the fields of its call."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Model


def set_columns(row: Model, given: Mapping[str, Any], *, columns: Collection[str]) -> None:
    """Set the given ones of these columns. Raise TypeError for another name: its value would be lost in silence."""
    if unknown := sorted(given.keys() - set(columns)):
        raise TypeError(f"{type(row).__name__} takes no {', '.join(unknown)}")
    for name, value in given.items():
        setattr(row, name, value)
