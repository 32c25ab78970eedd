"""What the rules reach: exercises that none speaks of, conditions that have none."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from plans.contraindications import Vocabulary
from plans.models import Clinic, Condition, ExerciseText
from plans.queries.exercises import offered_revisions
from plans.queries.rules import judging_versions, shared_or_of, vocabulary_for


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Names of exercises without a rule, of conditions without a rule, and rules that no exercise meets."""

    exercises: list[str]
    exercise_count: int
    conditions: list[str]
    condition_count: int
    idle_rules: list[str]
    rule_count: int


def coverage(clinic: Clinic) -> Coverage:
    """Compare the exercises in use and the rules that judge; wider movements and parents count."""
    vocabulary = vocabulary_for(clinic)
    rules = list(judging_versions(clinic).select_related("rule", "condition").prefetch_related("movements"))
    asked: dict[str, set[str]] = {}
    for rule in rules:
        asked.setdefault(rule.rule.code, set()).update(movement.code for movement in rule.movements.all())
    whole = {rule.rule.code for rule in rules if rule.whole_plan}
    moved = _movements_of_exercises(clinic, vocabulary)
    reached = set().union(*asked.values()) if asked else set()
    conditions = list(Condition.objects.filter(shared_or_of(clinic)).select_related("parent"))
    ruled = {rule.condition.code for rule in rules}
    every = set().union(*moved.values()) if moved else set()
    return Coverage(
        exercises=sorted(name for name, codes in moved.items() if reached.isdisjoint(codes)),
        exercise_count=len(moved),
        conditions=sorted(row.name for row in conditions if not _has_rule(row.code, ruled, vocabulary)),
        condition_count=len(conditions),
        idle_rules=sorted(
            code for code, codes in asked.items() if code not in whole and every.isdisjoint(codes)
        ),
        rule_count=len(asked),
    )


def _has_rule(code: str, ruled: set[str], vocabulary: Vocabulary) -> bool:
    return not ruled.isdisjoint(vocabulary.with_parents(code, where=_("The coverage report")))


def _movements_of_exercises(clinic: Clinic, vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    english = ExerciseText.objects.filter(language="en")
    rows = (
        offered_revisions([clinic.pk])
        .filter(shared_or_of(clinic, "exercise__"), exercise__retired_on=None)
        .select_related("exercise")
        .prefetch_related("movements", Prefetch("texts", queryset=english, to_attr="english"))
    )
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        texts: list[ExerciseText] = getattr(row, "english", [])
        codes = [vocabulary.wider(movement.code, where=row.exercise.code) for movement in row.movements.all()]
        found[texts[0].name if texts else row.exercise.code] = frozenset().union(*codes)
    return found
