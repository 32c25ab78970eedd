"""How the numbers of a plan changed from its start to its last review, and whether that counts, source by source."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from plans.libraryfiles import Better, DifferenceKind, MeasureKind
from plans.models import Measure, Occasion, OwnActivity, PatientCondition, Plan, Score, Source
from plans.models.measures import NOW
from plans.queries.measures.scales import Scale, scales_of


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What one source calls a change that counts, and whether this change reaches it."""

    kind: DifferenceKind
    points: Decimal
    cite: str
    source: str
    people: str
    of_one: bool
    is_reached: bool


@dataclass(frozen=True, kw_only=True)
class OneActivity:
    """One activity with its numbers; a change is known where both are. `is_sure` by a source about one activity."""

    place: int
    words: str
    start: int | None
    review: int | None
    is_sure: bool | None

    @property
    def change(self) -> int | None:
        return None if self.start is None or self.review is None else self.review - self.start


@dataclass(frozen=True, kw_only=True)
class Result:
    """A measure of a plan: its numbers at the start and the last review, or their means; and what the change says.

    Means are of the activities that were rated both times, once some were.
    """

    measure: Measure
    scale: Scale
    start: Fraction | None
    start_day: date | None
    review: Fraction | None
    review_day: date | None
    change: Fraction | None
    activities: Sequence[OneActivity]
    judged: Sequence[Judged]

    @property
    def is_better(self) -> bool | None:
        """Whether it changed for the better; None where it is the same or unknown."""
        if not self.change:
            return None
        return (self.change < 0) == (self.scale.text.better == Better.LOWER)

    @property
    def reached(self) -> int:
        """By how many sources the change matters to patients: each by the smallest that it calls so."""
        return sum(one.is_reached for one in _smallest(self.judged))

    @property
    def sources(self) -> int:
        """How many sources say from where on a change matters to such a patient."""
        return len(_smallest(self.judged))

    @property
    def smallest(self) -> Decimal | None:
        return min((one.points for one in _smallest(self.judged)), default=None)

    @property
    def largest(self) -> Decimal | None:
        return max((one.points for one in _smallest(self.judged)), default=None)


def rounded(value: Fraction | None) -> Decimal | None:
    """Return a mean as it is shown: one digit behind the point, and none where it is whole."""
    if value is None:
        return None
    tenths = round(value * 10)
    return Decimal(tenths // 10) if tenths % 10 == 0 else Decimal(tenths) / 10


def results_of(plans: Collection[Plan], *, language: str = "") -> Mapping[UUID, list[Result]]:
    """Return what was told of each of these plans of one patient, by measure; `language` is that of the words.

    At most six queries, however many plans and numbers there are.
    """
    found: dict[UUID, list[Result]] = {plan.pk: [] for plan in plans}
    rows = Score.objects.filter(NOW, plan__in=plans).select_related("measure", "activity")
    scores = list(rows.order_by("measure__order", "measure__code", "day", "created_at"))
    if not scores:
        return found
    named = list(OwnActivity.objects.filter(NOW, plan__in=plans).order_by("place"))
    patient = next(iter(plans)).patient
    scales = scales_of(
        {row.measure_id for row in scores}, clinic=patient.clinic, language=language or patient.language
    )
    regions = set(
        PatientCondition.objects.filter(patient=patient).values_list("condition__region", flat=True)
    )
    cites = _cites(scale.text.differences for scale in scales.values())
    by_measure: dict[tuple[UUID, UUID], list[Score]] = defaultdict(list)
    for row in scores:
        by_measure[row.plan_id, row.measure_id].append(row)
    for (plan, measure), of_measure in by_measure.items():
        own = [row for row in named if row.plan_id == plan]
        found[plan].append(_result(of_measure, own, scales[measure], regions, cites))
    return found


def _cites(differences: Iterable[Sequence[Mapping[str, Any]]]) -> Mapping[str, str]:
    codes = {one["source"] for of_measure in differences for one in of_measure}
    return dict(Source.objects.filter(clinic=None, code__in=codes).values_list("code", "cite"))


def _result(
    rows: Sequence[Score],
    named: Sequence[OwnActivity],
    scale: Scale,
    regions: Collection[str],
    cites: Mapping[str, str],
) -> Result:
    starts = [row for row in rows if row.occasion == Occasion.START]
    reviews = [row for row in rows if row.occasion == Occasion.REVIEW]
    last = [row for row in reviews if row.day == reviews[-1].day]
    before = {row.activity_id: row.value for row in starts}
    after = {row.activity_id: row.value for row in last}
    both = before.keys() & after.keys()
    start = _mean(before, both or before.keys())
    review = _mean(after, both or after.keys())
    differences = [one for one in scale.text.differences if _counts(one, regions)]
    change = review - start if both and start is not None and review is not None else None
    return Result(
        measure=rows[0].measure,
        scale=scale,
        start=start,
        start_day=starts[-1].day if starts else None,
        review=review,
        review_day=last[-1].day if last else None,
        change=change,
        activities=[
            _activity(row, before.get(row.pk), after.get(row.pk), differences)
            for row in named
            if scale.text.kind == MeasureKind.OWN_ACTIVITIES
        ],
        judged=[] if change is None else [_judge(one, abs(change), cites) for one in differences],
    )


def _mean(values: Mapping[Any, int], keys: Collection[Any]) -> Fraction | None:
    return Fraction(sum(values[key] for key in keys), len(keys)) if keys else None


def _counts(difference: Mapping[str, Any], regions: Collection[str]) -> bool:
    return not difference["regions"] or not set(difference["regions"]).isdisjoint(regions)


def _judge(difference: Mapping[str, Any], change: Fraction, cites: Mapping[str, str]) -> Judged:
    points = Decimal(difference["points"])
    return Judged(
        kind=DifferenceKind(difference["kind"]),
        points=points,
        cite=cites.get(difference["source"], difference["source"]),
        source=difference["source"],
        people=difference["people"],
        of_one=difference["of_one"],
        is_reached=change >= Fraction(points),
    )


def _activity(
    row: OwnActivity, start: int | None, review: int | None, differences: Sequence[Mapping[str, Any]]
) -> OneActivity:
    of_one = [Decimal(one["points"]) for one in differences if one["of_one"]]
    is_sure = None
    if of_one and start is not None and review is not None:
        is_sure = abs(review - start) >= min(of_one)
    return OneActivity(place=row.place, words=row.words, start=start, review=review, is_sure=is_sure)


def _smallest(judged: Sequence[Judged]) -> list[Judged]:
    """Return of each source the smallest change that matters to patients."""
    found: dict[str, Judged] = {}
    for one in judged:
        if one.kind is DifferenceKind.IMPORTANT and not one.of_one:
            held = found.get(one.source)
            found[one.source] = one if held is None or one.points < held.points else held
    return list(found.values())
