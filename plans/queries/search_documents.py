"""The library's exercises and what they are called, as the search takes them: from what they are, not from rules."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from plans.models import Condition, ExerciseRevision, ExerciseText, Movement
from plans.search import Document, Field, Phrase, known_words, phrases_for
from plans.search.vocabulary import NO_EQUIPMENT

Fact = tuple[Field, str]


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A revision as it is searched, and what a list shows of it; `texts` has id and purpose by language."""

    document: Document
    revision: UUID
    exercise: UUID
    number: int
    position: str
    kind: str
    texts: Mapping[str, tuple[UUID, str]]


@dataclass(frozen=True, kw_only=True)
class Words:
    """What facts are called, which words are known, and which of them name conditions."""

    said: Mapping[Fact, Sequence[Phrase]]
    known: Collection[str]
    conditions: Collection[str]


def listed_revisions(ids: Collection[UUID]) -> list[Listed]:
    rows = ExerciseRevision.objects.filter(pk__in=ids).select_related("exercise").defer("figure")
    texts = Prefetch("texts", queryset=ExerciseText.objects.order_by("language"))
    return [_listed(row) for row in rows.prefetch_related(texts, "movements", "helps__condition")]


def words_of(entries: Collection[UUID]) -> Words:
    """Read what these conditions and movements are called."""
    said: dict[Fact, list[Phrase]] = {}
    conditions: set[str] = set()
    for code, name, also, icd10 in Condition.objects.filter(pk__in=entries).values_list(
        "code", "name", "also", "icd10"
    ):
        names = [name, *also, code.replace("_", " ")]
        conditions.update(names)
        said.setdefault((Field.HELPS, code), []).extend(Phrase(word) for word in (*names, *icd10))
    for code, name in Movement.objects.filter(pk__in=entries).values_list("code", "name"):
        names = [name, code.replace("_", " ")]
        said.setdefault((Field.MOVEMENT, code), []).extend(map(Phrase, names))
    return Words(said=_WithLists(said), known=known_words(), conditions=conditions)


class _WithLists(dict[Fact, Sequence[Phrase]]):
    """What the database calls its entries, and what the vocabulary calls the values of closed lists."""

    def get(self, fact: Any, default: Any = None) -> Any:
        if fact in self:
            return self[fact]
        field, value = fact
        return default if field in (Field.HELPS, Field.MOVEMENT) else phrases_for(field, value)


def _listed(row: ExerciseRevision) -> Listed:
    texts = list(row.texts.all())
    document = Document(
        key=str(row.exercise_id),
        code=row.exercise.code,
        names={text.language: text.name for text in texts},
        called=tuple(_called(row, texts)),
        facts=tuple(_facts(row)),
    )
    return Listed(
        document=document,
        revision=row.pk,
        exercise=row.exercise_id,
        number=row.number,
        position=row.get_position_display(),
        kind=row.get_kind_display(),
        texts={text.language: (text.pk, text.purpose) for text in texts},
    )


def _called(row: ExerciseRevision, texts: Sequence[Any]) -> Iterator[tuple[Field, Phrase]]:
    yield Field.CODE, Phrase(row.exercise.code)
    for text in texts:
        yield Field.NAME, Phrase(text.name, text.language)
        for name in text.also:
            yield Field.OTHER_NAME, Phrase(name, text.language)


def _facts(row: ExerciseRevision) -> Iterator[Fact]:
    yield Field.KIND, row.kind
    yield Field.POSITION, row.position
    if row.region:
        yield Field.REGION, row.region
    if row.level:
        yield Field.LEVEL, str(row.level)
    for target in row.targets:
        yield Field.TARGET, target
    for thing in row.equipment or [NO_EQUIPMENT]:
        yield Field.EQUIPMENT, thing
    for helped in row.helps.all():
        yield Field.HELPS, helped.condition.code
    for movement in row.movements.all():
        yield Field.MOVEMENT, movement.code
