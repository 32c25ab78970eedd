"""A clinic's reviewer vouches for library content, by name and licence number, or takes it back."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from plans import audit, permissions
from plans.drawer import DRAWER_VERSION
from plans.enqueue import enqueue_recheck
from plans.models import (
    AdviceText,
    Approval,
    AuditVerb,
    Clinic,
    Exercise,
    ExerciseInUse,
    ExerciseRevision,
    ExerciseText,
    LeafletText,
    LibraryProtocolRevision,
    MeasureText,
    Membership,
    Role,
    RuleRevision,
    RuleSentence,
    SentBack,
    SymptomSentence,
    User,
    VocabularyRevision,
)
from plans.models.library_review import SENT
from plans.permissions import NotAllowed
from plans.queries.approvals import standing
from plans.queries.wording import wording_name

Thing = (
    ExerciseRevision
    | ExerciseText
    | RuleRevision
    | RuleSentence
    | AdviceText
    | LeafletText
    | LibraryProtocolRevision
    | VocabularyRevision
    | SymptomSentence
    | MeasureText
)

NAMES: dict[type[Thing], str] = {
    ExerciseRevision: "revision",
    ExerciseText: "text",
    RuleRevision: "rule",
    RuleSentence: "sentence",
    AdviceText: "advice",
    LeafletText: "leaflet",
    LibraryProtocolRevision: "protocol",
    VocabularyRevision: "vocabulary",
    SymptomSentence: "sign",
    MeasureText: "measure",
}


@transaction.atomic
def approve(*, things: Iterable[Thing], clinic: Clinic, by: User) -> int:
    """Approve each thing for the clinic; what is approved already stays. Return how many were new."""
    licence_number = _licence(by, clinic)
    new, things = 0, list(things)
    for thing in things:
        new += _approve(clinic, by, licence_number, {NAMES[type(thing)]: thing})
    _close_sent_back(things, clinic, by)
    audit.append(verb=AuditVerb.LIBRARY_APPROVED, by=by, what=clinic, clinic=clinic, detail={"count": new})
    return new


def _close_sent_back(things: Iterable[Thing], clinic: Clinic, by: User) -> None:
    """Who approves what was sent back has read why: it waits for no newer version any more."""
    ids: dict[str, list[UUID]] = {}
    for thing in things:
        ids.setdefault(NAMES[type(thing)], []).append(thing.pk)
    asked = {name: found for name, found in ids.items() if name in SENT}
    named = Q(pk__in=())
    for name, found in asked.items():
        named |= Q(**{f"{name}__in": found})
    if asked:
        rows = SentBack.objects.filter(named, clinic=clinic, closed_at=None)
        rows.update(closed_at=timezone.now(), closed_by=by)


@transaction.atomic
def approve_exercises(*, revisions: Iterable[ExerciseRevision], clinic: Clinic, by: User) -> int:
    things: list[Thing] = []
    for revision in revisions:
        things += [revision, *revision.texts.all()]
    return approve(things=things, clinic=clinic, by=by)


@transaction.atomic
def approve_rules(*, revisions: Iterable[RuleRevision], clinic: Clinic, by: User) -> int:
    things: list[Thing] = []
    for revision in revisions:
        things += [revision, *revision.sentences.all()]
    return approve(things=things, clinic=clinic, by=by)


@transaction.atomic
def approve_wording(*, language: str, clinic: Clinic, by: User) -> int:
    new = _approve(clinic, by, _licence(by, clinic), {"wording": wording_name(language)})
    detail: dict[str, audit.Detail] = {"language": language, "count": new}
    audit.append(verb=AuditVerb.LIBRARY_WORDING_APPROVED, by=by, what=clinic, clinic=clinic, detail=detail)
    return new


@transaction.atomic
def withdraw(*, approvals: Iterable[Approval], by: User) -> int:
    """Take approvals back; they stay as history. Plans that need them are stopped until a new approval.

    No older revision of an exercise comes into use by that, and no rule becomes weaker. The plans that patients
    follow are checked again.
    """
    count = 0
    affected: dict[tuple[UUID, UUID | None], tuple[Clinic, Exercise | None]] = {}
    for approval in approvals:
        _licence(by, approval.clinic)
        if approval.withdrawn_at is None:
            end_approval(approval, by)
            audit.append(verb=AuditVerb.LIBRARY_WITHDRAWN, by=by, what=approval, clinic=approval.clinic)
            exercise = _exercise_of(approval)
            affected[approval.clinic_id, exercise.pk if exercise else None] = approval.clinic, exercise
            count += 1
    for clinic, exercise in affected.values():
        if (clinic.pk, None) not in affected or exercise is None:
            enqueue_recheck(clinic, exercise)
    return count


def _exercise_of(approval: Approval) -> Exercise | None:
    """The exercise on whose plans an approval bears; None for one that may bear on all plans."""
    revision = approval.revision or (approval.text.revision if approval.text else None)
    return revision.exercise if revision else None


def end_approval(approval: Approval, by: User) -> None:
    approval.withdrawn_at, approval.withdrawn_by = timezone.now(), by
    approval.save(update_fields=["withdrawn_at", "withdrawn_by"])
    if approval.revision_id:
        ExerciseInUse.objects.filter(clinic=approval.clinic, revision=approval.revision_id).delete()


def _licence(by: User, clinic: Clinic) -> str:
    if not permissions.may_review(by, clinic.pk):
        raise NotAllowed
    return Membership.objects.get(person=by, clinic=clinic, role=Role.REVIEWER).licence_number


def _approve(clinic: Clinic, by: User, licence_number: str, thing: dict[str, object]) -> int:
    revision = thing.get("revision")
    held = standing(clinic).filter(**thing).first()
    if isinstance(revision, ExerciseRevision) and _take_into_use(revision, clinic) and held:
        # Back to a revision that was approved before another: who decided that, and when, is a new approval.
        end_approval(held, by)
        _take_into_use(revision, clinic)
        held = None
    drawer = DRAWER_VERSION if isinstance(revision, ExerciseRevision) and revision.kept_figure_id else ""
    if held and isinstance(revision, ExerciseRevision) and drawer not in ("", held.drawer):
        # The same words, drawn anew: what was approved is printed as it was until somebody approves the new picture.
        end_approval(held, by)
        _take_into_use(revision, clinic)
        held = None
    if held:
        return 0
    Approval.objects.create(
        clinic=clinic, approved_by=by, licence_number=licence_number, drawer=drawer, **thing
    )
    return 1


def _take_into_use(revision: ExerciseRevision, clinic: Clinic) -> bool:
    rows = ExerciseInUse.objects.filter(clinic=clinic, exercise=revision.exercise_id)
    if rows.filter(revision=revision).exists():
        return False
    ExerciseInUse.objects.update_or_create(
        clinic=clinic, exercise_id=revision.exercise_id, defaults={"revision": revision}
    )
    return True
