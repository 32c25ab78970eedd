"""Plans and their items as the API reads and tells them."""

from typing import Any

from plans.api.doses import DoseBody, FrequencyBody
from plans.api.fields import Day, Flag, Id, Moment, Text, Whole, Words
from plans.api.findings_shown import FindingShown
from plans.api.patients_shown import PatientShown
from plans.api.strict import Body, Shown, many

UUID = "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"
DATE = "2026-03-02"


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
        help_text="The exercise's code: takes its newest revision.",
        example="pelvic-tilt",
    )
    revision = Id(
        source="revision_id",
        required=False,
        help_text="The revision's id: takes this one, as long as it is in the library.",
        example=UUID,
    )
    note = Text(
        required=False,
        allow_blank=True,
        max_length=300,
        help_text="A note to the patient for this exercise.",
        example="Slowly in the first week.",
    )
    extra_caution = Text(
        required=False, allow_blank=True, max_length=200, help_text="A further caution, printed.", example=""
    )


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
    newest = Flag(help_text="Whether it is the exercise's newest revision.", example=True)


class PlanExpanded(Shown):
    """What `expand` asked for, each only when named there."""

    patient = PatientShown(required=False, help_text="The plan's patient.")
    exercises = many(ExerciseShort, required=False, help_text="The items' exercises, each once.")
    findings = many(FindingShown, required=False, help_text="What the rules say today.")


class PlanShown(FrequencyBody):
    """A patient's plan: a draft until it is published, and still editable afterwards."""

    id = Id(read_only=True, help_text="The plan's id.", example=UUID)
    external_id = Text(
        required=False,
        allow_null=True,
        allow_blank=True,
        max_length=120,
        help_text="Your own id for this plan; each calling system sees its own. Null for people.",
        example="pvs-plan-12",
    )
    patient = Id(source="patient_id", help_text="The patient's id. Stays as it is.", example=UUID)
    title = Text(max_length=120, help_text="The title, as printed.", example="Back plan")
    goals = Text(
        required=False, allow_blank=True, max_length=600, help_text="The goals, as printed.", example=""
    )
    start_on = Day(required=False, allow_null=True, help_text="The first day.", example=DATE)
    review_on = Day(
        required=False,
        allow_null=True,
        help_text="The day on which the plan is looked at again.",
        example=DATE,
    )
    therapies = Words(
        required=False,
        source="therapy_codes",
        help_text="Other therapies that the handout notes: codes of advice.",
        example=["tens"],
    )
    note = Text(
        required=False, allow_blank=True, max_length=600, help_text="A note to the patient.", example=""
    )
    items = many(
        ItemShown,
        required=False,
        max_length=500,
        help_text="The exercises in their order. A list that is given replaces the one there is.",
    )
    stopped_on = Day(read_only=True, allow_null=True, help_text="The day it was ended.", example=None)
    created_at = Moment(read_only=True, help_text="When it was made.", example="2026-03-02T10:15:00Z")
    changed_at = Moment(read_only=True, help_text="When it was changed last.", example="2026-03-02T10:15:00Z")
    last_publication = IssuedShort(
        read_only=True, allow_null=True, help_text="The newest issued version; null while it is a draft."
    )
    expanded = PlanExpanded(read_only=True, help_text="What `expand` asked for; else absent.", required=False)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown = super().to_representation(instance)
        return {name: value for name, value in shown.items() if name != "expanded" or value is not None}


class ItemsBody(Body):
    """All items of a plan in their order."""

    items = many(ItemShown, max_length=500, help_text="The exercises in their order.")
