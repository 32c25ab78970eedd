"""Exercises, as the API tells them."""

from typing import Any

from plans.api.serializers.base import OutputSerializer, many
from plans.api.serializers.doses import DoseFieldsSerializer
from plans.api.serializers.fields import (
    EXAMPLE_ID,
    Address,
    Choice,
    Day,
    Flag,
    Id,
    Text,
    Whole,
    Words,
)
from plans.api.serializers.library import CLINIC
from plans.dose import Limb
from plans.libraryfiles import Kind, Position, Region


class DoseSerializer(DoseFieldsSerializer):
    """A dose, as an exercise has it."""


class SafeRangeSerializer(OutputSerializer):
    """The range of one field of the dose that is safe for an exercise."""

    field = Text(help_text="The field, with its unit.", example="hold_seconds")
    low = Whole(help_text="The lowest safe number.", example=1)
    high = Whole(help_text="The highest safe number.", example=30)


class HelpSerializer(OutputSerializer):
    """A condition that an exercise helps."""

    condition = Text(help_text="The condition's code.", example="sciatica")
    source: Any = Text(help_text="Who says so.", example="Guide B")  # a field, taken off by the metaclass


class TextSerializer(OutputSerializer):
    """An exercise in one language, as the patient reads it."""

    language = Text(help_text="The language, a BCP 47 code in small letters.", example="en")
    name = Text(help_text="The name.", example="Pelvic tilt")
    purpose = Text(help_text="What it is good for.", example="This makes your back move with ease.")
    start = Text(help_text="How to start.", example="Lie on your back.")
    steps = Words(help_text="The steps in their order.", example=["Press your back flat."])
    breathing = Text(
        help_text="How to breathe, where it matters; may be blank.", example="Breathe out as you lift."
    )
    cautions = Words(help_text="When to stop or take care.", example=["Stop if it hurts."])
    alt = Text(help_text="What the picture shows.", example="Two pictures. Start: the back is hollow.")
    also = Words(help_text="Other names, never printed.", example=["Pelvic rock"])
    approved_for = Words(
        help_text="Your clinics whose reviewer approved this text, by id.", example=[EXAMPLE_ID]
    )


class PictureSerializer(OutputSerializer):
    """A picture of an exercise, of one figure and for one reading direction."""

    body = Text(help_text="Whom it shows: slender, sturdy, or photo for a photograph.", example="slender")
    mirrored = Flag(help_text="Whether it is mirrored, for reading from right to left.", example=False)
    media_type = Text(help_text="The media type.", example="image/png")
    width = Whole(help_text="The width in pixels; at most so much until it is drawn.", example=1004)
    height = Whole(help_text="The height in pixels; at most so much until it is drawn.", example=413)
    url = Address(help_text="Where it is.", example=f"/api/v1/exercises/{EXAMPLE_ID}/pictures/ab12/")


class SaidSerializer(OutputSerializer):
    """What one source says of an exercise."""

    source: Any = Text(help_text="Who says it.", example="Guide A")  # a field, taken off by the metaclass
    words = Text(help_text="What it says.", example="recommends it for disc trouble.")


class DisagreementSerializer(OutputSerializer):
    """Sources that do not agree about an exercise."""

    sides = many(SaidSerializer, help_text="What each of them says; two or more.")
    go_on_when = Text(
        help_text="What would justify going on.", example="It draws the leg pain up toward the spine."
    )


class RevisionSerializer(OutputSerializer):
    """What an exercise says at one time."""

    id = Id(help_text="The revision's id.")
    number = Whole(help_text="Counted from 1.", example=1)
    kind = Choice(choices=[choice.value for choice in Kind], help_text="What it is for.", example="mobility")
    position = Choice(
        choices=[choice.value for choice in Position], help_text="How the body starts.", example="supine"
    )
    targets = Words(help_text="The parts of the body it is for.", example=["L5-S1"])
    region = Choice(
        choices=[one.value for one in Region],
        allow_null=True,
        help_text="The region of the body it is for.",
        example="low_back",
    )
    level = Whole(allow_null=True, help_text="How hard it is, from 1 (for nearly everybody) to 3.", example=1)
    helps = many(HelpSerializer, help_text="The conditions that it helps, each with who says so.")
    movements = Words(help_text="Codes of what it asks of the body.", example=["supine"])
    equipment = Words(help_text="What it needs at home.", example=["mat"])
    one_sided = Flag(help_text="Whether one side works at a time.", example=False)
    limb = Choice(
        choices=[limb.value for limb in Limb],
        allow_null=True,
        help_text="What works on each side, where it is one limb; null where it is the side itself.",
        example=None,
    )
    dose = DoseSerializer(help_text="The usual dose.")
    safe = many(SafeRangeSerializer, help_text="What is safe for this exercise.")
    safe_source = Text(help_text="Who says that it is safe.", example="NASS guideline 2014")
    source: Any = Text(  # a field, taken off by the metaclass
        help_text="Where the exercise comes from.", example="ours"
    )
    disagreement = Text(help_text="What its sources disagree about; may be blank.", example="")
    sources_disagree = DisagreementSerializer(
        allow_null=True, help_text="The same, each side for itself; null where they agree."
    )
    approved_for = Words(help_text="Your clinics whose reviewer approved it, by id.", example=[EXAMPLE_ID])
    texts = many(TextSerializer, help_text="Its texts; only the one asked for with `language`.")
    pictures = many(PictureSerializer, help_text="Its pictures.")


class PendingRevisionSerializer(OutputSerializer):
    """A newer revision that your clinics do not use: it waits for their reviewer, or was taken back."""

    id = Id(help_text="The revision's id.")
    number = Whole(help_text="Counted from 1.", example=2)


class ExerciseSerializer(OutputSerializer):
    """An exercise with the revision that your clinics go on with."""

    id = Id(help_text="The exercise's id.")
    code = Text(help_text="Its code, stable.", example="pelvic-tilt")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    retired_on = Day(allow_null=True, help_text="Since when it is offered no more.", example=None)
    alternative_to = Text(
        source="alternative_to.code",
        allow_null=True,
        help_text="The code of the exercise it can stand for.",
        example=None,
    )
    easier: Any = Text(
        source="easier.code", allow_null=True, help_text="The code of an easier exercise.", example=None
    )
    harder: Any = Text(
        source="harder.code",
        allow_null=True,
        help_text="The code of a harder exercise.",
        example="glute-bridge",
    )
    revision = RevisionSerializer(
        help_text="The revision that a reviewer of your clinics approved last; the newest one where there is none."
    )
    pending = PendingRevisionSerializer(
        allow_null=True, help_text="The newest revision, if your clinics do not use it; else null."
    )
