"""Measures, as the library's files say them; a change waits for a reviewer, and what was approved goes on."""

from typing import Any

from django.db import transaction

from plans.actions.retiring import retire_entry
from plans.actions.shared_rows import write_changed, write_shared
from plans.libraryfiles import DifferenceData, MeasureData, MeasureText
from plans.models import AuditVerb, Measure
from plans.models import MeasureText as TextRow

WORDS = ("name", "question", "help", "lowest_words", "highest_words")


def write_measure(*, data: MeasureData, order: int) -> bool:
    """Write a measure of the shared library. Texts in languages that are not given stay. Return whether it changed."""
    fields = {"source": data.source, "sources": list(data.sources), "order": order}
    measure, made = write_shared(Measure, data.code, fields)
    is_back = write_changed(measure, {"retired_on": None})
    newest = {row.language: row for row in measure.texts.order_by("number")}
    said: dict[str, dict[str, str]] = {
        code: {name: getattr(row, name) for name in WORDS} for code, row in newest.items()
    }
    said |= {code.lower(): _words(text) for code, text in data.texts.items()}
    changed = made or is_back
    for language, words in said.items():
        old = newest.get(language)
        number = old.number + 1 if old else 1
        # Words are approved together with the scale and with the changes that count: with others, they are reviewed
        # again. So is what comes back after it was withdrawn.
        row = TextRow(measure=measure, language=language, number=number, **words, **_scale(data))
        if old is None or old.says() != row.says() or is_back:
            row.save()
            changed = True
    return changed


@transaction.atomic
def retire_measure(measure: Measure) -> None:
    """Ask for it no more: a newer library has withdrawn it. What was told stays, and may still be read."""
    retire_entry(measure, verb=AuditVerb.MEASURE_RETIRED)


def _words(text: MeasureText) -> dict[str, str]:
    return {
        "name": text.name,
        "question": text.question,
        "help": text.help,
        "lowest_words": text.lowest,
        "highest_words": text.highest,
    }


def _scale(data: MeasureData) -> dict[str, Any]:
    return {
        "kind": data.kind.value,
        "lowest": data.lowest,
        "highest": data.highest,
        "better": data.better.value,
        "differences": [_difference(one) for one in data.differences],
    }


def _difference(data: DifferenceData) -> dict[str, Any]:
    return {
        "source": data.source,
        "kind": data.kind.value,
        "points": str(data.points),
        "people": data.people,
        "regions": [region.value for region in data.regions],
        "of_one": data.of_one,
    }
