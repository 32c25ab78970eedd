"""The library's rules and words as the engine takes them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from plans.contraindications import Anchor, Level, Rule, Vocabulary
from plans.models import Clinic, Condition, Movement, RuleRevision, RuleSentence
from plans.queries.approvals import standing
from plans.queries.kept import Kept

Key = tuple[UUID, UUID | None, bool]
"""A rule's version, its sentence in one language, and whether the clinic approved that."""
_AS_THEY_ARE = (
    "whole_plan",
    "from_day",
    "to_day",
    "until_cleared",
    "rationale",
    "evidence",
    "source",
    "counter_evidence",
)
_AS_STORED = (*_AS_THEY_ARE, "number", "level", "anchor")


def shared_or_of(clinic: Clinic | None, prefix: str = "") -> Q:
    """The shared library, and the clinic's own when there is a clinic."""
    return Q(**{f"{prefix}clinic": None}) | Q(**{f"{prefix}clinic": clinic})


def vocabulary_for(clinic: Clinic) -> Vocabulary:
    """Movements with the wider ones they imply, conditions with parents, causes to treat first."""
    movements: dict[str, set[str]] = {}
    for code, wider in Movement.objects.filter(shared_or_of(clinic)).values_list("code", "implies__code"):
        movements.setdefault(code, set()).update({wider} if wider else ())
    conditions = list(
        Condition.objects.filter(shared_or_of(clinic)).values_list(
            "code", "parent__code", "treat_cause_first"
        )
    )
    return Vocabulary(
        movements=movements,
        conditions={code: parent for code, parent, _ in conditions},
        cause_first={code for code, _, first in conditions if first},
    )


_rules: Kept[Key, Rule] = Kept(most=5000)


def rules_for(clinic: Clinic, *, language: str) -> tuple[Rule, ...]:
    """The newest version of every rule in force, with its sentence in the patient's language.

    Which rules are in force is asked each time, as each publish and each look at a plan must know; what a version
    says is written once and kept.
    """
    keys = _in_force(clinic, language)
    known = _rules.get(keys, _read)
    return tuple(known[key] for key in keys if key in known)


def _in_force(clinic: Clinic, language: str) -> list[Key]:
    in_language = FilteredRelation("sentences", condition=Q(sentences__language=language))
    rows = RuleRevision.objects.filter(shared_or_of(clinic, "rule__"), newest=True, rule__retired_on=None)
    rows = rows.annotate(
        said=in_language, approved=Exists(standing(clinic).filter(sentence=OuterRef("said__pk")))
    )
    return list(rows.order_by("rule__code").values_list("pk", "said__pk", "approved"))


def _read(keys: Collection[Key]) -> Mapping[Key, Rule]:
    versions = {version for version, _, _ in keys}
    revisions = RuleRevision.objects.filter(pk__in=versions)
    rows = {row["pk"]: row for row in revisions.values("pk", "rule__code", "condition__code", *_AS_STORED)}
    sentences = RuleSentence.objects.filter(pk__in={sentence for _, sentence, _ in keys if sentence})
    words: dict[UUID | None, str] = dict(sentences.values_list("pk", "words"))
    movements = _movements(versions)
    return {
        key: _rule(rows[key[0]], movements.get(key[0], ()), words.get(key[1], ""), approved=key[2])
        for key in keys
        if key[0] in rows
    }


def _movements(versions: Collection[UUID]) -> Mapping[UUID, Iterable[str]]:
    named: dict[UUID, set[str]] = {}
    rows = RuleRevision.movements.through.objects.filter(rulerevision__in=versions)
    for revision, movement in rows.values_list("rulerevision_id", "movement__code"):
        named.setdefault(revision, set()).add(movement)
    return named


def _rule(row: Mapping[str, Any], movements: Iterable[str], sentence: str, *, approved: bool) -> Rule:
    return Rule(
        **{name: row[name] for name in _AS_THEY_ARE},
        code=row["rule__code"],
        version=row["number"],
        condition=row["condition__code"],
        level=Level(row["level"]),
        movements=frozenset(movements),
        anchor=Anchor(row["anchor"]) if row["anchor"] else None,
        sentence=sentence,
        sentence_approved=approved,
    )
