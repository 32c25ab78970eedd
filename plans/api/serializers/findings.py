"""Findings as the API tells them, with the rule behind each and the reason that was given."""

from collections.abc import Iterable, Mapping
from typing import Any

from plans.api.serializers.base import OutputSerializer
from plans.api.serializers.fields import Choice, Day, Flag, Id, Moment, Text, Whole, Words
from plans.contraindications import KINDS, Finding, Level
from plans.models import Reason

CODES = sorted(KINDS)


class RuleBehindSerializer(OutputSerializer):
    """The version of a rule that found something."""

    code = Text(help_text="The rule's code.", example="disc-flexion-acute")
    version = Whole(help_text="The rule's version, counted from 1.", example=2)
    rationale = Text(help_text="Why the rule says so.", example="bending loads the disc")
    evidence = Text(help_text="How well it is supported.", example="consensus")
    source: Any = Text(  # a field, taken off by the metaclass
        help_text="Who says so.", example="NASS guideline 2014"
    )
    counter_evidence = Text(help_text="What speaks against it; may be blank.", example="")
    pending = Flag(help_text="Whether this version waits for a reviewer of the clinic.", example=False)


class ReasonGivenSerializer(OutputSerializer):
    """Why a therapist goes on in spite of a finding."""

    id = Id(help_text="Its id: it is taken back by it.")
    words = Text(help_text="The reason.", example="Tried in the clinic today without leg pain.")
    by = Text(help_text="Who gave it, by name.", example="Sam Therapist")
    at = Moment(help_text="When, with offset.")


class FindingSerializer(OutputSerializer):
    """One thing to know about a plan."""

    fingerprint = Text(
        help_text="Its name, 32 hex digits: a reason is given for it.",
        example="5f0c6d6dd0f14f0e9f3a9b1f6f6f7c11",
    )
    cause = Text(
        help_text="Names its cause, 32 hex digits: findings of one cause have one, and a reason given for it answers "
        "all of them.",
        example="0b7c3d0f6a5be5f2c1c7b1fd3a4ee0c9",
    )
    code = Choice(choices=CODES, help_text="What kind of finding.", example="condition_rule")
    level = Choice(
        choices=[level.value for level in Level],
        help_text="stop: ends only when its fact changes; avoid: needs a reason; caution, advice: to know.",
        example="avoid",
    )
    item = Id(
        allow_null=True,
        help_text="The plan item it concerns; null for the whole plan.",
    )
    message = Text(help_text="What is the case.", example="Bending forward loads the disc.")
    action = Text(help_text="What can be done.", example="Leave it out, or say why not.")
    condition = Text(
        allow_null=True, help_text="The condition's code, if one is behind it.", example="sciatica"
    )
    suggested_conditions = Words(
        help_text="Codes of conditions that a diagnosis in free words names: record them, or give the reason.",
        example=["sciatica"],
    )
    needs_reason = Flag(help_text="Whether publishing needs a recorded reason.", example=True)
    patient_copy_only = Flag(help_text="Whether it stops the patient's copy alone.", example=False)
    patient_sentence = Text(help_text="What is printed for the patient if the plan goes on.", example="")
    holds_from = Day(
        allow_null=True,
        help_text="The day from which it holds, where that comes after the plan's first; printed with the sentence.",
        example=None,
    )
    rule = RuleBehindSerializer(allow_null=True, help_text="The rule behind it, if there is one.")
    reason = ReasonGivenSerializer(
        allow_null=True, help_text="The newest reason that holds, if one was given."
    )


def serialize_findings(
    findings: Iterable[Finding], causes: Mapping[str, str], reasons: Mapping[str, Reason] | None = None
) -> list[dict[str, Any]]:
    """Return them with the cause of each, by its fingerprint, and the reasons given."""
    return [_serialize(one, causes, (reasons or {}).get(one.fingerprint)) for one in findings]


def _serialize(finding: Finding, causes: Mapping[str, str], reason: Reason | None) -> dict[str, Any]:
    rule = finding.rule
    return {
        "fingerprint": finding.fingerprint,
        "cause": causes.get(finding.fingerprint, ""),
        "code": finding.code,
        "level": finding.level.value,
        "item": finding.item,
        "message": finding.message,
        "action": finding.action,
        "condition": finding.condition,
        "suggested_conditions": list(finding.suggested),
        "needs_reason": finding.needs_reason,
        "patient_copy_only": finding.patient_copy_only,
        "patient_sentence": finding.patient_sentence,
        "holds_from": finding.holds_from and finding.holds_from.isoformat(),
        "rule": rule
        and {
            "code": rule.code,
            "version": rule.version,
            "rationale": rule.rationale,
            "evidence": str(rule.evidence),
            "source": rule.source,
            "counter_evidence": rule.counter_evidence,
            "pending": rule.pending,
        },
        "reason": reason
        and {
            "id": str(reason.pk),
            "words": reason.words,
            "by": str(reason.created_by),
            "at": reason.created_at.isoformat(),
        },
    }
