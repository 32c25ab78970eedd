"""Leaflets, as the library's files say them; a change waits for a reviewer, and what was approved goes on."""

from typing import Any

from django.db import transaction

from plans.actions.retiring import retire_entry
from plans.actions.shared_rows import write_changed, write_shared
from plans.libraryfiles import LeafletData, LeafletText
from plans.models import AuditVerb, Leaflet
from plans.models import LeafletText as TextRow


def write_leaflet(*, data: LeafletData, order: int) -> bool:
    """Write a leaflet of the shared library. Texts in languages that are not given stay. Return whether it changed."""
    conditions = sorted(data.conditions)
    fields = {
        "conditions": conditions,
        "source": data.source,
        "sources": list(data.sources),
        "order": order,
    }
    leaflet, made = write_shared(Leaflet, data.code, fields)
    is_back = write_changed(leaflet, {"retired_on": None})
    newest = {row.language: row for row in leaflet.texts.order_by("number")}
    said: dict[str, tuple[str, Any]] = {code: (row.title, row.sections) for code, row in newest.items()}
    said |= {code.lower(): (text.title, _sections(text)) for code, text in data.texts.items()}
    changed = made or is_back
    for language, (title, sections) in said.items():
        old = newest.get(language)
        number = old.number + 1 if old else 1
        # Words were approved for those whom they are meant for: meant for others, they are reviewed again. So is what
        # comes back after it was withdrawn.
        row = TextRow(
            leaflet=leaflet,
            language=language,
            number=number,
            title=title,
            sections=sections,
            meant_for=conditions,
        )
        if old is None or old.says() != row.says() or is_back:
            row.save()
            changed = True
    return changed


@transaction.atomic
def retire_leaflet(leaflet: Leaflet) -> None:
    """Print and offer it no more: a newer library has withdrawn it. What was issued with it stays as it is."""
    retire_entry(leaflet, verb=AuditVerb.LEAFLET_RETIRED)


def _sections(text: LeafletText) -> list[dict[str, Any]]:
    return [{"heading": part.heading, "lines": list(part.lines)} for part in text.sections]
