"""Exercises with their texts and pictures, for reading."""

from collections.abc import Collection, Sequence
from typing import Any, cast
from uuid import UUID

import django_filters as filters
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.api.filters import YesNo
from plans.api.permissions import Call
from plans.api.serializers.doses import dose_shown
from plans.api.serializers.library import ExerciseShown
from plans.api.viewsets.base import ApiViewSet, refuse
from plans.languages import LANGUAGES
from plans.libraryfiles import Equipment, Kind, Position, Target
from plans.models import (
    Exercise,
    ExerciseRevision,
    ExerciseText,
    RevisionPicture,
)
from plans.queries import library
from plans.queries.exercises import offered_revisions
from plans.rendering import storage

Marks = dict[UUID, list[UUID]]
"""The caller's clinics that approve a revision or a text, by its id."""
READ = Call("library:read", permissions.may_read_library)


def _choices(kind: Any) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in kind]


class ExerciseFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What exercises can be found by."""

    code = filters.CharFilter(max_length=64, label="The code, whole.")
    kind = filters.ChoiceFilter(choices=_choices(Kind), method="by_revision", label="What it is for.")
    position = filters.ChoiceFilter(
        choices=_choices(Position), method="by_revision", label="How the body starts."
    )
    movement = filters.CharFilter(max_length=64, method="by_movement", label="The code of a movement in it.")
    target = filters.ChoiceFilter(choices=_choices(Target), method="by_word", label="A part of the body.")
    equipment = filters.ChoiceFilter(
        choices=_choices(Equipment), method="by_word", label="Something it needs."
    )
    language = filters.ChoiceFilter(
        choices=[(one, one) for one in sorted(LANGUAGES)],
        method="by_language",
        label="Only exercises with a text in this language, and only that text.",
    )
    retired = YesNo(
        field_name="retired_on", lookup_expr="isnull", exclude=True, label="Whether it is offered no more."
    )
    search = filters.CharFilter(
        max_length=100, method="by_name", label="Words that must all occur in the code or a name."
    )

    @property
    def clinics(self) -> set[UUID]:
        """Where the caller works: the revisions in use there are looked at."""
        return permissions.clinics_with(self.request.user)

    def by_revision(self, rows: QuerySet[Exercise], name: str, value: str) -> QuerySet[Exercise]:
        return self._with(rows, **{name: value})

    def by_movement(self, rows: QuerySet[Exercise], name: str, value: str) -> QuerySet[Exercise]:
        return self._with(rows, movements__code=value)

    def by_word(self, rows: QuerySet[Exercise], name: str, value: str) -> QuerySet[Exercise]:
        return library.holding(rows, "targets" if name == "target" else name, value, clinics=self.clinics)

    def by_language(self, rows: QuerySet[Exercise], name: str, value: str) -> QuerySet[Exercise]:
        return self._with(rows, texts__language=value)

    def by_name(self, rows: QuerySet[Exercise], name: str, value: str) -> QuerySet[Exercise]:
        return library.named(rows, value, clinics=self.clinics)

    def _with(self, rows: QuerySet[Exercise], **facts: str) -> QuerySet[Exercise]:
        found = offered_revisions(self.clinics).filter(**facts)
        return rows.filter(pk__in=found.values("exercise"))


LANGUAGE = OpenApiParameter(
    "language", str, enum=sorted(LANGUAGES), description="Only the text in this language."
)


@extend_schema_view(
    list=extend_schema(summary="List exercises"),
    retrieve=extend_schema(summary="Read an exercise", parameters=[LANGUAGE]),
)
class Exercises(ApiViewSet):
    """The shared library's exercises and those of the caller's clinics."""

    calls = {"list": READ, "retrieve": READ, "picture": READ}
    serializer_class = ExerciseShown
    filterset_class = ExerciseFilter
    ordering_fields = ("code",)
    ordering = ("code",)

    @property
    def parameters(self) -> tuple[str, ...]:  # type: ignore[override]  # of some actions alone
        return ("language",) if self.action == "retrieve" else ()

    def rows(self) -> QuerySet[Exercise]:
        language = self.request.query_params.get("language", "")
        if language and language not in LANGUAGES:
            refuse("language", f"One of {', '.join(sorted(LANGUAGES))}.")
        return library.with_offered_revision(
            permissions.exercises_of(self.person),
            clinics=permissions.clinics_with(self.person),
            language=language,
        )

    def queryset_for_schema(self) -> QuerySet[Exercise]:
        return Exercise.objects.all()

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(self._data(page))

    def retrieve(self, request: Request, pk: UUID) -> Response:
        return self.answer(self._data([self.get_object()])[0])

    @extend_schema(
        summary="Download a picture",
        parameters=[
            OpenApiParameter("sha256", str, OpenApiParameter.PATH, description="The picture's name.")
        ],
        responses={(200, "image/png"): OpenApiTypes.BINARY, (200, "image/jpeg"): OpenApiTypes.BINARY},
    )
    @action(detail=True, methods=["get"], url_path="pictures/<str:sha256>")
    def picture(self, request: Request, pk: UUID, sha256: str) -> HttpResponse:
        """Give a picture of any revision of the exercise."""
        exercise = permissions.exercises_of(self.person).filter(pk=pk)
        row = (
            RevisionPicture.objects.filter(revision__exercise__in=exercise, picture__sha256=sha256)
            .select_related("picture")
            .first()
        )
        if row is None:
            raise NotFound
        answer = HttpResponse(storage.read(str(row.picture.file)), content_type=row.picture.media_type)
        answer["ETag"] = f'"{sha256}"'
        return answer

    def _data(self, exercises: Sequence[Exercise]) -> Any:
        own = permissions.clinics_with(self.person)
        revisions = [revision for exercise in exercises for revision in _offered(exercise)]
        texts = [text for revision in revisions for text in revision.texts.all()]
        marks = {
            **library.approving_clinics("revision", _ids(revisions), own),
            **library.approving_clinics("text", _ids(texts), own),
        }
        told = [_exercise(exercise, one, marks) for exercise in exercises for one in _offered(exercise)]
        return ExerciseShown(told, many=True).data


def _ids(rows: Collection[Model]) -> list[UUID]:
    return [row.pk for row in rows]


def _offered(exercise: Exercise) -> list[ExerciseRevision]:
    """Return the revision to tell of, as the query of the list read it; none where there is none yet."""
    return cast(library.WithOffered, exercise).offered[:1]


def _pending(exercise: Exercise, revision: ExerciseRevision) -> dict[str, Any] | None:
    """Return the newest revision where it is another one."""
    newest = cast(library.WithOffered, exercise)
    if newest.newest_id == revision.pk:
        return None
    return {"id": newest.newest_id, "number": newest.newest_number}


def _exercise(exercise: Exercise, revision: ExerciseRevision, marks: Marks) -> dict[str, Any]:
    return {
        "id": exercise.pk,
        "code": exercise.code,
        "clinic_id": exercise.clinic_id,
        "retired_on": exercise.retired_on,
        "alternative_to": exercise.alternative_to,
        "revision": _revision(revision, marks),
        "pending": _pending(exercise, revision),
    }


def _revision(revision: ExerciseRevision, marks: Marks) -> dict[str, Any]:
    return {
        "id": revision.pk,
        "number": revision.number,
        "kind": revision.kind,
        "position": revision.position,
        "targets": revision.targets,
        "movements": [movement.code for movement in revision.movements.all()],
        "equipment": revision.equipment,
        "one_sided": revision.one_sided,
        "dose": dose_shown(revision.dose),
        "safe": [{"field": field, "low": low, "high": high} for field, (low, high) in revision.safe.items()],
        "safe_source": revision.safe_source,
        "source": revision.source,
        "disagreement": str(revision.disagreement or ""),
        "sources_disagree": revision.sources_disagree,
        "approved_for": _approved_for(revision, marks),
        "texts": [_text(text, marks) for text in revision.texts.all()],
        "pictures": [_picture(row, revision) for row in revision.pictures.all()],
    }


def _text(text: ExerciseText, marks: Marks) -> dict[str, Any]:
    names = ("language", "name", "purpose", "start", "steps", "cautions", "alt")
    return {**{name: getattr(text, name) for name in names}, "approved_for": _approved_for(text, marks)}


def _approved_for(row: Model, marks: Marks) -> list[str]:
    return [str(pk) for pk in marks.get(row.pk, [])]


def _picture(row: RevisionPicture, revision: ExerciseRevision) -> dict[str, Any]:
    picture = row.picture
    return {
        "body": row.body,
        "mirrored": row.mirrored,
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
        "url": f"/api/v1/exercises/{revision.exercise_id}/pictures/{picture.sha256}/",
    }
