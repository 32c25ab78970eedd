"""What plans and protocols tell alike: their programme and the words of its items, each field said once.

A field is given by a function, as every serializer needs its own, and each keeps its place in that serializer's order.
"""

from typing import Any

from plans.api.serializers.base import Body, many
from plans.api.serializers.fields import Moment, NearDay, Text, Words

DATE = "2026-03-02"
MOMENT = "2026-03-02T10:15:00Z"


class Expandable(Body):
    """Leaves out `expanded` where nothing was asked for."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown = super().to_representation(instance)
        return {name: value for name, value in shown.items() if name != "expanded" or value is not None}


def goals() -> Text:
    """Give the field of the goals."""
    return Text(
        required=False, allow_blank=True, max_length=600, help_text="The goals, as printed.", example=""
    )


def therapies() -> Words:
    """Give the field of the other therapies."""
    return Words(
        required=False,
        source="therapy_codes",
        help_text="Other therapies that the handout notes: codes of advice.",
        example=["tens"],
    )


def note() -> Text:
    """Give the field of the note to the patient."""
    return Text(
        required=False, allow_blank=True, max_length=600, help_text="A note to the patient.", example=""
    )


def start_on() -> NearDay:
    """Give the field of a plan's first day."""
    return NearDay(required=False, allow_null=True, help_text="The first day.", example=DATE)


def review_on() -> NearDay:
    """Give the field of a plan's review."""
    return NearDay(
        required=False,
        allow_null=True,
        help_text="The day on which the plan is looked at again, at most two years ahead.",
        example=DATE,
    )


def created_at() -> Moment:
    """Give the field of the moment it was made."""
    return Moment(read_only=True, help_text="When it was made.", example=MOMENT)


def changed_at() -> Moment:
    """Give the field of the last change."""
    return Moment(read_only=True, help_text="When it was changed last.", example=MOMENT)


def items(kind: Any) -> Any:
    """Give the field of the list of items."""
    return many(
        kind,
        required=False,
        max_length=500,
        help_text="The exercises in their order. A list that is given replaces the one there is.",
    )


def item_note() -> Text:
    """Give the field of an item's note."""
    return Text(
        required=False,
        allow_blank=True,
        max_length=300,
        help_text="A note to the patient for this exercise.",
        example="Slowly in the first week.",
    )


def extra_caution() -> Text:
    """Give the field of an item's own caution."""
    return Text(
        required=False, allow_blank=True, max_length=200, help_text="A further caution, printed.", example=""
    )
