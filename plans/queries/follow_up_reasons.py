"""Why a therapist should look at a plan again, from what its patient told: found anew with each telling.

pain    the newest day with pain over what the sheet lets the patient ease off at, also as a measure on the page
hurts   an exercise that hurt, or could not be done, in two sessions within four weeks; or two days of which no exercise
        is named, as on paper
sign    a warning sign that was ticked
easy    exercises of which each session of the last seven days told was done in full and too easy: at least three
        sessions on at least three days, in a week without pain over the value, and in which nothing hurt

What a person was done with comes again by a newer day only, or on the same day by something graver. Silence is no
telling: see silence.py.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from plans.content import PlanContent, from_json
from plans.libraryfiles import MeasureKind
from plans.models import (
    DayEntry,
    Feel,
    FollowUp,
    FollowUpKind,
    LogEntry,
    LogSource,
    Outcome,
    Plan,
    Publication,
    Score,
)
from plans.models.measures import NOW

WINDOW: Final = timedelta(days=27)
TWICE: Final = 2
EASY_DAYS: Final = 3
EASY_WINDOW: Final = timedelta(days=6)
HURTING: Final = (Feel.HURT, Feel.CANNOT)

Key = tuple[FollowUpKind, UUID | None]
Facts = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason with the numbers of its sentence; `day` is the newest that it speaks of."""

    kind: FollowUpKind
    item: UUID | None = None
    day: date
    publication: UUID
    facts: Facts

    @property
    def key(self) -> Key:
        return self.kind, self.item


@dataclass(frozen=True, kw_only=True)
class Past:
    """What there is of one kind and item already: what is open, and what a person was done with last."""

    open: FollowUp | None = None
    done: FollowUp | None = None

    def is_news(self, day: date, *, graver: bool) -> bool:
        return self.done is None or day > self.done.day or (day == self.done.day and graver)

    def first(self, usual: date) -> date:
        """Return the day from which tellings count: an open follow-up keeps those that it began with."""
        since = self.open.facts.get("since") if self.open else None
        return min(usual, date.fromisoformat(since)) if since else usual


@dataclass(frozen=True, kw_only=True)
class Pain:
    """Pain as it was told once; of an exercise only where it was felt after it."""

    day: date
    value: int
    item: UUID | None
    publication: UUID


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was told of a plan since a day, oldest first, with the versions that it was told of, and their contents."""

    entries: Sequence[LogEntry]
    days: Sequence[DayEntry]
    scores: Sequence[Score]
    contents: Mapping[UUID, PlanContent]
    newest: UUID
    first: date
    past: Mapping[Key, Past]

    def past_of(self, kind: FollowUpKind, item: UUID | None = None) -> Past:
        return self.past.get((kind, item), Past())

    @cached_property
    def exercises(self) -> Mapping[UUID, Mapping[UUID, str]]:
        """The code of each item's exercise, by version: an item keeps its key when its exercise is replaced."""
        return {
            version: {UUID(item.key): item.exercise_code for item in content.items}
            for version, content in self.contents.items()
        }

    @cached_property
    def over(self) -> Sequence[Pain]:
        """All pain over the value on the sheet of its version."""
        return [one for one in self._pains() if one.value > self.ease_off(one.publication)]

    def ease_off(self, version: UUID) -> int:
        return self.contents[version].clinic.pain_guide.ease_off_to

    def exercise_of(self, entry: LogEntry) -> str:
        return self.exercises[entry.publication_id].get(entry.item_key, "")

    def _pains(self) -> Iterator[Pain]:
        for entry in self.entries:
            for value, item in ((entry.pain_before, None), (entry.pain_after, entry.item_key)):
                if value is not None:
                    yield Pain(day=entry.day, value=value, item=item, publication=entry.publication_id)
        for day in self.days:
            if day.pain is not None:
                yield Pain(day=day.day, value=day.pain, item=None, publication=day.publication_id)
        for score in self.scores:
            yield Pain(day=score.day, value=score.value, item=None, publication=score.publication_id)


def read_told(plan: Plan, *, day: date, today: date) -> Told:
    """Read what reasons are found in, after something was told of this day. Six questions, however much was told."""
    past = _past(plan)
    usual = min(day, today) - WINDOW
    first = min((one.first(usual) for one in past.values()), default=usual)
    entries = list(LogEntry.objects.filter(plan=plan, day__gte=first).order_by("day", "session", "pk"))
    days = list(DayEntry.objects.filter(plan=plan, day__gte=first).order_by("day"))
    # What staff key in they have heard; a number of the first visit is known to who asked for it.
    scores = list(
        Score.objects.filter(
            NOW, plan=plan, day__gte=first, source=LogSource.PAGE, text__kind=MeasureKind.PAIN
        ).order_by("day")
    )
    newest = plan.publications.order_by("-number").values_list("pk", flat=True)[0]
    told: list[LogEntry | DayEntry | Score] = [*entries, *days, *scores]
    versions = {newest, *(row.publication_id for row in told)}
    rows = Publication.objects.filter(pk__in=versions).values_list("pk", "content__json")
    contents = {pk: from_json(json) for pk, json in rows}
    return Told(
        entries=entries,
        days=days,
        scores=scores,
        contents=contents,
        newest=newest,
        first=usual,
        past=past,
    )


