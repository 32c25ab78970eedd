"""A fingerprint of rows as a form showed them, to notice that someone else changed them meanwhile."""

import hashlib
import json
from collections.abc import Iterable

from django.core.serializers.json import DjangoJSONEncoder

from plans.models.base import Identified


def state_of(rows: Iterable[Identified]) -> str:
    """Give 32 hex digits that change when any stored column, save for the bookkeeping, of any of the rows does."""
    columns = [[str(row.pk), *row.versioned_values().values()] for row in rows]
    text = json.dumps(sorted(columns, key=lambda row: str(row[0])), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
