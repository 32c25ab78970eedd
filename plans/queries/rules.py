"""The library's rules and words as the engine takes them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet, Value

from plans.contraindications import Anchor, Level, RedFlag, Rule, Vocabulary
from plans.models import (
    Approval,
    Clinic,
    Condition,
    Movement,
    RuleRevision,
    RuleSentence,
    VocabularyRevision,
)
from plans.queries.approvals import former_vocabulary
from plans.queries.cache import ImmutableCache

Key = tuple[UUID, UUID | None, bool, bool]
"""A rule's version, its sentence in one language, and whether the clinic approved that sentence, and the version."""
_AS_THEY_ARE = (
    "whole_plan",
    "from_day",
    "to_day",
    "until_cleared",
    "check_first",
    "rationale",
    "evidence",
    "source",
    "counter_evidence",
)
_AS_STORED = (*_AS_THEY_ARE, "number", "level", "anchor")


def shared_or_of(clinic: Clinic | None, prefix: str = "") -> Q:
    return Q(**{f"{prefix}clinic": None}) | Q(**{f"{prefix}clinic": clinic})


def vocabulary_for(clinic: Clinic) -> Vocabulary:
    """Return movements with the wider ones they imply, conditions with parents, causes to treat first.

    Where a change waits for the clinic's reviewer, what was said before it counts as well; whether a condition has
    sides, which kind is asked and its region are then as they were, until the change is approved.
    """
    words, changed = _Words(), False
    for kind, code, wider, cause_first, sided, ask_which, region in _words_now(clinic):
        if kind == "movement":
            words.movements.setdefault(code, set()).update({wider} if wider else ())
        elif kind == "condition":
            words.conditions[code] = wider
            words.cause_first.update({code} if cause_first else ())
            words.sided.update({code} if sided else ())
            words.ask_which.update({code} if ask_which else ())
            words.regions.update({code: region} if region else {})
        else:
            changed = True
    # Most libraries were never changed, and this is asked at each look at a plan.
    for row in former_vocabulary(clinic).order_by("number").values_list(*_FORMER) if changed else ():
        words.add_former(*row)
    return Vocabulary(
        movements=words.movements,
        conditions=words.conditions,
        cause_first=words.cause_first,
        sided=words.sided,
        ask_which=words.ask_which,
        regions=words.regions,
        former_parents=words.former_parents,
        former_flags=words.former_flags,
    )


_FORMER = (
    "movement__code",
    "condition__code",
    "symptom__code",
    "implies",
    "parent",
    "treat_cause_first",
    "red_flag",
    "sided",
    "ask_which",
    "region",
)


@dataclass
class _Words:
    """What a vocabulary is made of, while its rows are read."""

    movements: dict[str, set[str]] = field(default_factory=dict)
    conditions: dict[str, str | None] = field(default_factory=dict)
    cause_first: set[str] = field(default_factory=set)
    sided: set[str] = field(default_factory=set)
    ask_which: set[str] = field(default_factory=set)
    regions: dict[str, str] = field(default_factory=dict)
    former_parents: dict[str, set[str]] = field(default_factory=dict)
    former_flags: dict[str, set[RedFlag]] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)

    def add_former(
        self,
        movement: str | None,
        condition: str | None,
        symptom: str | None,
        implies: list[str],
        parent: str,
        cause_first: bool,
        red_flag: str,
        sided: bool,
        ask_which: bool,
        region: str,
    ) -> None:
        """Add what one version says; they come in the order of their numbers, the one in force first."""
        if movement:
            self.movements[movement].update(implies)
        if condition and parent:
            self.former_parents.setdefault(condition, set()).add(parent)
        if condition and cause_first:
            self.cause_first.add(condition)
        if symptom and red_flag:
            self.former_flags.setdefault(symptom, set()).add(RedFlag(red_flag))
        if condition and condition not in self.held:
            self.held.add(condition)
            _put(self.sided, condition, is_in=sided)
            _put(self.ask_which, condition, is_in=ask_which)
            self.regions.pop(condition, None)
            self.regions.update({condition: region} if region else {})


def _put(codes: set[str], code: str, *, is_in: bool) -> None:
    if is_in:
        codes.add(code)
    else:
        codes.discard(code)


_Word = tuple[str, str, str | None, bool, bool, bool, str]


def _words_now(clinic: Clinic) -> Iterable[_Word]:
    """Read movements with each wider one, conditions with their parent, and whether any of all was ever changed."""
    movements = Movement.objects.filter(shared_or_of(clinic)).order_by()
    conditions = Condition.objects.filter(shared_or_of(clinic)).order_by()
    former = VocabularyRevision.objects.filter(newest=False).order_by()
    no = (*(Value(value=False),) * 3, Value(""))
    rows: Iterable[_Word] = movements.values_list(Value("movement"), "code", "implies__code", *no).union(
        conditions.values_list(
            Value("condition"), "code", "parent__code", "treat_cause_first", "sided", "ask_which", "region"
        ),
        former.values_list(Value("changed"), Value(""), Value(""), *no),
    )
    return rows


_rules: ImmutableCache[Key, Rule] = ImmutableCache(max_size=5000)


