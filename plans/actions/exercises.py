"""Exercises: a changed one becomes a new revision; what was approved or published stays as it was."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from plans import audit, permissions
from plans.actions.approving import end_approval
from plans.actions.exercise_steps import Steps
from plans.actions.exercise_texts import add_texts, differs, texts_of
from plans.actions.fingerprints import fingerprint
from plans.actions.library_texts import clean_exercise
from plans.actions.photo_rights import PhotoRights, PhotoWithoutConsent, clean_rights, columns_of
from plans.actions.pictures import (
    add_picture,
    drawn_before,
    keep_figure,
    picture_of_clinic,
    take_over,
)
from plans.enqueue import enqueue_recheck
from plans.exceptions import PlansError
from plans.libraryfiles import ExerciseData
from plans.models import (
    AuditVerb,
    Clinic,
    Condition,
    Exercise,
    ExerciseRevision,
    Figure,
    Movement,
    Picture,
    PictureBody,
    PlanItem,
    ProtocolItem,
    RevisionHelp,
    RevisionPicture,
    User,
)
from plans.models.base import dose_columns
from plans.permissions import NotAllowed
from plans.pictures import ConvertedPicture
from plans.queries.approvals import standing
from plans.queries.rules import shared_or_of


class UnknownMovement(PlansError):
    """The library has no movement {code}."""

    code = "unknown_movement"


class UnknownHelp(PlansError):
    """The library has no condition {code}, which the exercise is said to help."""

    code = "unknown_help"


class ExerciseStillNamed(PlansError):
    """{exercise} is in {count} plan(s) and protocol(s), so it cannot be deleted. Retire it instead."""

    code = "exercise_in_use"


@transaction.atomic
def write_exercise(
    *,
    data: ExerciseData,
    figure: str = "",
    photo: Picture | ConvertedPicture | None = None,
    rights: PhotoRights | None = None,
    steps: Steps | None = None,
    clinic: Clinic | None,
    by: User | None,
) -> tuple[ExerciseRevision, bool]:
    """Write an exercise as a new revision, or give the newest one if it says the same already.

    `figure` holds the poses as YAML; a photograph, kept already or just uploaded, takes the figure's place. One that
    is uploaded needs `rights`; one that was kept goes on with those that are given. A text in a further language joins
    the newest revision; texts in languages that are not given stay. Without a clinic it is the shared library's,
    written by nobody but the loader, which gives the `steps` too: what is easier and harder waits with the revision.
    Returns the revision and whether anything is new. Raises PhotoWithoutConsent.
    """
    _check_allowed(clinic, by)
    data = clean_exercise(data)
    rights = clean_rights(rights) if rights else None
    if isinstance(photo, ConvertedPicture):
        if rights is None:
            raise PhotoWithoutConsent
        photo = add_picture(picture=photo, clinic=clinic, by=by)
    elif photo is not None:
        # The photograph of an exercise that was copied from another clinic's belongs to that clinic.
        photo = picture_of_clinic(photo, clinic)
    exercise, _ = Exercise.objects.select_for_update().get_or_create(code=data.code, clinic=clinic)
    newest = exercise.revisions.filter(newest=True).first()
    # Poses of the first drawer can be read no more; as long as they stay as they are, so do the pictures.
    kept = drawn_before(newest) if newest and not photo and figure and newest.figure == figure else []
    shown = (
        [photo.sha256, *(rights.marks if rights else ())] if photo else [row.picture.sha256 for row in kept]
    )
    mark = fingerprint(data, figure, *shown)
    is_same = newest and newest.fingerprint == mark and (steps is None or steps.are_those_of(newest))
    if newest and is_same and not differs(newest, data):
        added = add_texts(newest, data.texts)
        return newest, bool(added)
    texts = {**(texts_of(newest) if newest else {}), **data.texts}
    drawn = keep_figure(figure) if figure and not photo and not kept else None
    if steps:
        steps.keep_former(exercise)
    revision = _insert(exercise, data, figure, mark, newest, drawn, steps)
    add_texts(revision, texts)
    if photo:
        RevisionPicture.objects.create(
            revision=revision, body=PictureBody.PHOTO, picture=photo, **columns_of(rights)
        )
    take_over(kept, revision)
    detail: dict[str, audit.Detail] = {"code": data.code, "number": revision.number}
    audit.append(verb=AuditVerb.EXERCISE_REVISED, by=by, what=revision, clinic=clinic, detail=detail)
    return revision, True


@transaction.atomic
def retire_exercise(*, exercise: Exercise, by: User | None) -> None:
    """Offer it no more; plans that have it keep it, with a finding, and those that patients follow are listed."""
    _check_allowed(exercise.clinic, by)
    exercise.retired_on = exercise.clinic.today() if exercise.clinic else timezone.localdate()
    exercise.save(update_fields=["retired_on"])
    audit.append(verb=AuditVerb.EXERCISE_RETIRED, by=by, what=exercise, clinic=exercise.clinic)
    if exercise.clinic:
        enqueue_recheck(exercise.clinic, exercise)


@transaction.atomic
def recall_exercise(*, exercise: Exercise, clinic: Clinic, by: User) -> int:
    """Withdraw all approvals of its revisions in a clinic, and have the plans that patients follow checked again.

    Until a reviewer approves a revision anew no plan takes it or is published with it. Return how many were withdrawn.
    """
    if not permissions.may_recall(by, clinic.pk) or exercise.clinic_id not in (None, clinic.pk):
        raise NotAllowed
    approvals = list(standing(clinic).filter(revision__exercise=exercise).select_related("clinic"))
    for approval in approvals:
        end_approval(approval, by)
    detail: dict[str, audit.Detail] = {"code": exercise.code, "count": len(approvals)}
    audit.append(verb=AuditVerb.EXERCISE_RECALLED, by=by, what=exercise, clinic=clinic, detail=detail)
    enqueue_recheck(clinic, exercise)
    return len(approvals)


@transaction.atomic
def delete_exercise(*, exercise: Exercise, by: User) -> None:
    """Delete an exercise that no plan or protocol names. Raises ExerciseStillNamed; what was issued stays."""
    _check_allowed(exercise.clinic, by)
    count = PlanItem.objects.filter(revision__exercise=exercise).values("plan").distinct().count()
    count += ProtocolItem.objects.filter(exercise=exercise).values("protocol").distinct().count()
    if count:
        raise ExerciseStillNamed(exercise=exercise.code, count=count)
    audit.append(verb=AuditVerb.EXERCISE_DELETED, by=by, what=exercise, clinic=exercise.clinic)
    exercise.delete()


def _check_allowed(clinic: Clinic | None, by: User | None) -> None:
    # Nobody signed in writes the shared library; the loader runs without a person.
    if by is None:
        return
    if clinic is None or not permissions.may_edit_library(by, clinic.pk):
        raise NotAllowed


def _insert(
    exercise: Exercise,
    data: ExerciseData,
    figure: str,
    mark: str,
    newest: ExerciseRevision | None,
    kept_figure: Figure | None,
    steps: Steps | None,
) -> ExerciseRevision:
    exercise.revisions.filter(newest=True).update(newest=False)
    revision = ExerciseRevision.objects.create(
        exercise=exercise,
        number=newest.number + 1 if newest else 1,
        kind=data.kind,
        position=data.position,
        targets=list(data.targets),
        region=data.region or "",
        level=data.level,
        equipment=list(data.equipment),
        one_sided=data.one_sided,
        limb=data.limb or "",
        movement_sides=dict(data.movement_sides),
        safe={field: [span.low, span.high] for field, span in data.safe.items()},
        safe_source=data.safe_source,
        source=data.source,
        source_note=data.source_note,
        sources_disagree=data.disagreement.to_dict() if data.disagreement else None,
        figure=figure,
        kept_figure=kept_figure,
        fingerprint=mark,
        **(steps.columns if steps else {}),
        **dose_columns(data.dose),
    )
    revision.movements.set(_movements(data.movements, exercise.clinic))
    conditions = _conditions([one.condition for one in data.helps], exercise.clinic)
    RevisionHelp.objects.bulk_create(
        RevisionHelp(revision=revision, condition=conditions[one.condition], source=one.source)
        for one in data.helps
    )
    return revision


def _conditions(codes: Sequence[str], clinic: Clinic | None) -> dict[str, Condition]:
    found = Condition.objects.filter(shared_or_of(clinic), code__in=codes)
    known = {row.code: row for row in sorted(found, key=lambda row: row.clinic_id is not None)}
    for code in codes:
        if code not in known:
            raise UnknownHelp(code=code)
    return known


def _movements(codes: tuple[str, ...], clinic: Clinic | None) -> list[Movement]:
    found = Movement.objects.filter(shared_or_of(clinic), code__in=codes)
    known = {movement.code: movement for movement in found}
    for code in codes:
        if code not in known:
            raise UnknownMovement(code=code)
    return [known[code] for code in codes]
