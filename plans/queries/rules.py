"""The library's rules and words as the engine takes them."""

from django.db.models import Prefetch, Q

from plans.contraindications import Anchor, Level, Rule, Vocabulary
from plans.models import Clinic, Condition, Movement, RuleRevision, RuleSentence
from plans.queries.approvals import approved_ids


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
    """The newest version of every rule in force, with its sentence in the patient's language."""
    sentences = RuleSentence.objects.filter(language=language)
    revisions = list(
        RuleRevision.objects.filter(shared_or_of(clinic, "rule__"), newest=True, rule__retired_on=None)
        .select_related("rule", "condition")
        .prefetch_related("movements", Prefetch("sentences", queryset=sentences, to_attr="in_language"))
        .order_by("rule__code")
    )
    said = {revision.pk: _sentence(revision) for revision in revisions}
    approved = approved_ids(clinic, "sentence", [sentence.pk for sentence in said.values() if sentence])
    return tuple(_rule(revision, said[revision.pk], approved) for revision in revisions)


def _sentence(revision: RuleRevision) -> RuleSentence | None:
    in_language: list[RuleSentence] = getattr(revision, "in_language", [])
    return in_language[0] if in_language else None


def _rule(revision: RuleRevision, sentence: RuleSentence | None, approved: frozenset[object]) -> Rule:
    return Rule(
        code=revision.rule.code,
        version=revision.number,
        condition=revision.condition.code,
        level=Level(revision.level),
        movements=frozenset(movement.code for movement in revision.movements.all()),
        whole_plan=revision.whole_plan,
        anchor=Anchor(revision.anchor) if revision.anchor else None,
        from_day=revision.from_day,
        to_day=revision.to_day,
        until_cleared=revision.until_cleared,
        rationale=revision.rationale,
        evidence=revision.evidence,
        source=revision.source,
        counter_evidence=revision.counter_evidence,
        sentence=sentence.words if sentence else "",
        sentence_approved=sentence is not None and sentence.pk in approved,
    )
