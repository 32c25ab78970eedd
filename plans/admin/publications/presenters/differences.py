"""What changed against the version before, in words, signs and colours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.admin.words.dose_line import dose_line
from plans.content import (
    Comparison,
    ItemContent,
    ItemDifference,
    LeafletContent,
    PlanContent,
    compare,
    from_json,
)
from plans.models import Publication

FIELDS = {
    "title": _lazy("Title"),
    "goals": _lazy("Goals"),
    "note": _lazy("Note to the patient"),
    "start_date": _lazy("Starts"),
    "review_date": _lazy("Review"),
    "therapies": _lazy("Beside it"),
    "leaflets": _lazy("Leaflets"),
}


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One thing that happened to a row: word and sign, and a look that colours it: good, stop or avoid."""

    word: str
    sign: str
    look: str


@dataclass(frozen=True, kw_only=True)
class Detail:
    """A value before and after; blank where there was none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One exercise, or the plan's own words, with all that happened to it."""

    name: str
    marks: tuple[Mark, ...]
    details: tuple[Detail, ...]


@dataclass(frozen=True, kw_only=True)
class Differences:
    """What changed since a version."""

    since: int
    rows: tuple[Row, ...]


def differences_from(last: Publication | None, content: PlanContent) -> Differences | None:
    """Return what this content says differently than the version before; None when there is none."""
    if last is None:
        return None
    comparison = compare(from_json(last.content.json), content)
    return Differences(since=last.number, rows=tuple(_rows(comparison)))


def differences_of(publication: Publication) -> Differences | None:
    before = publication.plan.publications.filter(number__lt=publication.number).order_by("-number")
    last = before.select_related("content").first()
    return differences_from(last, from_json(publication.content.json)) if last else None


def _rows(comparison: Comparison) -> Iterator[Row]:
    for item in comparison.items:
        if item:
            yield Row(name=_name(item), marks=tuple(_marks(item)), details=tuple(_details(item)))
    texts = tuple(
        Detail(label=str(FIELDS[name]), before=_words(before), after=_words(after))
        for name, before, after in comparison.texts
    )
    if texts:
        yield Row(name=_("The plan"), marks=(_changed(_("Changed")),), details=texts)
    if comparison.other_advice:
        yield Row(name=_("The plan"), marks=(_changed(_("Other advice")),), details=())
    if comparison.other_signs:
        yield Row(name=_("The plan"), marks=(_changed(_("Other warning signs")),), details=())


def _name(item: ItemDifference) -> str:
    if item.replaced and item.before and item.after:
        return f"{item.before.name} → {item.after.name}"
    return (item.after or item.before).name  # type: ignore[union-attr]  # one of the two is there


def _marks(item: ItemDifference) -> Iterator[Mark]:
    if item.added:
        yield Mark(word=_("Added"), sign="+", look="good")
    if item.removed:
        yield Mark(word=_("Removed"), sign="−", look="stop")
    if item.replaced:
        yield Mark(word=_("Replaced"), sign="⇄", look="avoid")
    if item.moved:
        yield Mark(word=_("Moved"), sign="↕", look="")
    if item.other_dose:
        yield _changed(_("Dose"))
    if item.other_note or item.other_caution:
        yield _changed(_("Note or caution"))
    if item.other_instructions:
        yield _changed(_("Instructions"))


def _changed(word: str) -> Mark:
    return Mark(word=word, sign="≠", look="avoid")


def _details(item: ItemDifference) -> Iterator[Detail]:
    before, after = item.before, item.after
    if item.moved and before and after:
        yield Detail(label=_("Place"), before=str(before.number), after=str(after.number))
    if item.added or item.removed or item.other_dose:
        yield Detail(label=_("Dose"), before=_dose(before), after=_dose(after))
    if item.other_caution and before and after:
        yield Detail(label=_("Caution"), before=before.extra_caution, after=after.extra_caution)
    if item.other_note and before and after:
        yield Detail(label=_("Note"), before=before.note, after=after.note)


def _dose(item: ItemContent | None) -> str:
    return dose_line(item.dose, limb=item.limb) if item else ""


def _words(value: object) -> str:
    """Return a value of the plan in words; of a list its parts."""
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, tuple):
        return ", ".join(one.title if isinstance(one, LeafletContent) else str(one) for one in value)
    return str(value or "")
