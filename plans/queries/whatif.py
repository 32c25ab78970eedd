"""What the rules would say of a patient and exercises that are not stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from plans.contraindications import (
    ConditionFacts,
    Finding,
    PlanFacts,
    SymptomFacts,
    check,
)
from plans.models import Plan, PlanItem
from plans.queries.exercises import chosen_revisions
from plans.queries.facts import facts_of
from plans.queries.rules import rules_for, vocabulary_for
from plans.queries.wording import language_ready


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """The findings, and the facts they rest on."""

    findings: tuple[Finding, ...]
    facts: PlanFacts


def check_unstored(
    plan: Plan,
    items: Sequence[PlanItem],
    *,
    conditions: Sequence[ConditionFacts],
    symptoms: Sequence[SymptomFacts],
) -> WhatIf:
    """Run the engine on an unsaved plan of an unsaved patient of a stored clinic; nothing is written."""
    patient = plan.patient
    chosen = chosen_revisions(
        {item.revision_id for item in items}, clinic=patient.clinic, language=patient.language
    )
    facts = facts_of(
        plan,
        items,
        chosen=chosen,
        today=timezone.localdate(),
        language=patient.language,
        language_ready=language_ready(patient.clinic, patient.language),
    )
    facts = replace(facts, conditions=tuple(conditions), symptoms=tuple(symptoms))
    rules = rules_for(patient.clinic, language=patient.language)
    return WhatIf(findings=check(facts, rules, vocabulary_for(patient.clinic)), facts=facts)
