"""Rules as the API tells them: the version in force, and a change that waits."""

from typing import Any

from plans.api.serializers.base import OutputSerializer, many
from plans.api.serializers.fields import EXAMPLE_ID, Choice, Codes, Day, Flag, Id, Text, Whole, Words
from plans.api.serializers.library import CLINIC
from plans.libraryfiles import Anchor, Evidence, Level


class SentenceSerializer(OutputSerializer):
    """A rule's sentence for the patient."""

    language = Text(help_text="The language.", example="en")
    words = Text(help_text="The sentence.", example="Because of your sciatica: stop if your leg hurts more.")


class PendingRuleSerializer(OutputSerializer):
    """A change of a rule that waits for review: until then both versions judge, and the stricter finding counts."""

    version = Whole(source="number", help_text="Counted from 1.", example=2)
    condition = Text(source="condition.code", help_text="The condition's code.", example="sciatica")
    movements = Codes(help_text="Codes of the movements it speaks of.", example=["loaded_flexion"])
    whole_plan = Flag(help_text="Whether it speaks of the whole plan.", example=False)
    level = Choice(
        choices=[choice.value for choice in Level], help_text="What it asks for.", example="caution"
    )
    anchor = Choice(
        choices=[choice.value for choice in Anchor],
        allow_null=True,
        help_text="The date its days count from.",
        example="surgery",
    )
    from_day = Whole(allow_null=True, help_text="The first day.", example=0)
    to_day = Whole(allow_null=True, help_text="The day after the last.", example=42)
    until_cleared = Flag(help_text="Whether it holds until a clinician clears it.", example=False)
    check_first = Flag(
        help_text="Whether its sentence says what to check each day before the exercises.", example=False
    )
    rationale = Text(help_text="Why.", example="bending loads the disc")
    retires = Flag(source="retired", help_text="Whether it lets the rule fire no more.", example=False)


class RuleSerializer(OutputSerializer):
    """A rule as it is in force. Days count from `anchor`; `from_day` is inside, `to_day` is not."""

    id = Id(help_text="The rule's id.")
    code = Text(help_text="Its code.", example="sciatica-loaded-flexion")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    retired_on = Day(allow_null=True, help_text="Since when it fires no more.", example=None)
    version = Whole(source="in_force.number", help_text="Counted from 1.", example=1)
    condition = Text(source="in_force.condition.code", help_text="The condition's code.", example="sciatica")
    movements = Codes(
        source="in_force.movements",
        help_text="Codes of the movements it speaks of.",
        example=["loaded_flexion"],
    )
    whole_plan = Flag(
        source="in_force.whole_plan", help_text="Whether it speaks of the whole plan.", example=False
    )
    level = Choice(
        source="in_force.level",
        choices=[choice.value for choice in Level],
        help_text="What it asks for.",
        example="avoid",
    )
    anchor = Choice(
        source="in_force.anchor",
        choices=[choice.value for choice in Anchor],
        allow_null=True,
        help_text="The date its days count from.",
        example="surgery",
    )
    from_day = Whole(source="in_force.from_day", allow_null=True, help_text="The first day.", example=0)
    to_day = Whole(source="in_force.to_day", allow_null=True, help_text="The day after the last.", example=42)
    until_cleared = Flag(
        source="in_force.until_cleared",
        help_text="Whether it holds until a clinician clears it.",
        example=False,
    )
    check_first = Flag(
        source="in_force.check_first",
        help_text="Whether its sentence says what to check each day before the exercises.",
        example=False,
    )
    rationale = Text(source="in_force.rationale", help_text="Why.", example="bending loads the disc")
    evidence = Choice(
        source="in_force.evidence",
        choices=[choice.value for choice in Evidence],
        help_text="How well it is supported.",
        example="consensus",
    )
    source: Any = Text(  # a field, taken off by the metaclass
        source="in_force.source", help_text="Who says so.", example="NASS guideline 2014"
    )
    counter_evidence = Text(
        source="in_force.counter_evidence", help_text="What speaks against it; may be blank.", example=""
    )
    sentences = many(SentenceSerializer, source="in_force.sentences", help_text="What the patient reads.")
    review_on = Day(
        source="in_force.review_on", help_text="When it is to be looked at again.", example="2030-01-01"
    )
    approved_for = Words(
        help_text="Your clinics whose reviewer approved this version, by id.", example=[EXAMPLE_ID]
    )
    pending = PendingRuleSerializer(
        allow_null=True, help_text="A newer version that waits for a reviewer of your clinics; else null."
    )
