"""Cards of findings as the page shows them: level by word, icon and colour, grounds, and the reason that is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy

from plans.admin.plans.offered_reasons import SEEN, SEEN_ON_SHEET, stock_reasons
from plans.admin.plans.reason_fields import (
    EarlierLine,
    distinct,
    earlier_lines,
    field_of,
    typed_for_less,
    typed_in,
)
from plans.admin.words.findings import finding_in_words
from plans.contraindications import (
    Burden,
    Card,
    Finding,
    Level,
    PlanFacts,
    Rule,
    fingerprints_of,
    measure_burden,
)
from plans.models import Reason
from plans.queries.checks import PlanCheck

EVIDENCE = {
    "RCT": gettext_lazy("randomised trials"),
    "cohort": gettext_lazy("cohort studies"),
    "consensus": gettext_lazy("expert consensus"),
    "review": gettext_lazy("a review"),
    "textbook": gettext_lazy("a textbook"),
    "protocol": gettext_lazy("one clinic's protocol"),
    "web": gettext_lazy("a web page"),
    "opinion": gettext_lazy("opinion"),
}
LEVELS = {
    Level.STOP: (gettext_lazy("Stop"), "block"),
    Level.AVOID: (gettext_lazy("Avoid"), "warning"),
    Level.CAUTION: (gettext_lazy("Caution"), "visibility"),
    Level.ADVICE: (gettext_lazy("Note"), "info"),
}
ON_PATIENT = frozenset(
    ["red_flag_emergency", "red_flag_same_day", "cause_first", "no_condition", "date_missing", "date_impossible",
     "clearance_does_not_count", "due_date_past", "equipment_missing", "pain_control_first", "diagnosis_unchecked",
     "diagnosis_named", "code_means_several", "side_missing", "kind_missing", "limit", "limit_not_checked"]
)  # fmt: skip
"""Findings that end, or are answered, on the patient's page."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a card says in the same words of the whole plan, or of these exercises."""

    finding: Finding
    exercises: tuple[str, ...]

    @property
    def is_grave(self) -> bool:
        return self.finding.level is Level.STOP or self.finding.needs_reason


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """The rule behind a card, and what it rests on."""

    rule: Rule
    evidence: str
    finding: Finding


@dataclass(frozen=True, kw_only=True)
class CardLine:
    """One card with all that it shows."""

    card: Card
    said: tuple[Said, ...]
    grounds: tuple[Grounds, ...]
    field: str
    """The name of the field for a reason: it is for what is asked, or else for all that was answered."""
    reason: str
    """What was typed there and is not on record."""
    given: tuple[Reason, ...]
    """The reasons on record, the newest first."""
    on_record: str
    """The ids of all of them, to take them back."""
    is_open: bool
    unanswered_of: tuple[str, ...]
    """The exercises that came after the reason, where there is one."""
    earlier: tuple[EarlierLine, ...]
    chips: tuple[str, ...]
    on_patient: bool
    suggestions: tuple[tuple[str, str], ...] = ()
    """Conditions to record with a click: codes and names."""

    @property
    def level(self) -> str:
        return self.card.level.value

    @property
    def word(self) -> str:
        return str(LEVELS[self.card.level][0])

    @property
    def icon(self) -> str:
        return LEVELS[self.card.level][1]

    @property
    def first(self) -> Finding:
        return self.said[0].finding

    @property
    def exercises(self) -> tuple[str, ...]:
        """Return those of all that it says, the first sentence's first."""
        return tuple(dict.fromkeys(name for said in self.said for name in said.exercises))

    @property
    def grave(self) -> tuple[Said, ...]:
        """Return what is never folded away beside the first: each that stops, is avoided, or asks for a reason."""
        return tuple(said for said in self.said[1:] if said.is_grave)

    @property
    def further(self) -> tuple[Said, ...]:
        return tuple(said for said in self.said[1:] if not said.is_grave)

    @property
    def seen(self) -> str:
        """Return what a click on Seen records; the sheet is named only where it says something of it."""
        printed = any(finding.patient_sentence for finding in self.card.findings)
        return str(SEEN_ON_SHEET if printed else SEEN)

    @property
    def suggested_codes(self) -> str:
        return " ".join(code for code, _ in self.suggestions)

    @property
    def may_record_all(self) -> bool:
        """Return whether the suggestions go together: kinds of one condition exclude each other."""
        return len(self.suggestions) > 1 and self.first.code == "diagnosis_named"

    @property
    def actions(self) -> list[str]:
        return list(dict.fromkeys(said.finding.action for said in self.said))


