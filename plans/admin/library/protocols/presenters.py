"""A protocol of the library as its page, and the reviewer's, show it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from plans.admin.protocols.presenters import dose_in_words
from plans.models import LibraryProtocolItem, LibraryProtocolRevision
from plans.queries.protocols import names_of


@dataclass(frozen=True, kw_only=True)
class LibraryProtocolLine:
    """One exercise with its dose in words, and whether plans of the clinic may take it."""

    item: LibraryProtocolItem
    name: str
    dose: str
    is_usable: bool


def lines_of(revision: LibraryProtocolRevision, *, clinics: Collection[UUID]) -> list[LibraryProtocolLine]:
    items = list(revision.items.all())
    names = names_of({item.exercise_id for item in items}, clinics=clinics)
    return [
        LibraryProtocolLine(
            item=item,
            name=names.get(item.exercise_id, item.exercise.code),
            dose=dose_in_words(item.dose),
            is_usable=item.exercise.retired_on is None,
        )
        for item in items
    ]


def window_of(revision: LibraryProtocolRevision) -> str:
    """Say the days as a clinic's own protocol says them."""
    if not revision.anchor:
        return ""
    anchor = revision.get_anchor_display()
    if revision.to_day is None:
        return _("from day %(first)s since the %(anchor)s") % {"first": revision.from_day, "anchor": anchor}
    said = {"first": revision.from_day, "last": revision.to_day - 1, "anchor": anchor}
    return _("from day %(first)s to %(last)s since the %(anchor)s") % said
