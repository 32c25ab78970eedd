"""Protocols and their items as the API reads and tells them."""

from typing import Any

from plans.api.doses import DoseBody, FrequencyBody
from plans.api.fields import Choice, Day, Flag, Id, Moment, Text, Words
from plans.api.plans_shown import PlanShown
from plans.api.strict import Body, Shown, many
from plans.queries.protocols import LeftOutWhy

UUID = "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"
DATE = "2026-03-02"
TITLE = "Disc with sciatica, weeks 1-2"


class ProtocolItemShown(DoseBody):
    """One exercise of a protocol with its own dose. Names the exercise by `exercise_code` or by `exercise`.

    A new item takes the exercise's usual dose where none is given; an item that is named by id keeps its own.
    """

    id = Id(required=False, help_text="The item's id; given in a list, it keeps the item.", example=UUID)
    exercise_code = Text(
        source="exercise.code",
        required=False,
        max_length=64,
        help_text="The exercise's code. A plan takes the newest revision that the clinic approves.",
        example="pelvic-tilt",
    )
    exercise = Id(
        source="exercise_id",
        required=False,
        help_text="The exercise's id; counts where the code is given too.",
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

    def get_fields(self) -> dict[str, Any]:
        # A day of the calendar belongs to one patient's plan.
        return {name: field for name, field in super().get_fields().items() if name != "until"}


class ProtocolExerciseShown(Shown):
    """What a list of a protocol's items needs to know of an exercise."""

    exercise = Id(help_text="The exercise's id.", example=UUID)
    code = Text(help_text="The exercise's code.", example="pelvic-tilt")
    name = Text(
        help_text="Its name in English; the code where there is no text.",
        example="Pelvic tilt",
    )
    retired = Flag(help_text="Whether it is offered no more; then plans do not get it.", example=False)
    revision = Id(
        allow_null=True,
        help_text="The revision that a plan takes today; null while the clinic approves none.",
        example=UUID,
    )


class ProtocolExpanded(Shown):
    """What `expand` asked for, each only when named there."""

    exercises = many(ProtocolExerciseShown, required=False, help_text="The items' exercises, each once.")


class ProtocolShown(FrequencyBody):
    """A clinic's named programme, from which plans are made. It holds no patient's data."""

    id = Id(read_only=True, help_text="The protocol's id.", example=UUID)
    external_id = Text(
        required=False,
        allow_null=True,
        allow_blank=True,
        max_length=120,
        help_text="Your own id for this protocol; each calling system sees its own. Null for people.",
        example="disc-1",
    )
    clinic = Id(
        source="clinic_id",
        required=False,
        help_text="The clinic; when not given, the only one whose protocols you write. Stays as it is.",
        example=UUID,
    )
    title = Text(
        max_length=120, help_text="The title, once among the clinic's protocols in use.", example=TITLE
    )
    condition = Text(
        source="condition.code",
        required=False,
        allow_null=True,
        max_length=64,
        help_text="The code of the condition it is for; null for any.",
        example="disc_herniation",
    )
    guidance = Text(
        required=False,
        allow_blank=True,
        max_length=2000,
        help_text="A note for therapists. Never printed.",
        example="Start with the first three when pain is above 5.",
    )
    goals = Text(
        required=False, allow_blank=True, max_length=600, help_text="The goals, as printed.", example=""
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
        ProtocolItemShown,
        required=False,
        max_length=500,
        help_text="The exercises in their order. A list that is given replaces the one there is.",
    )
    retired_on = Day(read_only=True, allow_null=True, help_text="The day it was retired.", example=None)
    created_at = Moment(read_only=True, help_text="When it was made.", example="2026-03-02T10:15:00Z")
    changed_at = Moment(read_only=True, help_text="When it was changed last.", example="2026-03-02T10:15:00Z")
    expanded = ProtocolExpanded(
        read_only=True, help_text="What `expand` asked for; else absent.", required=False
    )

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown = super().to_representation(instance)
        return {name: value for name, value in shown.items() if name != "expanded" or value is not None}


class StartPlanBody(Body):
    """For whom a plan is made from the protocol."""

    patient = Id(help_text="The patient's id.", example=UUID)
    title = Text(
        required=False,
        max_length=120,
        help_text="The plan's title; when not given, the protocol's.",
        example=TITLE,
    )
    start_on = Day(required=False, allow_null=True, help_text="The first day.", example=DATE)
    review_on = Day(
        required=False,
        allow_null=True,
        help_text="The day on which the plan is looked at again.",
        example=DATE,
    )


class AddProtocolBody(Body):
    """Which protocol joins the plan."""

    protocol = Id(help_text="The protocol's id.", example=UUID)


class SaveAsProtocolBody(Body):
    """The name of the protocol that a plan is saved as."""

    title = Text(
        max_length=120, help_text="The title, once among the clinic's protocols in use.", example=TITLE
    )
    condition = Text(
        required=False,
        allow_null=True,
        max_length=64,
        help_text="The code of the condition it is for; null for any.",
        example="disc_herniation",
    )
    with_words = Flag(
        required=False,
        help_text="Whether goals, notes and extra cautions come along. They were written for one patient: look first "
        "that they name nobody.",
        example=False,
    )


class LeftOutShown(Shown):
    """An exercise of the protocol that the plan did not get."""

    exercise = Id(help_text="The exercise's id.", example=UUID)
    exercise_code = Text(help_text="The exercise's code.", example="pelvic-tilt")
    why = Choice(
        choices=[why.value for why in LeftOutWhy],
        help_text="`in_plan`: it was there already. `retired`: it is offered no more. `not_approved`: the clinic "
        "approves none of its revisions.",
        example="in_plan",
    )


class JoinedShown(Shown):
    """A plan after a protocol joined it. The ETag is the plan's."""

    plan = PlanShown(help_text="The plan as it is now.")
    added = Words(help_text="The ids of the items that are new.", example=[UUID])
    left_out = many(LeftOutShown, help_text="The exercises that the plan did not get, in their order.")