@dataclass(frozen=True, kw_only=True)
class Cards:
    """A plan's cards: what must be seen, what was answered, what is there to be read."""

    lines: tuple[CardLine, ...] = ()
    heard: frozenset[str] = frozenset()
    """The findings that were answered."""

    @property
    def open(self) -> list[CardLine]:
        return [line for line in self.lines if line.is_open]

    @property
    def answered(self) -> list[CardLine]:
        return [line for line in self.lines if not line.is_open and not line.card.is_note]

    @property
    def notes(self) -> list[CardLine]:
        return [line for line in self.lines if line.card.is_note]

    @property
    def to_adopt(self) -> int:
        return sum(before.may_be_adopted for line in self.open for before in line.earlier)


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The plan's findings at a glance: how many of each kind, and what a day of it asks."""

    stops: int
    unanswered: int
    burden: Burden
    better_order: bool
    empty: bool

    @property
    def minutes(self) -> int:
        return round(self.burden.minutes_per_day)

    @property
    def ready(self) -> bool:
        return not self.empty and not self.stops and not self.unanswered


def show_cards(
    check: PlanCheck,
    cards: Iterable[Card],
    *,
    posted: Mapping[str, str],
    recent: Mapping[str, Sequence[str]],
) -> Cards:
    """Return what these cards show; `posted` are reasons typed and not yet saved, by the names of their fields."""
    names = {str(item.pk): check.chosen[item.revision_id].name for item in check.items}
    answered = _answered(check, posted)
    lines = [_line(check, card, names, answered, posted) for card in cards]
    return Cards(lines=tuple(_with_chips(check, line, recent) for line in lines), heard=answered)


def overview(check: PlanCheck, *, posted: Mapping[str, str]) -> Overview:
    """Count causes, not findings: each asks for one thing."""
    answered = _answered(check, posted)
    return Overview(
        stops=sum(card.level is Level.STOP for card in check.cards),
        unanswered=sum(
            any(one.needs_reason and one.fingerprint not in answered for one in card.findings)
            for card in check.cards
        ),
        burden=measure_burden(check.facts),
        better_order=any(finding.code == "order_changes_position" for finding in check.findings),
        empty=not check.items,
    )


def _answered(check: PlanCheck, posted: Mapping[str, str]) -> frozenset[str]:
    given = (fingerprints_of(name, check.cards) for name, words in posted.items() if words.strip())
    return frozenset(check.reasons).union(*given)


def _line(
    check: PlanCheck,
    card: Card,
    names: Mapping[str, str],
    answered: frozenset[str],
    posted: Mapping[str, str],
) -> CardLine:
    held = [check.reasons[one.fingerprint] for one in card.findings if one.fingerprint in check.reasons]
    given = distinct(held)
    asked = card.unanswered(check.reasons)
    field = field_of(asked or card.unanswered(()))
    typed = typed_in(field, posted)
    return CardLine(
        card=card,
        said=_said(card, names),
        grounds=_grounds(card),
        field=field,
        # What is on record already does not stand in a field, which would say it again later.
        reason="" if not asked and {reason.words for reason in given} == {typed} else typed,
        given=given,
        on_record=" ".join(str(reason.pk) for reason in held),
        is_open=card.is_open(answered),
        unanswered_of=_names(card.unanswered(answered), names) if given else (),
        earlier=earlier_lines(asked, check.earlier, names=names, posted=posted),
        chips=typed_for_less(card, field, posted),
        on_patient=any(_ends_on_patient(finding) for finding in card.findings),
        suggestions=_suggestions(card, check.facts),
    )


def _with_chips(check: PlanCheck, line: CardLine, recent: Mapping[str, Sequence[str]]) -> CardLine:
    own = tuple(reason.words for reason in line.given) if line.unanswered_of else ()
    stock = stock_reasons(check.plan.patient.clinic)
    chips = tuple(dict.fromkeys((*line.chips, *own, *stock, *recent.get(line.first.code, ()))))
    return replace(line, chips=chips) if line.card.takes_reason else line


def _said(card: Card, names: Mapping[str, str]) -> tuple[Said, ...]:
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in card.findings:
        found.setdefault((finding.message, finding.action), []).append(finding)
    return tuple(
        Said(finding=finding_in_words(said[0]), exercises=_names(said, names)) for said in found.values()
    )


def _names(findings: Iterable[Finding], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names[one.item] for one in findings if one.item and one.item in names))


def _grounds(card: Card) -> tuple[Grounds, ...]:
    rules: dict[tuple[str, int], tuple[Rule, Finding]] = {}
    for finding in card.findings:
        if finding.rule and not finding.disagreement:
            rules.setdefault((finding.rule.identity, finding.rule.version), (finding.rule, finding))
    return tuple(
        Grounds(rule=rule, evidence=str(EVIDENCE.get(rule.evidence, rule.evidence)), finding=finding)
        for rule, finding in rules.values()
    )


def _ends_on_patient(finding: Finding) -> bool:
    return finding.code in ON_PATIENT or (finding.level is Level.STOP and finding.rule is not None)


def _suggestions(card: Card, facts: PlanFacts) -> tuple[tuple[str, str], ...]:
    meanings = (meaning for diagnosis in facts.diagnoses for meaning in diagnosis.meanings)
    names = {code: name for meaning in meanings for code, name in meaning.conditions}
    suggested = dict.fromkeys(code for finding in card.findings for code in finding.suggested)
    return tuple((code, names.get(code, code.replace("_", " "))) for code in suggested)
