"""Exercises as the API tells them: read for all at once."""

from collections.abc import Collection, Sequence
from typing import Any, cast
from uuid import UUID

from django.db.models import Model
from django.urls import reverse

from plans.api.serializers.doses import dose_fields
from plans.content import DrawingContent
from plans.drawer import MAX_SIZE, MEDIA_TYPE
from plans.models import (
    Drawing,
    Exercise,
    ExerciseRevision,
    ExerciseText,
    RevisionPicture,
)
from plans.queries import library
from plans.queries.exercise_pictures import drawings_offered

Marks = dict[UUID, list[UUID]]
"""The caller's clinics that approve a revision or a text, by its id."""
Drawn = dict[UUID, tuple[int, int]]


def serialize_exercises(exercises: Sequence[Exercise], *, clinics: Collection[UUID]) -> list[dict[str, Any]]:
    """Return exercises, read with the revision offered to these clinics, as what the serializer tells."""
    revisions = [revision for exercise in exercises for revision in _offered(exercise)]
    texts = [text for revision in revisions for text in revision.texts.all()]
    marks = {
        **library.approving_clinics("revision", _ids(revisions), clinics),
        **library.approving_clinics("text", _ids(texts), clinics),
    }
    drawn = _drawn(revisions)
    return [
        _exercise(exercise, revision, marks, drawn)
        for exercise in exercises
        for revision in _offered(exercise)
    ]


def _ids(rows: Collection[Model]) -> list[UUID]:
    return [row.pk for row in rows]


def _offered(exercise: Exercise) -> list[ExerciseRevision]:
    """Return the revision to tell of, as the query of the list read it; none where there is none yet."""
    return cast(library.WithOffered, exercise).offered[:1]


def _pending(exercise: Exercise, revision: ExerciseRevision) -> dict[str, Any] | None:
    newest = cast(library.WithOffered, exercise)
    if newest.newest_id == revision.pk:
        return None
    return {"id": newest.newest_id, "number": newest.newest_number}


def _exercise(exercise: Exercise, revision: ExerciseRevision, marks: Marks, drawn: Drawn) -> dict[str, Any]:
    steps = revision if revision.tells_steps else exercise
    return {
        "id": exercise.pk,
        "code": exercise.code,
        "clinic_id": exercise.clinic_id,
        "retired_on": exercise.retired_on,
        "alternative_to": exercise.alternative_to,
        "easier": steps.easier,
        "harder": steps.harder,
        "revision": _revision(revision, marks, drawn),
        "pending": _pending(exercise, revision),
    }


def _revision(revision: ExerciseRevision, marks: Marks, drawn: Drawn) -> dict[str, Any]:
    return {
        "id": revision.pk,
        "number": revision.number,
        "kind": revision.kind,
        "position": revision.position,
        "targets": revision.targets,
        "region": revision.region,
        "level": revision.level,
        "helps": [{"condition": one.condition.code, "source": one.source} for one in revision.helps.all()],
        "movements": [movement.code for movement in revision.movements.all()],
        "equipment": revision.equipment,
        "one_sided": revision.one_sided,
        "limb": revision.limb,
        "dose": dose_fields(revision.dose),
        "safe": [{"field": field, "low": low, "high": high} for field, (low, high) in revision.safe.items()],
        "safe_source": revision.safe_source,
        "source": revision.source,
        "disagreement": str(revision.disagreement or ""),
        "sources_disagree": revision.sources_disagree,
        "approved_for": _approved_for(revision, marks),
        "texts": [_text(text, marks) for text in revision.texts.all()],
        "pictures": _pictures(revision, drawn),
    }


def _text(text: ExerciseText, marks: Marks) -> dict[str, Any]:
    names = ("language", "name", "purpose", "start", "steps", "breathing", "cautions", "alt", "also")
    return {**{name: getattr(text, name) for name in names}, "approved_for": _approved_for(text, marks)}


def _approved_for(row: Model, marks: Marks) -> list[str]:
    return [str(pk) for pk in marks.get(row.pk, [])]


def _pictures(revision: ExerciseRevision, drawn: Drawn) -> list[dict[str, Any]]:
    if revision.kept_figure_id:
        return [_drawing(one, revision, drawn) for one in drawings_offered(revision.kept_figure_id)]
    return [_picture(row, revision) for row in revision.pictures.all()]


def _picture(row: RevisionPicture, revision: ExerciseRevision) -> dict[str, Any]:
    picture = row.picture
    return {
        "body": row.body,
        "mirrored": row.mirrored,
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
        "url": reverse("api:exercises-picture", args=[revision.exercise_id, picture.sha256]),
    }


def _drawing(drawing: DrawingContent, revision: ExerciseRevision, drawn: Drawn) -> dict[str, Any]:
    pk = drawing.id_in(grey=False)
    width, height = drawn.get(pk, MAX_SIZE)
    return {
        "body": drawing.body,
        "mirrored": drawing.mirrored,
        "media_type": MEDIA_TYPE,
        "width": width,
        "height": height,
        "url": reverse("api:exercises-picture", args=[revision.exercise_id, pk]),
    }


def _drawn(revisions: Sequence[ExerciseRevision]) -> Drawn:
    """Return the sizes of what is drawn already, by the drawing's id."""
    figures = [revision.kept_figure_id for revision in revisions if revision.kept_figure_id]
    rows = (
        Drawing.objects.filter(figure__in=figures, picture__isnull=False)
        if figures
        else Drawing.objects.none()
    )
    return {
        pk: (width, height)
        for pk, width, height in rows.values_list("pk", "picture__width", "picture__height")
    }
