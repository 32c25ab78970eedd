"""Findings as the page shows them: level by word, icon and colour, grounds, and the reason that is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plans.contraindications import Burden, Finding, Level, PlanFacts, measure_burden
from plans.models import Reason, User
from plans.queries.checks import PlanCheck

MAX_RECENT_REASONS = 5
MAX_REASONS_READ = 60
REASON_PREFIX = "reason-"
EVIDENCE = {
    "RCT": "randomised trials",
    "cohort": "cohort studies",
    "consensus": "expert consensus",
    "review": "a review",
    "textbook": "a textbook",
    "protocol": "one clinic's protocol",
    "web": "a web page",
    "opinion": "opinion",
}
LEVELS = {
    Level.STOP: ("Stop", "block"),
    Level.AVOID: ("Avoid", "warning"),
    Level.CAUTION: ("Caution", "visibility"),
    Level.ADVICE: ("Note", "info"),
}
ON_PATIENT = frozenset(
    ["red_flag_emergency", "red_flag_same_day", "cause_first", "no_condition", "date_missing", "date_impossible",
     "clearance_does_not_count", "due_date_past", "equipment_missing", "pain_control_first", "diagnosis_unchecked",
     "diagnosis_named", "code_means_several", "side_missing", "kind_missing"]
)  # fmt: skip
"""Findings that end, or are answered, on the patient's page."""


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """One finding with all that its line needs."""

    finding: Finding
    word: str
    icon: str
    evidence: str
    asks_reason: bool
    reason: str
    reason_by: str
    recent: tuple[str, ...]
    on_patient: bool
    suggestions: tuple[tuple[str, str], ...] = ()
    """Conditions to record with a click: codes and names."""

    @property
    def suggested_codes(self) -> str:
        return " ".join(code for code, _ in self.suggestions)

    @property
    def level(self) -> str:
        return self.finding.level.value

    @property
    def field(self) -> str:
        return f"{REASON_PREFIX}{self.finding.fingerprint}"


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The plan's findings at a glance: how many of each kind, and what a day of it asks."""

    stops: int
    unanswered: int
    cautions: int
    burden: Burden
    better_order: bool

    @property
    def minutes(self) -> int:
        return round(self.burden.minutes_per_day)

    @property
    def ready(self) -> bool:
        return not self.stops and not self.unanswered


def finding_lines(
    check: PlanCheck,
    findings: Iterable[Finding],
    *,
    posted: Mapping[str, str],
    recent: Mapping[str, Sequence[str]],
) -> list[FindingLine]:
    """Return the lines of these findings; `posted` are reasons typed and not yet saved, by fingerprint."""
    return [_line(check, finding, posted, recent) for finding in findings]


def overview(check: PlanCheck, *, posted: Mapping[str, str]) -> Overview:
    answered = {name for name, words in posted.items() if words.strip()}
    return Overview(
        stops=len(check.stops),
        unanswered=sum(finding.fingerprint not in answered for finding in check.unanswered),
        cautions=sum(finding.level is Level.CAUTION for finding in check.findings),
        burden=measure_burden(check.facts),
        better_order=any(finding.code == "order_changes_position" for finding in check.findings),
    )


def recent_reasons(person: User) -> dict[str, tuple[str, ...]]:
    rows = (
        Reason.objects.filter(created_by=person).order_by("-created_at").values_list("finding_code", "words")
    )
    found: dict[str, dict[str, None]] = {}
    for code, words in rows[:MAX_REASONS_READ]:
        found.setdefault(code, {}).setdefault(words)
    return {code: tuple(words)[:MAX_RECENT_REASONS] for code, words in found.items()}


def posted_reasons(data: Mapping[str, Any]) -> dict[str, str]:
    return {
        name.removeprefix(REASON_PREFIX): str(words)
        for name, words in data.items()
        if name.startswith(REASON_PREFIX)
    }


def _suggestions(finding: Finding, facts: PlanFacts) -> tuple[tuple[str, str], ...]:
    meanings = (meaning for diagnosis in facts.diagnoses for meaning in diagnosis.meanings)
    names = {code: name for meaning in meanings for code, name in meaning.conditions}
    return tuple((code, names[code]) for code in finding.suggested)


def _line(
    check: PlanCheck, finding: Finding, posted: Mapping[str, str], recent: Mapping[str, Sequence[str]]
) -> FindingLine:
    word, icon = LEVELS[finding.level]
    held = check.reasons.get(finding.fingerprint)
    return FindingLine(
        finding=finding,
        word=word,
        icon=icon,
        evidence=EVIDENCE.get(finding.rule.evidence, finding.rule.evidence) if finding.rule else "",
        asks_reason=finding.needs_reason,
        reason=posted.get(finding.fingerprint, held.words if held else ""),
        reason_by=str(held.created_by) if held else "",
        recent=tuple(recent.get(finding.code, ())),
        on_patient=finding.code in ON_PATIENT or (finding.level is Level.STOP and finding.rule is not None),
        suggestions=_suggestions(finding, check.facts),
    )
