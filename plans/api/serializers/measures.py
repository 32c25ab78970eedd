"""Measures of the library, and what was told of them, as the API tells it and as it takes it."""

from typing import Any

from plans.api.serializers.base import InputSerializer, OutputSerializer, many
from plans.api.serializers.fields import (
    CODE_LENGTH,
    EXAMPLE_ID,
    Choice,
    Day,
    Flag,
    Id,
    Moment,
    Number,
    Text,
    Whole,
    Words,
    length_of,
)
from plans.api.serializers.library import CLINIC
from plans.libraryfiles import Better, DifferenceKind, MeasureKind
from plans.models import LogSource, Occasion, OwnActivity
from plans.models.measures import MAX_ACTIVITIES

PEOPLE = "1,708 people with muscle, bone or joint trouble"


class DifferenceSerializer(OutputSerializer):
    """A change that counts, as one source has it."""

    source: Any = Text(help_text="The code of the source.", example="abbott-2014")
    kind = Choice(
        choices=[kind.value for kind in DifferenceKind],
        help_text="important: patients call it a change for the better; detectable: it is more than chance.",
        example="important",
    )
    points = Text(help_text="From how many points on, as a decimal number.", example="1.5")
    people = Text(help_text="Of whom that is known.", example=PEOPLE)
    regions = Words(help_text="The regions that it is known of; none: it counts for everybody.", example=[])
    of_one = Flag(help_text="Whether it is about one activity, and not about the mean.", example=False)


class MeasureTextSerializer(OutputSerializer):
    """A measure in one language, with its scale."""

    language = Text(help_text="The language's code.", example="en")
    number = Whole(help_text="The version of this text, counted from 1.", example=1)
    name = Text(help_text="What it is called.", example="Your pain")
    question = Text(help_text="What is asked.", example="How strong was your pain in the last 24 hours?")
    help = Text(help_text="What helps to answer; may be blank.", example="")
    lowest = Whole(help_text="The lowest number.", example=0)
    lowest_words = Text(help_text="What it means.", example="no pain")
    highest = Whole(help_text="The highest number.", example=10)
    highest_words = Text(help_text="What it means.", example="the worst pain you can think of")
    kind = Choice(
        choices=[kind.value for kind in MeasureKind],
        help_text="One number, one of pain, or one for each of the patient's own activities.",
        example="pain",
    )
    better = Choice(
        choices=[better.value for better in Better], help_text="Which end is the better one.", example="lower"
    )
    differences = many(
        DifferenceSerializer, help_text="Which change counts; sources that differ all stand here."
    )
    approved_for = Words(
        help_text="Your clinics whose reviewer approves this text, by id; there the newest such is asked.",
        example=[EXAMPLE_ID],
    )


class MeasureSerializer(OutputSerializer):
    """What patients are asked at the start of a plan and at its review."""

    id = Id(help_text="Its id.")
    code = Text(help_text="Its code.", example="numeric-pain-rating")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    source: Any = Text(help_text="Where what it says is from.", example="Childs 2005, Farrar 2001")
    retired_on = Day(allow_null=True, help_text="Since when it is asked no more.", example=None)
    texts = many(
        MeasureTextSerializer,
        help_text="The newest text of each language, and older ones that a clinic of yours approves.",
    )


class ScoreSerializer(OutputSerializer):
    """One number that was told."""

    id = Id(help_text="Its id.")
    plan = Id(source="plan_id", help_text="The plan's id.")
    publication = Id(source="publication_id", help_text="The newest publication when it was told.")
    measure = Text(source="measure.code", help_text="The measure's code.", example="numeric-pain-rating")
    occasion = Choice(choices=list(Occasion.values), help_text="When it was asked.", example="start")
    day = Day(help_text="The day, in the clinic's time zone.", example="2026-06-01")
    place = Whole(
        source="activity.place",
        default=None,
        allow_null=True,
        help_text="Which of the patient's own activities it is of; null for a measure that asks for none.",
        example=None,
    )
    value = Whole(help_text="The number.", example=7)
    source: Any = Choice(choices=list(LogSource.values), help_text="Where it was told.", example="page")
    recorded_by = Id(
        source="recorded_by_id",
        allow_null=True,
        help_text="Who keyed it in; null where the patient told it.",
        example=None,
    )
    created_at = Moment(help_text="When it was told.")


