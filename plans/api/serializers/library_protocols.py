"""Protocols of the library as the API tells them."""

from typing import Any

from plans.api.serializers.base import OutputSerializer, many
from plans.api.serializers.doses import DoseFieldsSerializer
from plans.api.serializers.fields import EXAMPLE_ID, Day, Id, Text, Whole, Words
from plans.api.serializers.library import CLINIC


class LibraryProtocolItemSerializer(DoseFieldsSerializer):
    """One exercise of a protocol of the library with its dose."""

    exercise_code = Text(
        source="exercise.code", read_only=True, help_text="The exercise's code.", example="pelvic-tilt"
    )


class LibraryProtocolTextSerializer(OutputSerializer):
    """Its words in one language."""

    language = Text(help_text="The language's code.", example="en")
    title = Text(help_text="The title; a plan takes it over.", example="Slipped disc: the first weeks")
    go_on_when = Text(
        help_text="When to go on to the next phase; blank where there is none.",
        example="The pain has left the foot.",
    )


class LibraryProtocolSerializer(OutputSerializer):
    """A programme that comes with the library, in the version that is newest, or that your clinics go on with."""

    id = Id(help_text="Its id, by which a plan is started from it or joined by it.")
    code = Text(help_text="Its code.", example="disc-early")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    number = Whole(help_text="The version that is told, counted from 1.", example=1)
    condition = Text(help_text="The code of the condition it is for.", example="disc_herniation")
    phase = Text(help_text="The phase, in words.", example="1 of 3")
    anchor = Text(
        help_text="The date that its days count from: onset, surgery, due_date; blank for any time.",
        example="onset",
    )
    from_day = Whole(allow_null=True, help_text="The first day of its phase.", example=0)
    to_day = Whole(
        allow_null=True, help_text="The day that is no longer inside; null for no end.", example=42
    )
    next = Text(help_text="The code of the protocol that follows; blank for none.", example="disc-settling")
    source: Any = Text(  # a field, taken off by the metaclass
        help_text="Where what it says is from.", example="B, ours, for review"
    )
    note = Text(help_text="For therapists: how strong its sources are.", example="The weeks are ours.")
    retired_on = Day(allow_null=True, help_text="Since when it is offered no more.", example=None)
    texts = many(LibraryProtocolTextSerializer, help_text="Its words by language.")
    items = many(LibraryProtocolItemSerializer, help_text="Its exercises in their order.")
    approved_for = Words(
        help_text="Your clinics whose reviewer approves this version, by id: their plans may take it.",
        example=[EXAMPLE_ID],
    )
