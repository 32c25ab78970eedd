"""The library's rules and words as the engine takes them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet, Value, Window
from django.db.models.functions import Coalesce, Rank

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
    # Ranked once, and not asked for each version, for the reason that _judging tells.
    approvals = Approval.objects.filter(clinic__in=clinics, withdrawn_at=None, rule__isnull=False)
    place = Window(Rank(), partition_by=F("rule__rule"), order_by=F("rule__number").desc())
    last = approvals.annotate(place=place).filter(place=1)
    return RuleRevision.objects.filter(
        Q(pk__in=last.values("rule")) | Q(newest=True) & ~Q(rule__in=approvals.values("rule__rule"))
    )


def _judging(clinic: Clinic, language: str) -> list[Key]:
    # Two plain reads in one question, so that both tell of one moment, put together here. With "no later one is
    # approved" inside, PostgreSQL went through all approvals for each pair of versions wherever it still took the
    # tables for empty, as after a library was loaded: seconds for each look at a plan.
    versions = []
    approved: set[UUID] = set()
    once: set[UUID] = set()
    for kind, code, number, pk, rule, said, newest, retired in _versions_and_approvals(clinic, language):
        if kind == "version":
            versions.append((code, number, pk, rule, said, newest, retired))
            continue
        once.add(pk)
        approved.update(() if retired else (pk,))
    versions.sort(key=lambda row: row[:2])
    last = {rule: number for _, number, pk, rule, *_ in versions if pk in approved}
    return [
        (pk, said, said in approved, pk in approved)
        for _, number, pk, rule, said, newest, retired in versions
        if not retired and (newest or pk in once) and number >= last.get(rule, 0)
    ]


_Row = tuple[str, str, int, UUID, UUID, UUID | None, bool, bool]


def _versions_and_approvals(clinic: Clinic, language: str) -> Iterable[_Row]:
    """Read all versions with their sentence, and which versions and sentences were approved; True last: not now."""
    in_language = FilteredRelation("sentences", condition=Q(sentences__language=language))
    versions = RuleRevision.objects.filter(shared_or_of(clinic, "rule__")).annotate(said=in_language)
    own = Approval.objects.filter(Q(rule__isnull=False) | Q(sentence__isnull=False), clinic=clinic)
    about = own.annotate(about=Coalesce("rule", "sentence"), withdrawn=Q(withdrawn_at__isnull=False))
    ids, no = ("about",) * 3, Value(value=False)
    approvals = about.order_by().values_list(Value("approval"), Value(""), Value(0), *ids, no, "withdrawn")
    columns = ("rule__code", "number", "pk", "rule", "said__pk", "newest", "retired")
    rows: Iterable[_Row] = (
        versions.order_by().values_list(Value("version"), *columns).union(approvals, all=True)
    )
    return rows


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
