"""The fields of a draft by the names that its changes carry: a range is one field, as a therapist types it."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from plans.dose import Span
from plans.dose.value import SPAN_FIELDS
from plans.models import Plan, PlanItem

Value = str | date | Span | UUID | bool | None
Draft = Plan | PlanItem

FREQUENCY_FIELDS = ("times_per_day", "days_per_week")
PLAN_FIELDS = ("title", "goals", "start_on", "review_on", "note", *FREQUENCY_FIELDS, "follows")
ITEM_FIELDS = ("revision", *SPAN_FIELDS, "side", "load", "until", "note", "extra_caution", "offers_easier")
TICKS = ("therapies", "leaflets")
"""What is chosen from a list: each choice is a field of its own, "therapies:ID"."""

ADDED, REMOVED, PLACE = "added", "removed", "place"
"""What a change of a whole item is logged as."""


def read_field(row: Draft, field: str) -> Value:
    if field in SPAN_FIELDS:
        ends = {f"{field}_{end}": getattr(row, f"{field}_{end}") for end in ("min", "max")}
        return Span.from_columns(ends, field)
    value: Value = getattr(row, "revision_id" if field == "revision" else field)
    return value


def write_field(row: Draft, field: str, value: Value) -> None:
    if field in SPAN_FIELDS:
        span = value if isinstance(value, Span) else None
        setattr(row, f"{field}_min", span.low if span else None)
        setattr(row, f"{field}_max", span.high if span else None)
    else:
        setattr(row, "revision_id" if field == "revision" else field, value)


def read_all(row: Draft) -> Mapping[str, Value]:
    fields = PLAN_FIELDS if isinstance(row, Plan) else ITEM_FIELDS
    return {field: read_field(row, field) for field in fields}


def changed_fields(before: Draft, after: Draft) -> Iterator[str]:
    old = read_all(before)
    return (field for field, value in read_all(after).items() if value != old[field])
