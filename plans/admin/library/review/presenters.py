"""One entry as its reviewer reads it: facts, the languages side by side, picture, sources, what reaches it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import UUIDField
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from plans.admin.library.facts import Facts, window_words
from plans.admin.library.presenters import neighbours_of, sources_of
from plans.admin.library.review.versions import version_of
from plans.models import Approval, Clinic, ExerciseRevision, RuleRevision
from plans.models.approvals import THINGS
from plans.queries.approvals import standing
from plans.queries.exercise_pictures import Viewer, drawing_for
from plans.queries.review_entries import Entry, EntryKind, Part, picture_seen, seen_of
from plans.queries.review_notes import notes_of
from plans.queries.rules import shared_or_of, vocabulary_for
from plans.rendering import drawings

LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One language of an entry: whether it waits, and who approved it."""

    code: str
    name: str
    part: Part | None
    approval: Approval | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One fact in all languages, each as its lines."""

    label: str
    cells: list[tuple[str, list[str]]]
    is_numbered: bool


def entry_context(entry: Entry, clinic: Clinic, *, unread: Collection[str]) -> dict[str, Any]:
    version = version_of(entry, clinic)
    approvals = _approvals(entry, clinic)
    columns = _columns(entry, version.facts, approvals)
    picture = picture_seen(entry)
    at_once = {code for part in entry.parts if not part.is_approved for code in part.languages}
    is_exercise = version.revision is not None
    return {
        "entry": entry,
        "version": version,
        "alt": version.facts.get((_("Picture in words"), "en"), ""),
        "facts": [
            (label, said.split("\n")) for (label, code), said in version.facts.items() if said and not code
        ],
        "columns": columns,
        "rows": _rows(version.facts, [column.code for column in columns]),
        "to_tick": [
            (column, column.code not in unread)
            for column in columns
            if (column.part and not column.part.is_approved) or column.code in at_once
        ],
        "facts_approval": next(
            (approvals.get(part.pk) for part in entry.parts if part.name == "facts"), None
        ),
        "waits": entry.waits_beside(()),
        "picture_waits": is_exercise and not picture,
        "seen": seen_of(entry, picture),
        "sources": sources_of(version.identity.sources, clinic),
        "reached": rules_reaching(version.revision, clinic) if version.revision else [],
        "neighbours": neighbours_of(version.revision.exercise, clinic) if version.revision else [],
        "notes": list(notes_of(entry.kind, entry.pk, clinic)),
    }


def draw_ahead(entries: Collection[Entry]) -> None:
    """Ask for the figures that come next, so that nobody waits for them."""
    exercises = [entry.pk for entry in entries if entry.kind is EntryKind.EXERCISE]
    if not exercises:
        return
    rows = ExerciseRevision.objects.filter(exercise__in=exercises, newest=True, kept_figure__isnull=False)
    figures = rows.values_list("kept_figure", flat=True)
    if wanted := [drawing_for(figure, viewer=Viewer()) for figure in figures if figure]:
        drawings.ask(wanted)


def _approvals(entry: Entry, clinic: Clinic) -> Mapping[UUID, Approval]:
    ids = [part.pk for part in entry.parts]
    rows: Any = standing(clinic).annotate(thing=Coalesce(*THINGS, output_field=UUIDField()))
    return {row.thing: row for row in rows.filter(thing__in=ids).select_related("approved_by")}


def _columns(entry: Entry, facts: Facts, approvals: Mapping[UUID, Approval]) -> list[Column]:
    parts = {part.name: part for part in entry.parts}
    codes = dict.fromkeys(code for _, code in facts if code)
    ordered = sorted(codes, key=lambda code: (code != "en", code))
    return [
        Column(
            code=code,
            name=LANGUAGES.get(code, code),
            part=parts.get(code),
            approval=approvals.get(parts[code].pk) if code in parts else None,
        )
        for code in ordered
    ]


def _rows(facts: Facts, codes: list[str]) -> list[Row]:
    labels = dict.fromkeys(label for (label, code), said in facts.items() if code and said)
    return [
        Row(
            label=label,
            cells=[(code, facts.get((label, code), "").split("\n")) for code in codes],
            is_numbered=label == _("Steps"),
        )
        for label in labels
    ]


def rules_reaching(revision: ExerciseRevision, clinic: Clinic) -> list[tuple[str, list[str]]]:
    """Return what the newest rules say of the exercise's movements and the wider ones, the strictest first."""
    vocabulary = vocabulary_for(clinic)
    wider = {
        code
        for movement in revision.movements.all()
        for code in vocabulary.wider(movement.code, where=revision.exercise.code)
    }
    rows = RuleRevision.objects.filter(shared_or_of(clinic, "rule__"), newest=True, retired=False)
    rows = rows.filter(movements__code__in=wider).distinct().select_related("condition", "rule")
    found: dict[str, list[str]] = {}
    for row in rows.prefetch_related("movements").order_by("condition__name", "rule__code"):
        names = ", ".join(one.name for one in row.movements.all() if one.code in wider)
        found.setdefault(row.level, []).append(f"{row.condition} ({names}; {window_words(row)})")
    return [(level, found[level]) for level in ("stop", "avoid", "caution") if level in found]
