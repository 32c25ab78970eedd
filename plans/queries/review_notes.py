"""What was sent back: of one entry, and what still waits for a newer version in a clinic."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from plans.models import Clinic, SentBack
from plans.queries.approvals import newest_advice, newest_leaflets, newest_measures, newest_signs
from plans.queries.review_entries import EntryKind

FLAGGED = ("revision", "rule", "vocabulary", "protocol")
"""Things whose own row says whether it is the newest."""


THINGS_OF = {
    EntryKind.EXERCISE: ("revision",),
    EntryKind.RULE: ("rule",),
    EntryKind.MOVEMENT: ("vocabulary",),
    EntryKind.CONDITION: ("vocabulary",),
    EntryKind.SYMPTOM: ("vocabulary", "sign"),
    EntryKind.ADVICE: ("advice",),
    EntryKind.LEAFLET: ("leaflet",),
    EntryKind.MEASURE: ("measure",),
    EntryKind.PROTOCOL: ("protocol",),
}
"""What a note hangs on, by the kind of the entry; each of these calls the identity by the name of the kind."""


def notes_of(kind: EntryKind, pk: UUID, clinic: Clinic) -> QuerySet[SentBack]:
    """Return all notes on an entry, those on former versions too, the newest first."""
    rows = SentBack.objects.filter(
        _any(Q(**{f"{thing}__{kind}": pk}) for thing in THINGS_OF[kind]), clinic=clinic
    )
    is_open = Exists(open_notes([clinic.pk]).filter(pk=OuterRef("pk")))
    return rows.annotate(is_open=is_open).select_related("created_by")


def open_notes(clinics: Iterable[UUID]) -> QuerySet[SentBack]:
    """Return the notes to which nobody has answered with a newer version or an approval."""
    ways = [Q(**{f"{thing}__newest": True}) for thing in FLAGGED]
    ways += [
        Q(advice__isnull=False) & Q(Exists(newest_advice().filter(pk=OuterRef("advice")))),
        Q(sign__isnull=False) & Q(Exists(newest_signs().filter(pk=OuterRef("sign")))),
        Q(leaflet__isnull=False) & Q(Exists(newest_leaflets().filter(pk=OuterRef("leaflet")))),
        Q(measure__isnull=False) & Q(Exists(newest_measures().filter(pk=OuterRef("measure")))),
    ]
    return SentBack.objects.filter(_any(ways), clinic__in=clinics, closed_at=None)


def _any(ways: Iterable[Q]) -> Q:
    found = Q(pk__in=())
    for way in ways:
        found |= way
    return found
