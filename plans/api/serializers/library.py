"""The library as the API tells it."""

from typing import Any

from plans.api.serializers.base import OutputSerializer, many
from plans.api.serializers.fields import (
    EXAMPLE_ID,
    Choice,
    Codes,
    Day,
    Flag,
    Id,
    ListOf,
    Text,
    Whole,
    Words,
)
from plans.libraryfiles import AdviceKind, RedFlag, Region

CLINIC = "The clinic it belongs to; null for the shared library."


class MovementSerializer(OutputSerializer):
    """What an exercise may ask of the body."""

    id = Id(help_text="Its id.")
    code = Text(help_text="Its code.", example="loaded_flexion")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    name = Text(help_text="Its name.", example="Loaded bending")
    meaning = Text(help_text="What is meant.", example="Bending forward against weight.")
    implies = Codes(help_text="Codes of the wider movements it includes.", example=["flexion"])
    change_waits = Flag(
        help_text="Whether a change waits for a reviewer of your clinics; until then what was said before counts too.",
        example=False,
    )


class ConditionSerializer(OutputSerializer):
    """A diagnosis or state that rules speak of."""

    id = Id(help_text="Its id.")
    code = Text(help_text="Its code.", example="sciatica")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    name = Text(help_text="Its name.", example="Sciatica")
    also = Words(help_text="Other names.", example=["Lumbar radiculopathy"])
    icd10 = Words(help_text="Codes of ICD-10-CM.", example=["M54.30"])
    parent: Any = Text(  # a field, taken off by the metaclass
        source="parent.code", allow_null=True, help_text="The wider condition's code.", example=None
    )
    dates = Words(help_text="Which dates its rules count from: onset, surgery, due_date.", example=["onset"])
    treat_cause_first = Flag(help_text="Whether its cause must be treated first.", example=False)
    change_waits = Flag(
        help_text="Whether a change waits for a reviewer of your clinics; until then what was said before counts too.",
        example=False,
    )


class AudienceSerializer(OutputSerializer):
    """Whom general advice or a warning sign is for: everybody, or who has one of these; nobody where all is empty."""

    everybody = Flag(help_text="Whether it prints on every plan.", example=False)
    conditions = ListOf(
        child=Text(help_text="A condition's code; its kinds count too.", example="sciatica"),
        help_text="Prints for a patient with one of these.",
        example=["sciatica"],
    )
    symptoms = ListOf(
        child=Text(help_text="A symptom's code.", example="low_back_pain"),
        help_text="Prints for a patient with one of these.",
        example=[],
    )
    regions = ListOf(
        child=Choice(
            choices=[choice.value for choice in Region], help_text="A region of the body.", example="low_back"
        ),
        help_text="Prints on a plan with an exercise for one of these; a sign also for a condition of one.",
        example=[],
    )


class SignSentenceSerializer(OutputSerializer):
    """What the patient's copy says of a warning sign in one language."""

    language = Text(help_text="The language's code.", example="en")
    number = Whole(help_text="The version of this sentence, counted from 1.", example=1)
    words = Text(help_text="The sentence, as printed.", example="You see double.")
    red_flag = Choice(
        choices=[choice.value for choice in RedFlag],
        allow_null=True,
        help_text="Under which title it stands; null: this version says that it is printed no more.",
        example="emergency",
    )
    audience = AudienceSerializer(help_text="On whose copy it is printed.")
    needs_answer = Flag(
        help_text="Whether it is printed only where the clinic names who answers.", example=False
    )
    approved_for = Words(
        help_text="Your clinics whose reviewer approves this sentence, by id; there the newest such is printed.",
        example=[EXAMPLE_ID],
    )


class SymptomSerializer(OutputSerializer):
    """What a patient may report."""

    id = Id(help_text="Its id.")
    code = Text(help_text="Its code.", example="low_back_pain")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    name = Text(help_text="Its name.", example="Low back pain")
    red_flag = Choice(
        choices=[choice.value for choice in RedFlag],
        allow_null=True,
        help_text="What it asks for, if it is a warning sign.",
        example="emergency",
    )
    retired_on = Day(
        allow_null=True,
        help_text="Since when it is recorded of nobody anew, and printed no more; where it is recorded it counts.",
        example=None,
    )
    change_waits = Flag(
        help_text="Whether a change waits for a reviewer of your clinics; until then what was said before counts too.",
        example=False,
    )
    sentences = many(
        SignSentenceSerializer,
        source="told",
        help_text="What the patient's copy says of a warning sign: the newest sentence of each language, and older "
        "ones that a clinic of yours approves.",
    )


class AdviceSerializer(OutputSerializer):
    """General advice, or another therapy that a plan may note."""

    id = Id(help_text="Its id.")
    code = Text(help_text="Its code.", example="tens")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    kind = Choice(
        choices=[choice.value for choice in AdviceKind],
        help_text="General advice, or a therapy.",
        example="therapy",
    )
    audience = AudienceSerializer(help_text="Whom general advice is for; empty for a therapy.")
    retired_on = Day(allow_null=True, help_text="Since when it is offered and printed no more.", example=None)
