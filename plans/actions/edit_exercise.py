"""An exercise as its page sends it: written as a revision, with the easier one that stands beside its revisions."""

from django.db import transaction

from plans import audit, permissions
from plans.actions.exercises import write_exercise
from plans.actions.photo_rights import PhotoRights
from plans.exceptions import PlansError
from plans.libraryfiles import ExerciseData
from plans.models import AuditVerb, Clinic, Exercise, ExerciseInUse, ExerciseRevision, Picture, User
from plans.permissions import NotAllowed
from plans.pictures import ConvertedPicture


class EasierNotFitting(PlansError):
    """{exercise} cannot be the easier exercise: {problem}."""

    code = "easier_not_fitting"
    attribute = "easier"


@transaction.atomic
def edit_exercise(
    *,
    data: ExerciseData,
    figure: str = "",
    photo: Picture | ConvertedPicture | None = None,
    rights: PhotoRights | None = None,
    easier: Exercise | None = None,
    clinic: Clinic,
    by: User,
) -> ExerciseRevision:
    """Write a clinic's exercise, then which one is easier. Raises as write_exercise and name_easier do."""
    revision, _ = write_exercise(data=data, figure=figure, photo=photo, rights=rights, clinic=clinic, by=by)
    name_easier(exercise=revision.exercise, easier=easier, by=by)
    return revision


@transaction.atomic
def name_easier(*, exercise: Exercise, easier: Exercise | None, by: User) -> None:
    """Say what new sheets offer to those who cannot do a clinic's own exercise; None for nothing.

    One that is named already stays named, even if it was retired since. Raises NotAllowed and EasierNotFitting; then
    nothing is written.
    """
    # Two who name each other's exercise at once would make a circle. It does no harm: a sheet goes one step.
    stored = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if stored.clinic_id is None or not permissions.may_edit_library(by, stored.clinic_id):
        raise NotAllowed
    if stored.easier_id == (easier.pk if easier else None):
        return
    if easier is not None:
        _check_fitting(stored, easier)
    stored.easier = easier
    stored.save(update_fields=["easier"])
    detail: dict[str, audit.Detail] = {"code": stored.code, "easier": easier.code if easier else ""}
    audit.append(
        verb=AuditVerb.EXERCISE_EASIER_NAMED, by=by, what=stored, clinic=stored.clinic, detail=detail
    )


def _check_fitting(exercise: Exercise, easier: Exercise) -> None:
    if problem := _problem(exercise, easier):
        raise EasierNotFitting(exercise=easier.code, problem=problem)


def _problem(exercise: Exercise, easier: Exercise) -> str:
    if easier.pk == exercise.pk:
        return "no exercise is easier than itself"
    is_foreign = easier.clinic_id not in (None, exercise.clinic_id)
    if is_foreign or not ExerciseInUse.objects.filter(clinic=exercise.clinic, exercise=easier).exists():
        return "the clinic has not approved it"
    if easier.retired_on is not None:
        return "it is retired"
    return "it leads back to this exercise" if _leads_to(easier, exercise) else ""


def _leads_to(first: Exercise, wanted: Exercise) -> bool:
    seen, ahead = set(), first.easier
    while ahead is not None and ahead.pk not in seen:
        if ahead.pk == wanted.pk:
            return True
        seen.add(ahead.pk)
        ahead = ahead.easier
    return False
