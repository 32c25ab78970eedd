"""An exercise as a card: its picture, what it is, what speaks against it for this patient, who uses it."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.admin.base.thumbnails import thumbnail_address
from plans.admin.plans.presenters import LEVELS
from plans.admin.programmes.picker import found_by
from plans.admin.words.equipment import equipment_name
from plans.admin.words.findings import in_words
from plans.contraindications import ReviewState
from plans.models import Clinic
from plans.queries.conflicts import Conflict
from plans.queries.exercise_search import FoundExercise
from plans.queries.exercises import Chosen
from plans.queries.habits import Usual
from plans.queries.library_snapshot import LibrarySnapshot


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What is usual here and for the person, by exercise."""

    usual: Mapping[UUID, Usual]
    recent: Mapping[UUID, date]
    favourites: AbstractSet[UUID]


@dataclass(frozen=True, kw_only=True)
class Needed:
    """A piece of equipment, and whether the patient is known to have none."""

    name: str
    is_missing: bool


@dataclass(frozen=True, kw_only=True)
class Against:
    """What the rules say, as a badge: the gravest level, its sign, and each message."""

    level: str
    word: str
    icon: str
    messages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Card:
    """One exercise, in the revision that the clinic goes on with."""

    exercise: UUID
    revision: UUID
    name: str
    purpose: str
    position: str
    kind: str
    picture: str
    needs: tuple[Needed, ...]
    approved: bool
    against: Against | None
    reasons: tuple[str, ...]
    is_favourite: bool


def cards_of(
    found: Sequence[FoundExercise],
    *,
    clinic: Clinic,
    language: str,
    library: LibrarySnapshot,
    conflicts: Mapping[UUID, Conflict],
    habits: Habits,
    at_home: AbstractSet[str] | None,
) -> list[Card]:
    chosen = library.chosen([one.listed.revision for one in found], clinic, language)
    return [
        _card(
            one,
            chosen[one.listed.revision],
            language=language,
            against=conflicts.get(one.listed.revision),
            reasons=_reasons(one, habits, language),
            is_favourite=one.listed.exercise in habits.favourites,
            at_home=at_home,
        )
        for one in found
        if one.listed.revision in chosen
    ]


def _card(
    one: FoundExercise,
    chosen: Chosen,
    *,
    language: str,
    against: Conflict | None,
    reasons: tuple[str, ...],
    is_favourite: bool,
    at_home: AbstractSet[str] | None,
) -> Card:
    listed, revision = one.listed, chosen.revision
    _text, purpose = listed.texts.get(language) or listed.texts.get("en") or (None, "")
    return Card(
        exercise=listed.exercise,
        revision=listed.revision,
        name=listed.document.name_in(language),
        purpose=purpose,
        position=revision.get_position_display(),
        kind=revision.get_kind_display(),
        picture=thumbnail_address(revision, chosen.pictures),
        needs=tuple(
            Needed(name=equipment_name(thing), is_missing=at_home is not None and thing not in at_home)
            for thing in revision.equipment
        ),
        approved=chosen.revision_state is chosen.text_state is ReviewState.APPROVED,
        against=_against(against) if against else None,
        reasons=reasons,
        is_favourite=is_favourite,
    )


def _against(conflict: Conflict) -> Against:
    word, icon = LEVELS[conflict.level]
    return Against(
        level=conflict.level.value,
        word=str(word),
        icon=icon,
        messages=tuple(map(in_words, conflict.messages)),
    )


def _reasons(one: FoundExercise, habits: Habits, language: str) -> tuple[str, ...]:
    """Say why it might be the one: habit is named as habit."""
    exercise, said = one.listed.exercise, []
    if usual := habits.usual.get(exercise):
        counted = {"count": usual.patients, "all": usual.of, "condition": usual.condition}
        said.append(_("In %(count)s of this clinic's %(all)s plans for %(condition)s") % counted)
    if day := habits.recent.get(exercise):
        said.append(_("In your plan of %(day)s") % {"day": date_format(day, "DATE_FORMAT", use_l10n=True)})
    if exercise in habits.favourites:
        said.append(_("Your favourite"))
    if why := found_by(one, language):
        said.append(why)
    return tuple(said)
