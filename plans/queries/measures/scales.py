"""The scale of a measure, and which changes of it count: as a reviewer approved it, where one did."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from plans.models import Clinic, Measure, MeasureText, Patient
from plans.queries.approvals import newest_measures
from plans.queries.library_measures import measure_texts_in_force


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A measure's text in a patient's language, or in another one; and whether the clinic's reviewer approved it."""

    text: MeasureText
    is_approved: bool


def scale_of(measure: Measure, patient: Patient) -> MeasureText:
    found = scales_of([measure.pk], clinic=patient.clinic, language=patient.language)
    return found[measure.pk].text


def scales_of(measures: Collection[UUID], *, clinic: Clinic, language: str) -> Mapping[UUID, Scale]:
    """Return them in at most two queries: the approved text of the language, of another, or the newest that waits."""
    found: dict[UUID, Scale] = {}
    approved = measure_texts_in_force(clinic, of=measures)
    for (measure, spoken), text in approved.items():
        if measure not in found or spoken == language:
            found[measure] = Scale(text=text, is_approved=True)
    waiting = set(measures) - found.keys()
    if waiting:
        rows = newest_measures().filter(measure__in=waiting).select_related("measure").order_by("language")
        for row in rows:
            if row.measure_id not in found or row.language == language:
                found[row.measure_id] = Scale(text=row, is_approved=False)
    return found
