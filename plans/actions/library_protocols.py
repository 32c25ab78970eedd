"""Protocols of the library, as its files say them; a change waits for a reviewer, and what was approved goes on."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from plans import audit
from plans.actions.fingerprints import fingerprint
from plans.actions.shared_rows import write_shared
from plans.libraryfiles import ProtocolData
from plans.models import (
    AuditVerb,
    Condition,
    Exercise,
    LibraryProtocol,
    LibraryProtocolItem,
    LibraryProtocolRevision,
)
from plans.models.base import dose_columns


def write_library_protocol(data: ProtocolData) -> bool:
    """Write a protocol of the shared library. Words in languages that are not given stay. Return whether it changed."""
    fields = {"sources": list(data.sources), "retired_on": None}
    protocol, _ = write_shared(LibraryProtocol, data.code, fields)
    newest = protocol.revisions.filter(newest=True).first()
    titles: Mapping[str, str] = newest.titles if newest else {}
    criteria: Mapping[str, str] = newest.go_on_when if newest else {}
    for code, text in data.texts.items():
        titles = {**titles, code.lower(): text.title}
        criteria = {**criteria, code.lower(): text.go_on_when}
    criteria = {code: words for code, words in criteria.items() if words}
    mark = fingerprint(data)
    if newest and (newest.fingerprint, newest.titles, newest.go_on_when) == (mark, titles, criteria):
        return False
    protocol.revisions.filter(newest=True).update(newest=False)
    revision = LibraryProtocolRevision.objects.create(
        protocol=protocol,
        number=newest.number + 1 if newest else 1,
        condition=Condition.objects.get(clinic=None, code=data.condition),
        phase=data.phase,
        anchor=data.anchor or "",
        from_day=data.from_day,
        to_day=data.to_day,
        next=data.next or "",
        source=data.source,
        note=data.note,
        titles=titles,
        go_on_when=criteria,
        fingerprint=mark,
    )
    _insert_items(revision, data)
    detail: dict[str, audit.Detail] = {"code": data.code, "number": revision.number}
    audit.append(verb=AuditVerb.LIBRARY_PROTOCOL_REVISED, by=None, what=revision, clinic=None, detail=detail)
    return True


@transaction.atomic
def retire_library_protocol(protocol: LibraryProtocol) -> None:
    """Offer it no more: a newer library has withdrawn it. Plans that were made from it hold their own copy."""
    protocol.retired_on = timezone.localdate()
    protocol.save(update_fields=["retired_on"])
    audit.append(verb=AuditVerb.LIBRARY_PROTOCOL_RETIRED, by=None, what=protocol, clinic=None)


def _insert_items(revision: LibraryProtocolRevision, data: ProtocolData) -> None:
    codes = [item.exercise for item in data.items]
    exercises = {row.code: row for row in Exercise.objects.filter(clinic=None, code__in=codes)}
    LibraryProtocolItem.objects.bulk_create(
        LibraryProtocolItem(
            revision=revision,
            order=order,
            exercise=exercises[item.exercise],
            **dose_columns(item.dose),
        )
        for order, item in enumerate(data.items, start=1)
    )
