"""Protocols and their items as the API reads and tells them."""

from typing import Any

from plans.actions.protocols import MAX_CRITERIA
from plans.api.serializers import programmes
from plans.api.serializers.base import BesideSerializer, InputSerializer, OutputSerializer, many
from plans.api.serializers.doses import DoseFieldsSerializer, FrequencyFieldsSerializer
from plans.api.serializers.fields import (
    CODE_LENGTH,
    EXAMPLE_ID,
    Choice,
    Day,
    ExternalIdText,
    Flag,
    Id,
    Text,
    Whole,
    Words,
    length_of,
)
from plans.api.serializers.plans import PlanSerializer
from plans.languages import LANGUAGES
from plans.libraryfiles.vocabulary import Anchor
from plans.models import PhaseBegan, Protocol
from plans.queries.protocols import LeftOutWhy

TITLE = "Disc with sciatica, weeks 1-2"


class ProtocolItemSerializer(DoseFieldsSerializer):
    """One exercise of a protocol with its own dose. Names the exercise by `exercise_code` or by `exercise`.

    A new item takes the exercise's usual dose where none is given; an item that is named by id keeps its own.
    """

    id = Id(required=False, help_text="The item's id; given in a list, it keeps the item.")
    exercise_code = Text(
        source="exercise.code",
        required=False,
        max_length=CODE_LENGTH,
        help_text="The exercise's code. A plan takes the newest revision that the clinic approves.",
        example="pelvic-tilt",
    )
    exercise = Id(
        source="exercise_id",
        required=False,
        help_text="The exercise's id; counts where the code is given too.",
    )
    note = programmes.item_note()
    extra_caution = programmes.extra_caution()
    offers_easier = programmes.offers_easier()

    def get_fields(self) -> dict[str, Any]:
        # A day of the calendar belongs to one patient's plan.
        return {name: field for name, field in super().get_fields().items() if name != "until"}


class ProtocolExerciseSerializer(OutputSerializer):
    """What a list of a protocol's items needs to know of an exercise."""

    exercise = Id(help_text="The exercise's id.")
    code = Text(help_text="The exercise's code.", example="pelvic-tilt")
    name = Text(
        help_text="Its name in English; the code where there is no text.",
        example="Pelvic tilt",
    )
    retired = Flag(help_text="Whether it is offered no more; then plans do not get it.", example=False)
    revision = Id(
        allow_null=True,
        help_text="The revision that a plan takes today; null while the clinic approves none.",
    )


class ProtocolExpandedSerializer(OutputSerializer):
    """What `expand` asked for, each only when named there."""

    exercises = many(ProtocolExerciseSerializer, required=False, help_text="The items' exercises, each once.")


class GoOnWhenSerializer(InputSerializer):
    """The criteria for the next protocol, in one language."""

    language = Choice(choices=list(LANGUAGES), help_text="The language, by its code.", example="en")
    words = Text(
        max_length=MAX_CRITERIA, help_text="The criteria.", example="Walks for 20 minutes without leg pain."
    )


