"""A fingerprint of rows as a form showed them, to notice that someone else changed them meanwhile."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model


def state_of(rows: Iterable[Model]) -> str:
    """Give 32 hex digits that change when any stored column of any of the rows does."""
    columns = [[str(row.pk), *(_value(row, name) for name in _columns(row))] for row in rows]
    text = json.dumps(sorted(columns, key=lambda row: str(row[0])), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _columns(row: Model) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields]


def _value(row: Model, name: str) -> Any:
    return getattr(row, name)
