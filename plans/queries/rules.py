"""The library's rules and words as the engine takes them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from plans.contraindications import Anchor, Level, Rule, Vocabulary
from plans.models import Clinic, Condition, Movement, RuleRevision, RuleSentence
from plans.queries.approvals import standing

Sentence = tuple[str, bool]
NO_SENTENCE: Sentence = ("", False)
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


def rules_for(clinic: Clinic, *, language: str) -> tuple[Rule, ...]:
    """The newest version of every rule in force, with its sentence in the patient's language.

    Read as plain values: each publish and each look at a plan asks for all of them.
    """
    revisions = RuleRevision.objects.filter(_in_force(clinic)).order_by("rule__code")
    rows = list(revisions.values("pk", "rule__code", "condition__code", *_AS_STORED))
    if not rows:
        return ()
    movements, sentences = _movements(clinic), _sentences(clinic, language)
    return tuple(
        _rule(row, movements.get(row["pk"], ()), sentences.get(row["pk"], NO_SENTENCE)) for row in rows
    )


def _in_force(clinic: Clinic, prefix: str = "") -> Q:
    newest = Q(**{f"{prefix}newest": True, f"{prefix}rule__retired_on": None})
    return newest & shared_or_of(clinic, f"{prefix}rule__")


def _movements(clinic: Clinic) -> Mapping[UUID, Iterable[str]]:
    named: dict[UUID, set[str]] = {}
    rows = RuleRevision.movements.through.objects.filter(_in_force(clinic, "rulerevision__"))
    for revision, movement in rows.values_list("rulerevision_id", "movement__code"):
        named.setdefault(revision, set()).add(movement)
    return named


def _sentences(clinic: Clinic, language: str) -> Mapping[UUID, Sentence]:
    """The words by the rule's version, and whether the clinic has approved them."""
    approved = Exists(standing(clinic).filter(sentence=OuterRef("pk")))
    rows = RuleSentence.objects.filter(_in_force(clinic, "revision__"), language=language)
    return {key: (words, good) for key, words, good in rows.values_list("revision_id", "words", approved)}


def _rule(row: Mapping[str, Any], movements: Iterable[str], sentence: Sentence) -> Rule:
    words, approved = sentence
    return Rule(
        **{name: row[name] for name in _AS_THEY_ARE},
        code=row["rule__code"],
        version=row["number"],
        condition=row["condition__code"],
        level=Level(row["level"]),
        movements=frozenset(movements),
        anchor=Anchor(row["anchor"]) if row["anchor"] else None,
        sentence=words,
        sentence_approved=approved,
    )