class ProtocolSerializer(FrequencyFieldsSerializer, BesideSerializer):
    """A clinic's named programme, from which plans are made. It holds no patient's data."""

    id = Id(read_only=True, help_text="The protocol's id.")
    external_id = ExternalIdText(of="protocol", example="disc-1")
    clinic = Id(
        source="clinic_id",
        required=False,
        help_text="The clinic; when not given, the only one whose protocols you write. Stays as it is.",
    )
    title = Text(
        max_length=length_of(Protocol, "title"),
        help_text="The title, once among the clinic's protocols in use.",
        example=TITLE,
    )
    condition = Text(
        source="condition.code",
        required=False,
        allow_null=True,
        max_length=CODE_LENGTH,
        help_text="The code of the condition it is for; null for any.",
        example="disc_herniation",
    )
    phase = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(Protocol, "phase"),
        help_text="Which phase it is for.",
        example="1 of 3",
    )
    window_anchor = Choice(
        required=False,
        allow_null=True,
        choices=[anchor.value for anchor in Anchor],
        help_text="The date of the condition that its window counts from; null for no window.",
        example="surgery",
    )
    window_from_day = Whole(
        required=False, allow_null=True, help_text="The first day of its window.", example=0
    )
    window_to_day = Whole(
        required=False, allow_null=True, help_text="The day that is no longer inside its window.", example=42
    )
    go_on_when = many(
        GoOnWhenSerializer,
        source="criteria",
        required=False,
        max_length=len(LANGUAGES),
        help_text="The criteria for the next protocol, each language once.",
    )
    next = Id(
        source="next_id",
        required=False,
        allow_null=True,
        help_text="The id of the protocol that follows on it; null for none.",
        example=None,
    )
    guidance = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(Protocol, "guidance"),
        help_text="A note for therapists. Never printed.",
        example="Start with the first three when pain is above 5.",
    )
    goals = programmes.goals()
    therapies = programmes.therapies()
    note = programmes.note()
    items = programmes.items(ProtocolItemSerializer)
    retired_on = Day(read_only=True, allow_null=True, help_text="The day it was retired.", example=None)
    created_at = programmes.created_at()
    changed_at = programmes.changed_at()
    expanded = ProtocolExpandedSerializer(
        read_only=True, help_text="What `expand` asked for; else absent.", required=False
    )


TAKE = (
    "Codes of the exercises that join, also against the rules. Without it all join but those that the rules say to "
    "avoid or to stop for this patient."
)


class StartPlanInputSerializer(InputSerializer):
    """For whom a plan is made from the protocol."""

    patient = Id(help_text="The patient's id.")
    title = Text(
        required=False,
        max_length=length_of(Protocol, "title"),
        help_text="The plan's title; when not given, the protocol's.",
        example=TITLE,
    )
    start_on = programmes.start_on()
    review_on = programmes.review_on()
    take = Words(required=False, help_text=TAKE, example=["pelvic-tilt"])


class AddProtocolInputSerializer(InputSerializer):
    """Which protocol joins the plan."""

    protocol = Id(help_text="The protocol's id: one of the clinic, or one of the library that it approves.")
    take = Words(required=False, help_text=TAKE, example=["pelvic-tilt"])


class NextPhaseInputSerializer(InputSerializer):
    """Why the plan goes on, and from which of its protocols."""

    because = Choice(
        choices=[because.value for because in PhaseBegan],
        help_text="`met`: the therapist saw that the criterion is met. `time`: by time, whether it is met or not.",
        example="met",
    )
    of = Id(
        required=False,
        help_text="The protocol whose next phase is meant; without it that of the newest one that has a next.",
    )
    take = Words(required=False, help_text=TAKE, example=["pelvic-tilt"])


class SaveAsProtocolInputSerializer(InputSerializer):
    """The name of the protocol that a plan is saved as."""

    title = Text(
        max_length=length_of(Protocol, "title"),
        help_text="The title, once among the clinic's protocols in use.",
        example=TITLE,
    )
    condition = Text(
        required=False,
        allow_null=True,
        max_length=CODE_LENGTH,
        help_text="The code of the condition it is for; null for any.",
        example="disc_herniation",
    )
    with_words = Flag(
        required=False,
        help_text="Whether goals, notes and extra cautions come along. They were written for one patient: look first "
        "that they name nobody.",
        example=False,
    )


class LeftOutSerializer(OutputSerializer):
    """An exercise of the protocol that the plan did not get."""

    exercise = Id(help_text="The exercise's id.")
    exercise_code = Text(help_text="The exercise's code.", example="pelvic-tilt")
    why = Choice(
        choices=[why.value for why in LeftOutWhy],
        help_text="`in_plan`: it was there already. `retired`: it is offered no more. `not_approved`: the clinic "
        "approves none of its revisions. `against_rules`: the rules say to avoid or to stop it for this patient. "
        "`not_chosen`: `take` does not name it.",
        example="in_plan",
    )


class JoinedSerializer(OutputSerializer):
    """A plan after a protocol joined it. The ETag is the plan's."""

    plan = PlanSerializer(help_text="The plan as it is now.")
    added = Words(help_text="The ids of the items that are new.", example=[EXAMPLE_ID])
    left_out = many(LeftOutSerializer, help_text="The exercises that the plan did not get, in their order.")
