"""Leaflets as the API tells them."""

from typing import Any

from plans.api.serializers.base import OutputSerializer, many
from plans.api.serializers.fields import EXAMPLE_ID, Day, Id, Text, Whole, Words
from plans.api.serializers.library import CLINIC


class LeafletSectionSerializer(OutputSerializer):
    """A heading with what stands under it."""

    heading = Text(help_text="The heading.", example="What it is")
    lines = Words(
        help_text="One paragraph, or the points of a list.",
        example=["The sciatic nerve is the longest nerve of your body."],
    )


class LeafletTextSerializer(OutputSerializer):
    """A leaflet in one language."""

    language = Text(help_text="The language's code.", example="en")
    number = Whole(help_text="The version of this text, counted from 1.", example=1)
    title = Text(help_text="The title, as printed.", example="Sciatica: pain from a nerve")
    sections = many(LeafletSectionSerializer, help_text="All else that is printed, in its order.")
    approved_for = Words(
        help_text="Your clinics whose reviewer approves this text, by id; there the newest such is printed.",
        example=[EXAMPLE_ID],
    )


class LeafletSerializer(OutputSerializer):
    """A page about a condition, which a plan may have printed for the patient to keep."""

    id = Id(help_text="Its id.")
    code = Text(help_text="Its code, by which a plan names it.", example="sciatica")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    conditions = Words(
        help_text="Codes of the conditions that it is about; their kinds count too.", example=["sciatica"]
    )
    source: Any = Text(  # a field, taken off by the metaclass
        help_text="Where what it says is from.", example="B (American Medical Association)"
    )
    retired_on = Day(allow_null=True, help_text="Since when it is offered and printed no more.", example=None)
    texts = many(
        LeafletTextSerializer,
        help_text="The newest text of each language, and older ones that a clinic of yours approves.",
    )
