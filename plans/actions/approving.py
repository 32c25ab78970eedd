"""A clinic's reviewer vouches for library content, by name and licence number, or takes it back."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from plans import audit, permissions
from plans.models import (
    AdviceText,
    Approval,
    AuditVerb,
    Clinic,
    ExerciseRevision,
    ExerciseText,
    Membership,
    Role,
    RuleRevision,
    RuleSentence,
    User,
)
from plans.permissions import NotAllowed
from plans.queries.approvals import standing
from plans.queries.wording import wording_name

Thing = ExerciseRevision | ExerciseText | RuleRevision | RuleSentence | AdviceText

NAMES: dict[type[Thing], str] = {
    ExerciseRevision: "revision",
    ExerciseText: "text",
    RuleRevision: "rule",
    RuleSentence: "sentence",
    AdviceText: "advice",
}


@transaction.atomic
def approve(*, things: Iterable[Thing], clinic: Clinic, by: User) -> int:
    """Approve each thing for the clinic; what is approved already stays. Gives how many were new."""
    licence_number = _licence(by, clinic)
    new = 0
    for thing in things:
        new += _approve(clinic, by, licence_number, {NAMES[type(thing)]: thing})
    audit.append(verb=AuditVerb.LIBRARY_APPROVED, by=by, what=clinic, clinic=clinic, detail={"count": new})
    return new


@transaction.atomic
def approve_exercises(*, revisions: Iterable[ExerciseRevision], clinic: Clinic, by: User) -> int:
    """Approve revisions with all their texts."""
    things: list[Thing] = []
    for revision in revisions:
        things += [revision, *revision.texts.all()]
    return approve(things=things, clinic=clinic, by=by)


@transaction.atomic
def approve_rules(*, revisions: Iterable[RuleRevision], clinic: Clinic, by: User) -> int:
    """Approve rule versions with all their sentences."""
    things: list[Thing] = []
    for revision in revisions:
        things += [revision, *revision.sentences.all()]
    return approve(things=things, clinic=clinic, by=by)


@transaction.atomic
def approve_wording(*, language: str, clinic: Clinic, by: User) -> int:
    """Approve the handout's fixed words of a language as they stand."""
    new = _approve(clinic, by, _licence(by, clinic), {"wording": wording_name(language)})
    detail: dict[str, audit.Detail] = {"language": language, "count": new}
    audit.append(verb=AuditVerb.LIBRARY_WORDING_APPROVED, by=by, what=clinic, clinic=clinic, detail=detail)
    return new


@transaction.atomic
def withdraw(*, approvals: Iterable[Approval], by: User) -> int:
    """Take approvals back; they stay as history. Plans that need them are stopped until a new approval."""
    count = 0
    for approval in approvals:
        _licence(by, approval.clinic)
        if approval.withdrawn_at is None:
            approval.withdrawn_at, approval.withdrawn_by = timezone.now(), by
            approval.save(update_fields=["withdrawn_at", "withdrawn_by"])
            audit.append(verb=AuditVerb.LIBRARY_WITHDRAWN, by=by, what=approval, clinic=approval.clinic)
            count += 1
    return count


def _licence(by: User, clinic: Clinic) -> str:
    if not permissions.may_review(by, clinic.pk):
        raise NotAllowed
    return Membership.objects.get(person=by, clinic=clinic, role=Role.REVIEWER).licence_number


def _approve(clinic: Clinic, by: User, licence_number: str, thing: dict[str, object]) -> int:
    if standing(clinic).filter(**thing).exists():
        return 0
    Approval.objects.create(clinic=clinic, by=by, licence_number=licence_number, **thing)
    return 1
