"""What a measure says, fact by fact: for its reviewer, and beside what is in force."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from plans.admin.library.changes import Change, change_of
from plans.admin.library.facts import Facts
from plans.libraryfiles import Better, DifferenceKind, MeasureKind
from plans.models import Clinic, MeasureText
from plans.queries.library_measures import measure_texts_in_force


def changes_of_measures(texts: Iterable[MeasureText], *, clinic: Clinic) -> list[Change]:
    texts = list(texts)
    before = measure_texts_in_force(clinic, of={row.measure_id for row in texts})
    return [change_of(before.get((row.measure_id, row.language)), row, measure_facts) for row in texts]


def measure_facts(text: MeasureText) -> Facts:
    return {
        (_("Asks for"), ""): kind_in_words(text.kind),
        (_("Scale"), ""): f"{text.lowest}–{text.highest}, {better_in_words(text.better)}",
        (_("Changes that count"), ""): "\n".join(map(difference_in_words, text.differences)),
        (_("Source"), ""): text.measure.source,
        (_("Name"), text.language): text.name,
        (_("Question"), text.language): text.question,
        (_("Help"), text.language): text.help,
        (_("Lowest"), text.language): text.lowest_words,
        (_("Highest"), text.language): text.highest_words,
    }


def kind_in_words(kind: str) -> str:
    return {
        MeasureKind.NUMBER.value: _("one number"),
        MeasureKind.PAIN.value: _("pain from 0 to 10"),
        MeasureKind.OWN_ACTIVITIES.value: _("a number for each of the patient's own activities"),
    }[kind]


def better_in_words(better: str) -> str:
    return _("less is better") if better == Better.LOWER else _("more is better")


def difference_in_words(difference: dict[str, Any]) -> str:
    said = {"points": difference["points"], "source": difference["source"], "people": difference["people"]}
    if difference["kind"] == DifferenceKind.DETECTABLE:
        return _("%(points)s points or more are more than chance (%(source)s: %(people)s)") % said
    return _("%(points)s points or more matter to patients (%(source)s: %(people)s)") % said
