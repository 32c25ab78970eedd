"""One look into the library beside a plan: what fits, in its order, a part at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from plans.admin.plans.shelf.asked import Asked, Group
from plans.admin.plans.shelf.cards import Card, Habits, cards_of
from plans.admin.plans.shelf.facet_words import Facet, facets_of
from plans.admin.plans.shelf.facets import Ticked, narrow, preset
from plans.exceptions import PlansError
from plans.models import Clinic, Plan, User
from plans.queries.conflicts import Conflict, conflicts_of
from plans.queries.exercise_search import FoundExercise, search_exercises
from plans.queries.habits import Usual, favourites_of, recent_exercises, usual_exercises
from plans.queries.library_snapshot import LibrarySnapshot

A_PAGE = 24


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What the page shows: cards from one on, how many there are in all, groups with their numbers, facets."""

    asked: Asked
    ticked: Ticked
    cards: list[Card]
    count: int
    groups: Mapping[Group, int]
    facets: list[Facet]
    at_home: bool
    unchecked: str = ""

    @property
    def next_start(self) -> int:
        """Where the next page begins; 0 where there is none."""
        end = self.asked.start + A_PAGE
        return end if end < self.count else 0


def look(asked: Asked, *, plan: Plan, person: User, clinic: Clinic, language: str) -> Shelf:
    """Return a page of the exercises that fit the words and all that is ticked, the best first."""
    patient = plan.patient if plan.patient_id else None
    ticked = preset(patient.equipment if patient else ()) if asked.fresh else asked.ticked
    found = {
        one.listed.exercise: one
        for one in search_exercises(asked.words, clinics=[clinic.pk], language=language)
    }
    usual: Mapping[UUID, Usual] = usual_exercises(patient) if patient else {}
    recent: Mapping[UUID, date] = recent_exercises(person, besides=plan)
    favourites = favourites_of(person)
    library = LibrarySnapshot()
    named = [found[pk].listed.revision for pk in usual if pk in found]
    against, unchecked = _against(plan, named, library)
    usual = {
        pk: row
        for pk, row in usual.items()
        if pk in found and not unchecked and not _is_held_back(against.get(found[pk].listed.revision))
    }
    orders: Mapping[Group, Callable[[], Sequence[FoundExercise]]] = {
        Group.ALL: lambda: list(found.values()),
        Group.USUAL: partial(_in_order, found, usual, words=asked.words),
        Group.RECENT: partial(_in_order, found, recent, words=asked.words),
        Group.FAVOURITES: lambda: [one for pk, one in found.items() if pk in favourites],
    }
    fitting = {group: narrow([one.listed for one in rows()], ticked) for group, rows in orders.items()}
    shown = fitting[asked.group]
    page = [found[one.exercise] for one in shown.listed[asked.start : asked.start + A_PAGE]]
    more, failed = _against(plan, [one.listed.revision for one in page], library)
    own = [condition.condition.code for condition in patient.conditions.all()] if patient else []
    return Shelf(
        asked=asked,
        ticked=ticked,
        cards=cards_of(
            page,
            clinic=clinic,
            language=language,
            library=library,
            conflicts={**against, **more},
            habits=Habits(usual=usual, recent=recent, favourites=favourites),
            at_home=frozenset(patient.equipment) if patient and patient.equipment else None,
        ),
        count=len(shown.listed),
        groups={group: len(rows.listed) for group, rows in fitting.items()},
        facets=facets_of(shown, ticked, first=own),
        at_home=bool(asked.fresh and ticked["equipment"]),
        unchecked=unchecked or failed,
    )


def _in_order(
    found: Mapping[UUID, FoundExercise], group: Mapping[UUID, object], *, words: str
) -> list[FoundExercise]:
    """Return those of the group: in its own order, or with words as the search ranks them."""
    if words.strip():
        return [one for pk, one in found.items() if pk in group]
    return [found[pk] for pk in group if pk in found]


def _against(
    plan: Plan, revisions: Sequence[UUID], library: LibrarySnapshot
) -> tuple[Mapping[UUID, Conflict], str]:
    """Return what speaks against them for this patient, or why that could not be asked."""
    if not plan.patient_id or not revisions:
        return {}, ""
    try:
        return conflicts_of(plan, revisions, library=library), ""
    except PlansError as error:
        return {}, str(error)


def _is_held_back(conflict: Conflict | None) -> bool:
    return bool(conflict and conflict.holds_back)
