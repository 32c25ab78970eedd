"""Exercises found by words, in what clinics see of the library: for plans, protocols, lists and the API alike."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from plans.models import Exercise
from plans.queries.cache import ImmutableCache
from plans.queries.library_stamp import LibraryStamp, revision_in, stamp_of
from plans.queries.search_documents import Listed, listed_revisions, words_of
from plans.search import Hit, SearchIndex

RELEVANCE = "relevance"
"""The column by which what was found is ordered."""


@dataclass(frozen=True, kw_only=True)
class FoundExercise:
    """An exercise that was found, and how."""

    listed: Listed
    hit: Hit


@dataclass(frozen=True, kw_only=True)
class _Library:
    """A library at one moment, ready to be searched."""

    index: SearchIndex
    listed: Mapping[str, Listed]


def search_exercises(
    words: str, *, clinics: Collection[UUID], language: str, retired: bool = False
) -> list[FoundExercise]:
    """Return the exercises that the words fit, the best first; all of them, by name, without words.

    They are those that these clinics go on with, approved or not, and with `retired` those that are offered no more.
    """
    stamp = stamp_of(clinics)
    library = _library(stamp)
    now = {revision_in(one) for one in (stamp.current | stamp.retired if retired else stamp.current)}
    hits = library.index.find(words, language=language)
    found = ((library.listed[hit.document.key], hit) for hit in hits)
    return [FoundExercise(listed=listed, hit=hit) for listed, hit in found if listed.revision in now]


def by_relevance(
    exercises: QuerySet[Exercise], words: str, *, clinics: Collection[UUID], language: str
) -> QuerySet[Exercise]:
    """Return those of the exercises that the words fit, with their relevance as a column."""
    found = search_exercises(words, clinics=clinics, language=language, retired=True)
    scores: dict[int, list[UUID]] = {}
    for one in found:
        scores.setdefault(one.hit.score, []).append(one.listed.exercise)
    cases = [When(pk__in=ids, then=Value(score)) for score, ids in scores.items()]
    relevance = Case(*cases, default=Value(0), output_field=IntegerField())
    wanted = exercises.filter(pk__in=[one.listed.exercise for one in found])
    return wanted.annotate(**{RELEVANCE: relevance})


_listed: ImmutableCache[str, Listed] = ImmutableCache(max_size=4000)


@lru_cache(maxsize=6)
def _library(stamp: LibraryStamp) -> _Library:
    """Read a library as it was at one moment: by that it is kept, and an approval counts in each process at once.

    Clinics that have no exercises and no approvals of their own share one.
    """
    rows = _newest(_listed.get(stamp.current | stamp.retired, _read_listed).values())
    words = words_of(stamp.entries)
    index = SearchIndex(
        (row.document for row in rows), said=words.said, known=words.known, conditions=words.conditions
    )
    return _Library(index=index, listed={row.document.key: row for row in rows})


def _read_listed(named: Collection[str]) -> Mapping[str, Listed]:
    revisions = {revision_in(one): one for one in named}
    return {revisions[row.revision]: row for row in listed_revisions(revisions)}


def _newest(rows: Iterable[Listed]) -> list[Listed]:
    """Return one revision of each exercise: with several clinics it may have several."""
    newest = {row.exercise: row for row in sorted(rows, key=lambda row: row.number)}
    return list(newest.values())
