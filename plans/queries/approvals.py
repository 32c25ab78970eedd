"""What a clinic's reviewers have approved."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from plans.models import Approval, Clinic, ExerciseRevision, ExerciseText, RuleRevision, RuleSentence


def standing(clinic: Clinic) -> QuerySet[Approval]:
    """Approvals of the clinic that are not withdrawn."""
    return Approval.objects.filter(clinic=clinic, withdrawn_at=None)


def approved_ids(clinic: Clinic, thing: str, ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these revisions, texts, rules, sentences or advice texts the clinic has approved."""
    rows = standing(clinic).filter(**{f"{thing}__in": ids})
    return frozenset(rows.values_list(f"{thing}_id", flat=True))


def wording_approved(clinic: Clinic, wording: str) -> bool:
    """Whether the clinic's reviewer vouches for the fixed words with this name."""
    return standing(clinic).filter(wording=wording).exists()


def exercise_work(clinic: Clinic) -> QuerySet[ExerciseRevision]:
    """Newest revisions that wait for this clinic's approval, or have a text that does."""
    texts = ExerciseText.objects.filter(revision=OuterRef("pk")).exclude(_approved(clinic, "text"))
    newest = ExerciseRevision.objects.filter(newest=True, exercise__retired_on=None).filter(
        Q(exercise__clinic=None) | Q(exercise__clinic=clinic)
    )
    return newest.filter(~_approved(clinic, "revision") | Exists(texts))


def rule_work(clinic: Clinic) -> QuerySet[RuleRevision]:
    """Newest rule versions that wait for this clinic's approval, or have a sentence that does."""
    sentences = RuleSentence.objects.filter(revision=OuterRef("pk")).exclude(_approved(clinic, "sentence"))
    newest = RuleRevision.objects.filter(newest=True, rule__retired_on=None).filter(
        Q(rule__clinic=None) | Q(rule__clinic=clinic)
    )
    return newest.filter(~_approved(clinic, "rule") | Exists(sentences))


def _approved(clinic: Clinic, thing: str) -> Q:
    return Q(Exists(standing(clinic).filter(**{thing: OuterRef("pk")})))