def find_reasons(told: Told) -> list[Reason]:
    return [*_pain(told), *_signs(told), *_hurts(told), *_hurts_unnamed(told), *_easy(told)]


def _past(plan: Plan) -> dict[Key, Past]:
    # What has ended by itself is no answer of a person, so it keeps nothing from coming again.
    rows = FollowUp.objects.filter(plan=plan, ended_at=None).order_by("day", "done_at")
    found: dict[Key, dict[str, FollowUp]] = {}
    for row in rows:
        state = "open" if row.is_open else "done"
        found.setdefault((FollowUpKind(row.kind), row.item_key), {})[state] = row
    return {key: Past(**states) for key, states in found.items()}


def _pain(told: Told) -> Iterator[Reason]:
    past = told.past_of(FollowUpKind.PAIN)
    known, first = past.done.facts["pain"] if past.done else 0, past.first(told.first)
    new = [one for one in told.over if one.day >= first and past.is_news(one.day, graver=one.value > known)]
    if not new:
        return
    newest = max(one.day for one in new)
    worst = max((one for one in new if one.day == newest), key=lambda one: (one.value, one.item is not None))
    facts = {"pain": worst.value, "over": told.ease_off(worst.publication), **_span(one.day for one in new)}
    if worst.item:
        facts["item"] = str(worst.item)
    yield Reason(kind=FollowUpKind.PAIN, day=newest, publication=worst.publication, facts=facts)


def _signs(told: Told) -> Iterator[Reason]:
    past = told.past_of(FollowUpKind.SIGN)
    known, first = set(past.done.facts["signs"]) if past.done else set(), past.first(told.first)
    new = [
        day
        for day in told.days
        if day.signs and day.day >= first and past.is_news(day.day, graver=not known.issuperset(day.signs))
    ]
    if new:
        codes = dict.fromkeys(code for day in reversed(new) for code in day.signs)
        facts = {"signs": list(codes), **_span(day.day for day in new)}
        yield _reason(FollowUpKind.SIGN, new[-1], facts)


def _hurts(told: Told) -> Iterator[Reason]:
    hurting = sorted(
        (entry for entry in told.entries if entry.feel in HURTING and told.exercise_of(entry)),
        key=lambda entry: entry.item_key.int,
    )
    for item, rows in groupby(hurting, key=lambda entry: entry.item_key):
        of_item = list(rows)
        exercise = told.exercise_of(of_item[-1])
        yield from _twice(told, item, [row for row in of_item if told.exercise_of(row) == exercise])


def _hurts_unnamed(told: Told) -> Iterator[Reason]:
    yield from _twice(told, None, [day for day in told.days if day.feel in HURTING])


def _twice(told: Told, item: UUID | None, rows: Sequence[LogEntry | DayEntry]) -> Iterator[Reason]:
    past = told.past_of(FollowUpKind.HURTS, item)
    first = past.first(told.first)
    new = [row for row in rows if row.day >= first and past.is_news(row.day, graver=False)]
    if len(new) >= TWICE:
        counts = {feel.value: sum(row.feel == feel for row in new) for feel in HURTING}
        facts = {**counts, **_span(row.day for row in new)}
        yield _reason(FollowUpKind.HURTS, new[-1], facts, item=item)


def _easy(told: Told) -> Iterator[Reason]:
    if not told.entries:
        return
    past, newest = told.past_of(FollowUpKind.EASY), told.entries[-1].day
    week = [entry for entry in told.entries if entry.day >= newest - EASY_WINDOW]
    of_days = {day.day: day for day in told.days if day.day >= newest - EASY_WINDOW}
    if _something_hurt(told, [*week, *of_days.values()], newest - EASY_WINDOW):
        return
    easy: list[LogEntry] = []
    for item, exercise in told.exercises[told.newest].items():
        rows = [row for row in week if row.item_key == item and told.exercise_of(row) == exercise]
        if all(_is_easy(row, of_days) for row in rows):
            new = [row for row in rows if past.is_news(row.day, graver=False)]
            easy += new if len({row.day for row in new}) >= EASY_DAYS else []
    if easy:
        items = dict.fromkeys(str(row.item_key) for row in easy)
        facts = {"items": list(items), "sessions": len(easy), **_span(row.day for row in easy)}
        yield _reason(FollowUpKind.EASY, max(easy, key=lambda row: row.day), facts)


def _something_hurt(told: Told, rows: Sequence[LogEntry | DayEntry], first: date) -> bool:
    over = any(one.day >= first for one in told.over)
    return over or any(row.feel in HURTING or getattr(row, "signs", ()) for row in rows)


def _is_easy(entry: LogEntry, of_days: Mapping[date, DayEntry]) -> bool:
    """Whether it was done in full and too easy; where only the day says how it went, as on paper, the day counts."""
    of_day = of_days.get(entry.day)
    feel = entry.feel or (of_day.feel if of_day else "")
    return entry.outcome == Outcome.ALL and feel == Feel.TOO_EASY


def _reason(
    kind: FollowUpKind, row: LogEntry | DayEntry, facts: Facts, *, item: UUID | None = None
) -> Reason:
    return Reason(kind=kind, item=item, day=row.day, publication=row.publication_id, facts=facts)


def _span(days: Iterable[date]) -> dict[str, Any]:
    told = sorted(set(days))
    return {"days": len(told), "since": told[0].isoformat()}