class ActivityResultSerializer(OutputSerializer):
    """One activity of the patient's own, and what became of it."""

    place = Whole(help_text="The first, second or third.", example=1)
    words = Text(help_text="In the words of the patient or the therapist.", example="Climb the stairs")
    start = Whole(
        allow_null=True, help_text="The number at the start; null where it was not told.", example=3
    )
    review = Whole(allow_null=True, help_text="The number at the last review, likewise.", example=6)
    change = Whole(allow_null=True, help_text="Review less start; null where one is missing.", example=3)
    is_sure = Flag(
        allow_null=True,
        help_text="Whether that is more than chance, by a source about one activity; null where none says.",
        example=True,
    )


class JudgedSerializer(OutputSerializer):
    """What a source calls a change that counts, and whether this one does."""

    source: Any = Text(help_text="The code of the source.", example="abbott-2014")
    cite = Text(help_text="How it is cited.", example="Abbott 2014")
    kind = Choice(
        choices=[kind.value for kind in DifferenceKind],
        help_text="important or detectable, as of the measure.",
        example="important",
    )
    points = Text(help_text="From how many points on.", example="1.5")
    people = Text(help_text="Of whom that is known.", example=PEOPLE)
    of_one = Flag(help_text="Whether it is about one activity.", example=False)
    is_reached = Flag(help_text="Whether the change is that large.", example=True)


class MeasureResultSerializer(OutputSerializer):
    """A measure of a plan from its start to its last review. Means are of what was rated both times."""

    measure = Text(help_text="The measure's code.", example="numeric-pain-rating")
    is_approved = Flag(
        help_text="Whether the clinic's reviewer approves the scale and the figures that it is held against.",
        example=True,
    )
    better = Choice(choices=[one.value for one in Better], help_text="Which end is better.", example="lower")
    start = Number(allow_null=True, help_text="The number or mean at the start.", example=7)
    start_day = Day(allow_null=True, help_text="The day of the start.", example="2026-05-01")
    review = Number(allow_null=True, help_text="The number or mean at the last review.", example=4)
    review_day = Day(allow_null=True, help_text="The day of that review.", example="2026-06-01")
    change = Number(allow_null=True, help_text="Review less start; null where one is missing.", example=-3)
    is_better = Flag(
        allow_null=True, help_text="Whether it got better; null for the same or unknown.", example=True
    )
    reached = Whole(help_text="By how many sources the change matters to patients.", example=3)
    sources = Whole(help_text="How many sources say from where on it does, for such a patient.", example=3)
    judged = many(JudgedSerializer, help_text="Each of them. Sources may differ.")
    activities = many(ActivityResultSerializer, help_text="The activities, for a measure that asks for them.")


class OwnActivitySerializer(OutputSerializer):
    """One of the patient's own activities."""

    place = Whole(help_text="The first, second or third.", example=1)
    words = Text(help_text="In the words of the patient or the therapist.", example="Climb the stairs")
    recorded_by = Id(
        source="recorded_by_id",
        allow_null=True,
        help_text="Who wrote it; null for the patient.",
        example=None,
    )


class PlanMeasuresSerializer(OutputSerializer):
    """What measures say of a plan's patient."""

    activities = many(OwnActivitySerializer, help_text="The patient's own activities, rated or not.")
    results = many(MeasureResultSerializer, help_text="Each measure that was told of.")


class ActivityInputSerializer(InputSerializer):
    """One activity, with its number."""

    place = Whole(min_value=1, max_value=MAX_ACTIVITIES, help_text="The first, second or third.", example=1)
    words = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(OwnActivity, "words"),
        help_text="Its words, at the start alone; blank takes it away. Left out, they stay.",
        example="Climb the stairs",
    )
    value = Whole(required=False, help_text="The number.", example=3)


class MeasureInputSerializer(InputSerializer):
    """The numbers of one measure. What was told for the same start, or the same day's review, is corrected."""

    measure = Text(max_length=CODE_LENGTH, help_text="The measure's code.", example="numeric-pain-rating")
    occasion = Choice(choices=list(Occasion.values), help_text="When it was asked.", example="start")
    day = Day(
        help_text="The day in the clinic's time zone, from 31 days before the first version to today.",
        example="2026-06-01",
    )
    value = Whole(required=False, help_text="The number, of a measure that asks for one.", example=7)
    activities = many(
        ActivityInputSerializer,
        required=False,
        max_length=MAX_ACTIVITIES,
        help_text="The activities, of a measure that asks for them.",
    )
    whole = Flag(
        required=False,
        help_text="Whether numbers that are left out are taken back. Otherwise they stay as they were.",
        example=False,
    )