def rules_for(clinic: Clinic, *, language: str) -> tuple[Rule, ...]:
    """Return the versions of rules that judge, each with its sentence in the patient's language.

    Which ones judge is asked each time, as each publish and each look at a plan must know; what a version says is
    written once and kept.
    """
    keys = _judging(clinic, language)
    known = _rules.get(keys, _read)
    return tuple(known[key] for key in keys if key in known)


def judging_versions(clinic: Clinic) -> QuerySet[RuleRevision]:
    """Return the versions of rules that judge in this clinic: what is approved, and what waits.

    That is the newest version, and each that the clinic's reviewer approved once, unless a later one is approved.
    So neither a change nor a withdrawn approval makes a rule weaker before somebody approves what comes in its place;
    a draft that was replaced before anybody approved it judges no more. A version that retires its rule is silent.
    """
    return RuleRevision.objects.filter(pk__in=[key[0] for key in _judging(clinic, "")])


def versions_in_force(clinics: Collection[UUID]) -> QuerySet[RuleRevision]:
    """Return the version of each rule that a reviewer of these clinics approved last; the newest where there is none.

    It may be one that retires the rule. What judges is more than this: see judging_versions.
    """
    # The approvals are read first, for the reason that _judging tells.
    approvals = Approval.objects.filter(clinic__in=clinics, withdrawn_at=None, rule__isnull=False)
    last = dict(approvals.order_by("rule__number").values_list("rule__rule", "rule"))
    return RuleRevision.objects.filter(
        Q(pk__in=list(last.values())) | Q(newest=True) & ~Q(rule__in=list(last))
    )


def _judging(clinic: Clinic, language: str) -> list[Key]:
    # Two plain reads, put together here. Asked as one with "no later one is approved" inside, PostgreSQL went through
    # all approvals for each pair of versions wherever it still took the tables for empty, as after a library was
    # loaded: seconds for each look at a plan. Versions come first: what is approved or written in between is then as
    # if a moment later, while a version approved and replaced in between would be missed the other way round.
    in_language = FilteredRelation("sentences", condition=Q(sentences__language=language))
    rows = list(
        RuleRevision.objects.filter(shared_or_of(clinic, "rule__"))
        .annotate(said=in_language)
        .order_by("rule__code", "number")
        .values_list("pk", "rule", "number", "newest", "retired", "said__pk")
    )
    approved = _approved_of(clinic)
    last = {rule: number for pk, rule, number, *_ in rows if pk in approved.versions}
    return [
        (pk, said, said in approved.sentences, pk in approved.versions)
        for pk, rule, number, newest, retired, said in rows
        if not retired and (newest or pk in approved.once) and number >= last.get(rule, 0)
    ]


@dataclass(frozen=True)
class _Approved:
    """Versions that stand approved, those that once were, and sentences that stand approved."""

    versions: Collection[UUID]
    once: Collection[UUID]
    sentences: Collection[UUID]


def _approved_of(clinic: Clinic) -> _Approved:
    of_rules = Approval.objects.filter(Q(rule__isnull=False) | Q(sentence__isnull=False), clinic=clinic)
    rows = list(of_rules.values_list("rule", "sentence", "withdrawn_at"))
    return _Approved(
        versions={rule for rule, _, withdrawn in rows if rule and not withdrawn},
        once={rule for rule, *_ in rows if rule},
        sentences={sentence for _, sentence, withdrawn in rows if sentence and not withdrawn},
    )


def _read(keys: Collection[Key]) -> Mapping[Key, Rule]:
    versions = {key[0] for key in keys}
    # Unordered, as an order by the rule's code would join three tables, and nobody reads it.
    revisions = RuleRevision.objects.filter(pk__in=versions).order_by()
    rows = {
        row["pk"]: row
        for row in revisions.values("pk", "rule_id", "rule__code", "condition__code", *_AS_STORED)
    }
    sentences = RuleSentence.objects.filter(pk__in={key[1] for key in keys if key[1]}).order_by()
    words: dict[UUID | None, str] = dict(sentences.values_list("pk", "words"))
    movements = _movements(versions)
    return {
        key: _rule(
            rows[key[0]],
            movements.get(key[0], ()),
            words.get(key[1], ""),
            sentence_approved=key[2],
            approved=key[3],
        )
        for key in keys
        if key[0] in rows
    }


def _movements(versions: Collection[UUID]) -> Mapping[UUID, Iterable[str]]:
    named: dict[UUID, set[str]] = {}
    rows = RuleRevision.movements.through.objects.filter(rulerevision__in=versions)
    for revision, movement in rows.values_list("rulerevision_id", "movement__code"):
        named.setdefault(revision, set()).add(movement)
    return named


def _rule(
    row: Mapping[str, Any],
    movements: Iterable[str],
    sentence: str,
    *,
    sentence_approved: bool,
    approved: bool,
) -> Rule:
    return Rule(
        **{name: row[name] for name in _AS_THEY_ARE},
        code=row["rule__code"],
        version=row["number"],
        condition=row["condition__code"],
        level=Level(row["level"]),
        movements=frozenset(movements),
        anchor=Anchor(row["anchor"]) if row["anchor"] else None,
        sentence=sentence,
        sentence_approved=sentence_approved,
        pending=not approved,
        key=str(row["rule_id"]),
    )
