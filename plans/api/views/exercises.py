"""Exercises with their texts and pictures, for reading."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from plans import permissions
from plans.api.exceptions import refuse
from plans.api.filters import FlagFilter
from plans.api.lookups.exercises import serialize_exercises
from plans.api.permissions import READ_LIBRARY
from plans.api.serializers.exercises import ExerciseSerializer
from plans.api.serializers.fields import CODE_LENGTH
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.languages import LANGUAGES
from plans.libraryfiles import Equipment, Kind, Position, Target
from plans.models import (
    DrawingState,
    Exercise,
    ExerciseRevision,
    Picture,
    RevisionPicture,
)
from plans.queries import library
from plans.queries.exercise_pictures import drawings_offered
from plans.queries.exercise_search import RELEVANCE, by_relevance
from plans.queries.exercises import offered_revisions
from plans.rendering import drawings, storage


def _choices(kind: Any) -> list[tuple[str, str]]:
    return [(choice.value, choice.value) for choice in kind]


class ExerciseFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What exercises can be found by."""

    code = filters.CharFilter(max_length=CODE_LENGTH, label="The code, whole.")
    kind = filters.ChoiceFilter(choices=_choices(Kind), method="by_revision", label="What it is for.")
    position = filters.ChoiceFilter(
        choices=_choices(Position), method="by_revision", label="How the body starts."
    )
    movement = filters.CharFilter(
        max_length=CODE_LENGTH, method="by_movement", label="The code of a movement in it."
    )
    target = filters.ChoiceFilter(choices=_choices(Target), method="by_word", label="A part of the body.")
    equipment = filters.ChoiceFilter(
        choices=_choices(Equipment), method="by_word", label="Something it needs."
    )
    language = filters.ChoiceFilter(
        choices=[(language, language) for language in sorted(LANGUAGES)],
        method="by_language",
        label="Only exercises with a text in this language, and only that text.",
    )
    retired = FlagFilter(
        field_name="retired_on", lookup_expr="isnull", exclude=True, label="Whether it is offered no more."
    )
    search = filters.CharFilter(
        max_length=100,
        method="by_words",
        label=(
            "What it is called, in any language, what it helps, what part of the body it is for, what it needs or how"
            " it is done; typing errors are forgiven. The best come first, unless `ordering` is given."
        ),
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

    def by_words(self, rows: QuerySet[Exercise], name: str, value: str) -> QuerySet[Exercise]:
        language = self.data.get("language") or "en"
        return by_relevance(rows, value, clinics=self.clinics, language=language)

    def _with(self, rows: QuerySet[Exercise], **facts: str) -> QuerySet[Exercise]:
        found = offered_revisions(self.clinics).filter(**facts)
        return rows.filter(pk__in=found.values("exercise"))


WAIT_SECONDS = 1
LANGUAGE = OpenApiParameter(
    "language", str, enum=sorted(LANGUAGES), description="Only the text in this language."
)


@extend_schema_view(
    list=extend_schema(summary="List exercises"),
    retrieve=extend_schema(summary="Read an exercise", parameters=[LANGUAGE]),
)
class ExerciseViewSet(ListMixin, RetrieveMixin):
    """The shared library's exercises and those of the caller's clinics."""

    calls = {"list": READ_LIBRARY, "retrieve": READ_LIBRARY, "picture": READ_LIBRARY}
    model = Exercise
    serializer_class = ExerciseSerializer
    filterset_class = ExerciseFilter
    ordering_fields = ("code",)
    ordering = ("code",)
    parameters = {"retrieve": ("language",)}

    @property
    def default_ordering(self) -> tuple[str, ...]:
        return (f"-{RELEVANCE}", "code") if "search" in self.query else self.ordering

    def rows(self) -> QuerySet[Exercise]:
        language = self.request.query_params.get("language", "")
        if language and language not in LANGUAGES:
            refuse("language", f"One of {', '.join(sorted(LANGUAGES))}.")
        return library.with_offered_revision(
            permissions.exercises_of(self.person),
            clinics=permissions.clinics_with(self.person),
            language=language,
        )

    @extend_schema(
        summary="Download a picture",
        parameters=[
            OpenApiParameter("sha256", str, OpenApiParameter.PATH, description="The picture's name.")
        ],
        responses={
            (200, "image/png"): OpenApiTypes.BINARY,
            (200, "image/jpeg"): OpenApiTypes.BINARY,
            202: OpenApiResponse(description="It is being drawn: ask again after Retry-After seconds."),
        },
    )
    @action(detail=True, methods=["get"], url_path="pictures/<str:sha256>")
    def picture(self, request: Request, pk: UUID, sha256: str) -> HttpResponse:
        """Give a picture of any revision of the exercise. A figure is drawn when it is first asked for."""
        revisions = ExerciseRevision.objects.filter(
            exercise__in=permissions.exercises_of(self.person), exercise=pk
        )
        kept = RevisionPicture.objects.filter(revision__in=revisions, picture__sha256=sha256)
        row = kept.select_related("picture").first()
        picture = row.picture if row else _drawn_picture(revisions, sha256)
        if picture is None:
            waiting = HttpResponse(status=202)
            waiting["Retry-After"] = WAIT_SECONDS
            return waiting
        answer = HttpResponse(storage.read(str(picture.file)), content_type=picture.media_type)
        answer["ETag"] = f'"{sha256}"'
        return answer

    def present(self, rows: Sequence[Exercise]) -> list[dict[str, Any]]:
        return serialize_exercises(rows, clinics=permissions.clinics_with(self.person))


def _drawn_picture(revisions: QuerySet[ExerciseRevision], name: str) -> Picture | None:
    """Return a figure that was drawn, or ask for it. Raises NotFound for one that is none of these revisions'."""
    figures = set(revisions.exclude(kept_figure=None).values_list("kept_figure_id", flat=True))
    offered = {
        str(one.id_in(grey=False)): one for figure in figures if figure for one in drawings_offered(figure)
    }
    if name not in offered:
        raise NotFound
    (drawing,) = drawings.ask([offered[name]]).values()
    if drawing.state == DrawingState.FAILED:
        raise NotFound
    return drawing.picture
