"""Plans and their items as the API reads and tells them."""

from plans.api.serializers import programmes
from plans.api.serializers.base import Body, Shown, many
from plans.api.serializers.doses import DoseBody, FrequencyBody
from plans.api.serializers.fields import Day, ExternalId, Flag, Id, Moment, Text, Whole
from plans.api.serializers.findings import FindingShown
from plans.api.serializers.patients import PatientShown
from plans.api.serializers.programmes import Expandable
from plans.api.viewsets.search import SearchBody, ordering_field, words_field

UUID = "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"


class ItemShown(DoseBody):
    """One exercise of a plan with its own dose. Names the exercise by `exercise_code` or by `revision`.

    A new item takes the exercise's usual dose where none is given; an item that is named by id keeps its own.
    """

    id = Id(
        required=False,
        help_text="The item's id; given in a list, it keeps the item and its reasons.",
        example=UUID,
    )
    exercise_code = Text(
        source="revision.exercise.code",
        required=False,
        max_length=64,
        help_text="The exercise's code: takes the revision that the clinic approved last.",
        example="pelvic-tilt",
    )
    revision = Id(
        source="revision_id",
        required=False,
        help_text="The revision's id: takes this one, as long as it is in the library.",
        example=UUID,
    )
    note = programmes.item_note()
    extra_caution = programmes.extra_caution()


class IssuedShort(Shown):
    """The newest publication of a plan."""

    id = Id(help_text="The publication's id.", example=UUID)
    number = Whole(help_text="The version, counted from 1.", example=1)


class ExerciseShort(Shown):
    """What a list of items needs to know of an exercise."""

    revision = Id(help_text="The revision's id.", example=UUID)
    code = Text(help_text="The exercise's code.", example="pelvic-tilt")
    name = Text(
        help_text="Its name in the patient's language; the code where there is no text.",
        example="Pelvic tilt",
    )
    position = Text(help_text="The starting position.", example="supine")
    newest = Flag(help_text="Whether it is the revision that the clinic goes on with.", example=True)


class PlanExpanded(Shown):
    """What `expand` asked for, each only when named there."""

    patient = PatientShown(required=False, help_text="The plan's patient.")
    exercises = many(ExerciseShort, required=False, help_text="The items' exercises, each once.")
    findings = many(FindingShown, required=False, help_text="What the rules say today.")


class PlanShown(FrequencyBody, Expandable):
    """A patient's plan: a draft until it is published, and still editable afterwards."""

    id = Id(read_only=True, help_text="The plan's id.", example=UUID)
    external_id = ExternalId(of="plan", example="pvs-plan-12")
    patient = Id(source="patient_id", help_text="The patient's id. Stays as it is.", example=UUID)
    title = Text(max_length=120, help_text="The title, as printed.", example="Back plan")
    goals = programmes.goals()
    start_on = programmes.start_on()
    review_on = programmes.review_on()
    therapies = programmes.therapies()
    note = programmes.note()
    items = programmes.items(ItemShown)
    stopped_on = Day(read_only=True, allow_null=True, help_text="The day it was ended.", example=None)
    paused_at = Moment(
        read_only=True,
        allow_null=True,
        help_text="Since when it is paused: its link and its sheets say not to exercise.",
        example=None,
    )
    created_at = programmes.created_at()
    changed_at = programmes.changed_at()
    last_publication = IssuedShort(
        read_only=True, allow_null=True, help_text="The newest issued version; null while it is a draft."
    )
    expanded = PlanExpanded(read_only=True, help_text="What `expand` asked for; else absent.", required=False)


class ItemsBody(Body):
    """All items of a plan in their order."""

    items = many(ItemShown, max_length=500, help_text="The exercises in their order.")


class PlanSearchBody(SearchBody):
    """What to find plans by; all that is given must fit."""

    search = words_field("title")
    external_id = Text(
        required=False, max_length=120, help_text="Your own id for the plan.", example="pvs-plan-12"
    )
    patient = Id(required=False, help_text="The patient's id.", example=UUID)
    exercise = Text(
        required=False, max_length=64, help_text="The code of an exercise in it.", example="pelvic-tilt"
    )
    published = Flag(required=False, help_text="Whether it was ever issued.", example=True)
    stopped = Flag(required=False, help_text="Whether it was ended.", example=False)
    review_before = Day(required=False, help_text="To be looked at before this day.", example="2026-03-02")
    ordering = ordering_field("changed_at", "created_at", "title")
