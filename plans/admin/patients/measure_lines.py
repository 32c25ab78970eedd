"""Measures of a patient's plans: numbers at the start and the review, the change, and by which sources it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plans.actions.measures.activities import PLACES
from plans.admin.library.measures.presenters import difference_in_words
from plans.libraryfiles import MeasureKind
from plans.models import Measure, MeasureText, OwnActivity, Patient, Plan
from plans.models.measures import NOW
from plans.queries.measures.results import Result, results_of, rounded
from plans.queries.measures.scales import scales_of
from plans.queries.rules import shared_or_of


@dataclass(frozen=True, kw_only=True)
class MeasureLine:
    """One measure of a plan; `result` is None where nothing was told of it, which is unknown."""

    measure: Measure
    text: MeasureText
    is_approved: bool
    result: Result | None
    activities: Mapping[int, str]

    @property
    def asks_for_activities(self) -> bool:
        return self.text.kind == MeasureKind.OWN_ACTIVITIES

    @property
    def places(self) -> Sequence[tuple[int, str]]:
        """Return the places of the form with the words that stand there."""
        return [(place, self.activities.get(place, "")) for place in PLACES]

    @property
    def start(self) -> str:
        return _number(self.result.start if self.result else None)

    @property
    def review(self) -> str:
        return _number(self.result.review if self.result else None)

    @property
    def change(self) -> str:
        """Say the change with its sign, and which way that is."""
        result = self.result
        if result is None or result.change is None:
            return ""
        if not result.change:
            return _("no change")
        said = {"points": f"{'+' if result.change > 0 else '−'}{_number(abs(result.change))}"}
        return (_("%(points)s, better") if result.is_better else _("%(points)s, worse")) % said

    @property
    def verdict(self) -> str:
        """Say by how many sources the change matters; sources that differ are called so."""
        result = self.result
        if result is None or not result.change or not result.sources:
            return ""
        said = {"reached": result.reached, "sources": result.sources}
        if result.reached == result.sources:
            words = ngettext(
                "%(sources)s source says this change matters to patients.",
                "%(sources)s sources say this change matters to patients.",
                result.sources,
            )
        elif result.reached:
            words = ngettext(
                "Sources differ: %(reached)s of %(sources)s says this change matters to patients.",
                "Sources differ: %(reached)s of %(sources)s say this change matters to patients.",
                result.reached,
            )
        else:
            words = ngettext(
                "%(sources)s source says this change is smaller than what matters to patients.",
                "%(sources)s sources say this change is smaller than what matters to patients.",
                result.sources,
            )
        return words % said

    @property
    def judged(self) -> Sequence[tuple[str, bool]]:
        """Return what each source calls a change that counts, and whether it is reached."""
        if self.result is None:
            return []
        return [
            (
                difference_in_words(
                    {
                        "points": number_format(one.points),
                        "source": one.cite,
                        "people": one.people,
                        "kind": one.kind,
                    }
                ),
                one.is_reached,
            )
            for one in self.result.judged
            if not one.of_one
        ]


@dataclass(frozen=True, kw_only=True)
class PlanMeasures:
    """The measures of one plan."""

    plan: Plan
    lines: Sequence[MeasureLine]


def measures_of(patient: Patient, plans: Sequence[Plan]) -> list[PlanMeasures]:
    """Return it for these plans of the patient; measures that are withdrawn only where something was told of them.

    The queries do not grow with plans or numbers.
    """
    if not plans:
        return []
    for plan in plans:
        plan.patient = patient
    language = (get_language() or patient.language).partition("-")[0]
    results = results_of(plans, language=language)
    offered = list(Measure.objects.filter(shared_or_of(patient.clinic), retired_on=None))
    told = {one.measure for found in results.values() for one in found}
    every = sorted({*offered, *told}, key=lambda row: (row.order, row.code))
    if not every:
        return []
    scales = scales_of([row.pk for row in every], clinic=patient.clinic, language=language)
    named = list(OwnActivity.objects.filter(NOW, plan__in=plans))
    return [
        PlanMeasures(
            plan=plan,
            lines=[
                MeasureLine(
                    measure=row,
                    text=scales[row.pk].text,
                    is_approved=scales[row.pk].is_approved,
                    result=found.get(row.pk),
                    activities={one.place: one.words for one in named if one.plan_id == plan.pk},
                )
                for row in every
                if row.pk in scales and (row in offered or row.pk in found)
            ],
        )
        for plan in plans
        for found in [_by_measure(results[plan.pk])]
    ]


def _by_measure(results: Sequence[Result]) -> Mapping[Any, Result]:
    return {one.measure.pk: one for one in results}


def _number(value: Fraction | None) -> str:
    shown: Decimal | None = rounded(value)
    return "" if shown is None else number_format(shown)
