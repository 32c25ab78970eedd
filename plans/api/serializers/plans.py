"""Plans and their items as the API reads and tells them."""

from typing import Any

from plans.actions.items import MAX_ITEMS
from plans.api.serializers import programmes
from plans.api.serializers.base import BesideSerializer, InputSerializer, OutputSerializer, many
from plans.api.serializers.doses import DoseFieldsSerializer, FrequencyFieldsSerializer
from plans.api.serializers.fields import (
    CODE_LENGTH,
    EXTERNAL_ID_LENGTH,
    Codes,
    Day,
    ExternalIdText,
    Flag,
    Id,
    Moment,
    Text,
    Whole,
    length_of,
)
from plans.api.serializers.findings import FindingSerializer
from plans.api.serializers.patients import PatientSerializer
from plans.api.serializers.search import SearchInputSerializer, ordering_field, words_field
from plans.models import Plan


class ItemSerializer(DoseFieldsSerializer):
    """One exercise of a plan with its own dose. Names the exercise by `exercise_code` or by `revision`.

    A new item takes the exercise's usual dose where none is given; an item that is named by id keeps its own.
    """

    id = Id(
        required=False,
        help_text="The item's id; given in a list, it keeps the item and its reasons.",
    )
    exercise_code = Text(
        source="revision.exercise.code",
        required=False,
        max_length=CODE_LENGTH,
        help_text="The exercise's code: takes the revision that the clinic approved last.",
        example="pelvic-tilt",
    )
    revision = Id(
        source="revision_id",
        required=False,
        help_text="The revision's id: takes this one, as long as it is in the library.",
    )
    note = programmes.item_note()
    extra_caution = programmes.extra_caution()
    offers_easier = programmes.offers_easier()


class IssuedShortSerializer(OutputSerializer):
    """The newest publication of a plan."""

    id = Id(source="last_id", help_text="The publication's id.")
    number = Whole(source="last_number", help_text="The version, counted from 1.", example=1)

    def get_attribute(self, instance: Any) -> Any:
        # Read with the plan, as two columns.
        return instance if instance.last_id else None


class _PausedAt(Moment):
    def get_attribute(self, instance: Any) -> Any:
        return instance.open_pauses[0].paused_at if instance.open_pauses else None


class ExerciseShortSerializer(OutputSerializer):
    """What a list of items needs to know of an exercise."""

    revision = Id(help_text="The revision's id.")
    code = Text(help_text="The exercise's code.", example="pelvic-tilt")
    name = Text(
        help_text="Its name in the patient's language; the code where there is no text.",
        example="Pelvic tilt",
    )
    position = Text(help_text="The starting position.", example="supine")
    newest = Flag(help_text="Whether it is the revision that the clinic goes on with.", example=True)


class PlanExpandedSerializer(OutputSerializer):
    """What `expand` asked for, each only when named there."""

    patient = PatientSerializer(required=False, help_text="The plan's patient.")
    exercises = many(ExerciseShortSerializer, required=False, help_text="The items' exercises, each once.")
    findings = many(FindingSerializer, required=False, help_text="What the rules say today.")


class PhaseSerializer(OutputSerializer):
    """A protocol that a plan goes by."""

    protocol = Id(help_text="The protocol's id: of the clinic, or of the library.")
    because = Text(
        help_text="Why the plan went on to it: `met`, its criterion was met; `time`, by time; blank, it was chosen.",
        example="met",
    )


class PlanSerializer(FrequencyFieldsSerializer, BesideSerializer):
    """A patient's plan: a draft until it is published, and still editable afterwards."""

    id = Id(read_only=True, help_text="The plan's id.")
    external_id = ExternalIdText(of="plan", example="pvs-plan-12")
    patient = Id(source="patient_id", help_text="The patient's id. Stays as it is.")
    title = Text(max_length=length_of(Plan, "title"), help_text="The title, as printed.", example="Back plan")
    goals = programmes.goals()
    start_on = programmes.start_on()
    review_on = programmes.review_on()
    therapies = programmes.therapies()
    leaflets = Codes(
        required=False,
        help_text="Leaflets that are printed with the patient's copy, a page each: their codes.",
        example=["sciatica"],
    )
    note = programmes.note()
    items = programmes.items(ItemSerializer)
    stopped_on = Day(read_only=True, allow_null=True, help_text="The day it was ended.", example=None)
    paused_at = _PausedAt(
        read_only=True,
        allow_null=True,
        help_text="Since when it is paused: its link and its sheets say not to exercise.",
        example=None,
    )
    phases = many(
        PhaseSerializer, read_only=True, help_text="The protocols that the plan goes by, the newest last."
    )
    created_at = programmes.created_at()
    changed_at = programmes.changed_at()
    last_publication = IssuedShortSerializer(
        read_only=True, allow_null=True, help_text="The newest issued version; null while it is a draft."
    )
    expanded = PlanExpandedSerializer(
        read_only=True, help_text="What `expand` asked for; else absent.", required=False
    )


class ItemsInputSerializer(InputSerializer):
    """All items of a plan in their order."""

    items = many(ItemSerializer, max_length=MAX_ITEMS, help_text="The exercises in their order.")


class PlanSearchInputSerializer(SearchInputSerializer):
    """What to find plans by; all that is given must fit."""

    search = words_field("title")
    external_id = Text(
        required=False,
        max_length=EXTERNAL_ID_LENGTH,
        help_text="Your own id for the plan.",
        example="pvs-plan-12",
    )
    patient = Id(required=False, help_text="The patient's id.")
    exercise = Text(
        required=False,
        max_length=CODE_LENGTH,
        help_text="The code of an exercise in it.",
        example="pelvic-tilt",
    )
    published = Flag(required=False, help_text="Whether it was ever issued.", example=True)
    stopped = Flag(required=False, help_text="Whether it was ended.", example=False)
    review_before = Day(required=False, help_text="To be looked at before this day.", example="2026-03-02")
    ordering = ordering_field("changed_at", "created_at", "title")
