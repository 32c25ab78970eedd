"""Rows of the shared library, written only where they say something else: the same files again are no work."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)
Fields = Mapping[str, object]


def write_shared(kind: type[Row], code: str, fields: Fields) -> tuple[Row, bool]:
    """Return the shared row of a code with these fields, and whether it was made."""
    found = kind._default_manager.filter(code=code, clinic=None).first()
    if found is None:
        return kind._default_manager.create(code=code, clinic=None, **fields), True
    write_changed(found, fields)
    return found, False


def write_changed(row: Model, fields: Fields) -> bool:
    """Write the fields that differ, and return whether there are any."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)
