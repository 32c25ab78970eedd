"""A finding: what the engine has to say about a plan or one of its exercises."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from plans.contraindications.facts import Disagreement
from plans.contraindications.levels import Level
from plans.contraindications.rules import Rule


class Kind(NamedTuple):
    """What holds for all findings of one code: their levels, whom and what a stop stops, whether a reason is due."""

    levels: tuple[Level, ...]
    patient_copy_only: bool = False
    needs_reason: bool = False
    next_issue_only: bool = False


_STOP, _AVOID, _CAUTION, _ADVICE = ((level,) for level in Level)
_PATIENT_STOP = Kind(_STOP, patient_copy_only=True)
_WORDS_STOP = Kind(_STOP, patient_copy_only=True, next_issue_only=True)

# The one table of what the engine can say. The codes are kept in records and named in the API: a code may be
# added, never given another meaning.
KINDS: Mapping[str, Kind] = {
    "condition_rule": Kind((Level.STOP, Level.AVOID, Level.CAUTION)),
    "check_first": Kind(_ADVICE),
    "limit": Kind(_AVOID),
    "limit_not_checked": Kind(_ADVICE),
    "sentence_missing": _WORDS_STOP,
    "sentence_not_approved": _WORDS_STOP,
    "red_flag_emergency": Kind(_STOP),
    "red_flag_same_day": Kind(_STOP),
    "cause_first": Kind(_STOP),
    "clearance_does_not_count": Kind(_CAUTION),
    "no_condition": Kind(_CAUTION),
    "diagnosis_unchecked": Kind(_CAUTION),
    "diagnosis_named": Kind(_CAUTION, needs_reason=True),
    "code_means_several": Kind(_ADVICE),
    "date_missing": Kind(_CAUTION),
    "date_impossible": Kind(_STOP),
    "side_missing": Kind((Level.CAUTION, Level.ADVICE)),
    "kind_missing": Kind(_CAUTION),
    "due_date_past": Kind(_CAUTION),
    "pain_control_first": Kind(_CAUTION),
    "plan_empty": Kind(_STOP),
    "review_date_missing": Kind(_CAUTION),
    "review_date_past": Kind(_CAUTION),
    "review_date_far": Kind(_CAUTION),
    "dose_impossible": Kind(_STOP),
    "dose_amount_missing": Kind(_STOP),
    "dose_side_missing": Kind(_STOP),
    "dose_frequency_missing": Kind(_STOP),
    "dose_frequency_partial": Kind(_CAUTION),
    "dose_outside_safe_range": Kind(_AVOID),
    "dose_rest_missing": Kind(_ADVICE),
    "dose_side_unexpected": Kind(_ADVICE),
    "dose_until_past": Kind(_CAUTION),
    "burden_many": Kind(_ADVICE),
    "burden_too_many": Kind(_CAUTION, needs_reason=True),
    "burden_long": Kind(_CAUTION),
    "order_changes_position": Kind(_ADVICE),
    "revision_not_approved": _PATIENT_STOP,
    "text_not_approved": _WORDS_STOP,
    "text_missing": _WORDS_STOP,
    "leaflet_not_approved": _WORDS_STOP,
    "leaflet_missing": _WORDS_STOP,
    "leaflet_retired": _WORDS_STOP,
    "sign_not_approved": Kind((Level.AVOID, Level.CAUTION)),
    "sign_missing": Kind((Level.AVOID, Level.CAUTION)),
    "sign_without_room": Kind(_ADVICE),
    "language_not_ready": _WORDS_STOP,
    "exercise_without_movements": Kind(_STOP),
    "exercise_retired": Kind(_AVOID),
    "revision_outdated": Kind(_CAUTION),
    "exercise_duplicate": Kind(_CAUTION),
    "equipment_missing": Kind(_CAUTION),
    "easier_does_not_fit": Kind(_CAUTION),
    "sources_disagree": Kind((Level.CAUTION, Level.ADVICE)),
}


class Finding(NamedTuple):
    """One thing to know about a plan.

    `item` is the key of the exercise it concerns, None for the whole plan. `message` says what is the case,
    `action` what the therapist can do. `rule` is the rule behind it: version, rationale, evidence, source,
    counter-evidence. `patient_sentence` is printed for the patient if the therapist goes on. `identity` are
    the facts that a recorded reason depends on, beyond code, rule and item. `disagreement` is the one behind it.
    `holds_from` is the day within the plan's days from which it holds, None if it holds from the first.
    `suggested` are conditions to record. `former_identity` is what an earlier release had in place of `identity`.
    """

    code: str
    level: Level
    item: str | None
    message: str
    action: str
    condition: str | None = None
    rule: Rule | None = None
    patient_sentence: str = ""
    identity: tuple[str, ...] = ()
    disagreement: Disagreement | None = None
    holds_from: date | None = None
    suggested: tuple[str, ...] = ()
    former_identity: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Name it for as long as rule version, exercise revision and condition stay: reasons hang on it.

        32 hex digits, without patient data in clear. The passing of days alone does not change it.
        """
        return self._name(self.identity)

    @property
    def former_fingerprint(self) -> str:
        """Return the name that an earlier release gave it, under which reasons are kept too; blank for most."""
        return self._name(self.former_identity) if self.former_identity else ""

    def _name(self, identity: tuple[str, ...]) -> str:
        version = str(self.rule.version) if self.rule else ""
        parts = (self.code, self.level, self.item or "", self.rule_code, version, *identity)
        return sha256("\x1f".join(parts).encode()).hexdigest()[:32]

    @property
    def rule_code(self) -> str:
        return self.rule.code if self.rule else ""

    @property
    def needs_reason(self) -> bool:
        return self.level is Level.AVOID or KINDS[self.code].needs_reason

    @property
    def takes_reason(self) -> bool:
        """Return whether a reason answers it: what needs one, and a caution that somebody looked at."""
        return self.needs_reason or self.level is Level.CAUTION

    @property
    def patient_copy_only(self) -> bool:
        """Return whether it stops the patient's copy alone: the clinician may still see the plan on paper."""
        return KINDS[self.code].patient_copy_only

    @property
    def next_issue_only(self) -> bool:
        """Return whether it concerns the words that the next issue prints, and so stops none that the patient holds."""
        return KINDS[self.code].next_issue_only


def plan_finding(code: str, message: str, action: str, *identity: str) -> Finding:
    return Finding(code, KINDS[code].levels[0], None, message, action, identity=identity)


def item_finding(code: str, item: tuple[str, str], message: str, action: str, *identity: str) -> Finding:
    key, revision = item
    return Finding(code, KINDS[code].levels[0], key, message, action, identity=(revision, *identity))
