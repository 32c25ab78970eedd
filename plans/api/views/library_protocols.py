"""Protocols of the library, for reading."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from plans import permissions
from plans.api.permissions import READ_LIBRARY
from plans.api.serializers.library_protocols import LibraryProtocolSerializer
from plans.api.views.library import EntryFilter
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.models import Clinic, LibraryProtocol, LibraryProtocolRevision
from plans.queries.library import approving_clinics
from plans.queries.library_protocols import library_protocols_in_use, newest_protocols


@extend_schema_view(
    list=extend_schema(summary="List protocols of the library"),
    retrieve=extend_schema(summary="Read a protocol of the library"),
)
class LibraryProtocolViewSet(ListMixin, RetrieveMixin):
    """Programmes by phase that come with the library; a clinic's plans take those that its reviewer approved."""

    calls = {"list": READ_LIBRARY, "retrieve": READ_LIBRARY}
    model = LibraryProtocol
    serializer_class = LibraryProtocolSerializer
    filterset_class = EntryFilter
    search_fields = ("code",)
    ordering_fields = ("code",)
    ordering = ("code",)

    def rows(self) -> QuerySet[Any]:
        return permissions.entries_of(self.person, LibraryProtocol).filter(revisions__newest=True)

    def present(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return each in the version that a clinic of the person goes on with, else in the newest."""
        keys = [row.pk for row in rows]
        told = {row.protocol_id: row for row in newest_protocols().filter(protocol__in=keys)}
        clinics = permissions.clinics_with(self.person)
        for clinic in Clinic.objects.filter(pk__in=clinics).order_by("-name"):
            told |= library_protocols_in_use(clinic, of=keys)
        approved = approving_clinics("protocol", [row.pk for row in told.values()], clinics)
        return [
            {**_facts(told[row.pk]), "approved_for": [str(pk) for pk in approved.get(told[row.pk].pk, ())]}
            for row in rows
        ]


def _facts(row: LibraryProtocolRevision) -> dict[str, Any]:
    return {
        "id": row.protocol_id,
        "code": row.protocol.code,
        "clinic_id": row.protocol.clinic_id,
        "number": row.number,
        "condition": row.condition.code,
        "phase": row.phase,
        "anchor": row.anchor,
        "from_day": row.from_day,
        "to_day": row.to_day,
        "next": row.next,
        "source": row.source,
        "note": row.note,
        "retired_on": row.protocol.retired_on,
        "texts": [
            {"language": code, "title": title, "go_on_when": row.go_on_when.get(code, "")}
            for code, title in sorted(row.titles.items())
        ],
        "items": list(row.items.all()),
    }
