"""What plans and protocols tell alike: their programme and the words of its items, each field said once.

A field is given by a function, as every serializer needs its own, and each keeps its place in that serializer's order.
"""

from typing import Any

from plans.actions.items import MAX_ITEMS
from plans.api.serializers.base import many
from plans.api.serializers.fields import Codes, Flag, Moment, NearDay, Text, length_of
from plans.models import Plan, PlanItem

DATE = "2026-03-02"


def goals() -> Text:
    return Text(
        required=False,
        allow_blank=True,
        max_length=length_of(Plan, "goals"),
        help_text="The goals, as printed.",
        example="",
    )


def therapies() -> Codes:
    return Codes(
        required=False,
        help_text="Other therapies that the handout notes: codes of advice.",
        example=["tens"],
    )


def note() -> Text:
    return Text(
        required=False,
        allow_blank=True,
        max_length=length_of(Plan, "note"),
        help_text="A note to the patient.",
        example="",
    )


def start_on() -> NearDay:
    return NearDay(required=False, allow_null=True, help_text="The first day.", example=DATE)


def review_on() -> NearDay:
    return NearDay(
        required=False,
        allow_null=True,
        help_text="The day on which the plan is looked at again, at most two years ahead.",
        example=DATE,
    )


def created_at() -> Moment:
    return Moment(read_only=True, help_text="When it was made.")


def changed_at() -> Moment:
    return Moment(source="updated_at", read_only=True, help_text="When it was changed last.")


def items(kind: Any) -> Any:
    return many(
        kind,
        required=False,
        max_length=MAX_ITEMS,
        help_text="The exercises in their order. A list that is given replaces the one there is.",
    )


def item_note() -> Text:
    return Text(
        required=False,
        allow_blank=True,
        max_length=length_of(PlanItem, "note"),
        help_text="A note to the patient for this exercise.",
        example="Slowly in the first week.",
    )


def offers_easier() -> Flag:
    return Flag(
        required=False,
        help_text="Whether the handout says what to do for those who cannot do it: its easier exercise, if it has one.",
        example=True,
    )


def extra_caution() -> Text:
    return Text(
        required=False,
        allow_blank=True,
        max_length=length_of(PlanItem, "extra_caution"),
        help_text="A further caution, printed.",
        example="",
    )
