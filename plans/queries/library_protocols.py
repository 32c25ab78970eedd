"""Protocols of the library as a clinic may use them: the revision that its reviewer approved last."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from plans.models import Approval, Clinic, LibraryProtocolItem, LibraryProtocolRevision
from plans.queries.approvals import standing
from plans.queries.rules import shared_or_of

ITEMS = Prefetch("items", queryset=LibraryProtocolItem.objects.select_related("exercise"))


def library_protocols_in_use(
    clinic: Clinic, *, of: Iterable[UUID] | None = None
) -> dict[UUID, LibraryProtocolRevision]:
    """Return the revisions that the clinic's plans may take, by protocol; a newer one that waits changes nothing.

    When the approval was withdrawn no older revision comes back.
    """
    ever = Approval.objects.filter(clinic=clinic, protocol=OuterRef("pk"))
    rows: QuerySet[Any] = LibraryProtocolRevision.objects.filter(
        Exists(ever), shared_or_of(clinic, "protocol__"), protocol__retired_on=None
    )
    if of is not None:
        rows = rows.filter(protocol__in=list(of))
    rows = rows.annotate(approved=Exists(standing(clinic).filter(protocol=OuterRef("pk"))))
    rows = rows.select_related("protocol", "condition").prefetch_related(ITEMS)
    last: dict[UUID, Any] = {}
    for row in rows.order_by("protocol__code", "-number"):
        last.setdefault(row.protocol_id, row)
    return {key: row for key, row in last.items() if row.approved}


def newest_protocols() -> QuerySet[LibraryProtocolRevision]:
    newest = LibraryProtocolRevision.objects.filter(newest=True)
    return newest.select_related("protocol", "condition").prefetch_related(ITEMS)
