"""Which measures a patient is asked for now: at the start of a plan, and when its review is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plans.content import PlanContent, from_json
from plans.libraryfiles import MeasureKind
from plans.models import LogSource, Measure, MeasureText, Occasion, OwnActivity, Plan, Publication, Score
from plans.models.measures import NOW
from plans.queries.library_measures import measure_texts_in_force

START_FOR = timedelta(days=14)
"""So long after the first version a number is still one of the start."""
REVIEW_BEFORE = timedelta(days=7)
"""A review that was brought forward so far is the one that was due."""
CORRECTED_FOR = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A measure that is asked now, of which day, with what was told of it already, by place: 0 is its own number."""

    text: MeasureText
    occasion: Occasion
    day: date
    activities: Sequence[OwnActivity] = ()
    values: Mapping[int, int]

    @property
    def is_told(self) -> bool:
        return bool(self.values)


def asked_now(plan: Plan, publication: Publication, content: PlanContent, *, today: date) -> list[Asked]:
    """Return the approved measures in the plan's language that are open now, also those that may still be corrected."""
    moments = _moments(plan, publication, content, today)
    if not moments:
        return []
    texts = measure_texts_in_force(plan.patient.clinic, language=content.language).values()
    if not texts:
        return []
    scores = _scores(plan)
    with_activities = any(text.kind == MeasureKind.OWN_ACTIVITIES for text in texts)
    activities = list(OwnActivity.objects.filter(NOW, plan=plan)) if with_activities else []
    return [asked for text in texts if (asked := _asked(text, moments, scores, activities, today))]


def occasion_to_tell(
    plan: Plan, publication: Publication, content: PlanContent, *, today: date
) -> Occasion | None:
    """Return for which occasion something is asked that was not told yet. No query of a first version on most days."""
    asked = asked_now(plan, publication, content, today=today)
    return next((one.occasion for one in asked if not one.is_told), None)


def open_occasion(plan: Plan, publication: Publication, measure: Measure, *, today: date) -> Occasion | None:
    """Return for which occasion a measure may be told on the page today; None for none."""
    moments = _moments(plan, publication, from_json(publication.content.json), today)
    rows = [row for row in _scores(plan) if row.measure_id == measure.pk]
    found = _open(moments, rows, today) if moments else None
    return found[0] if found else None


Moments = Mapping[Occasion, date]
"""The occasions that are near, with the day since which a number counts for them."""


def _moments(plan: Plan, publication: Publication, content: PlanContent, today: date) -> Moments:
    if content.review_date and content.review_date <= today:
        return {Occasion.REVIEW: content.review_date - REVIEW_BEFORE}
    first = publication.issued_on
    if publication.number > 1:
        first = plan.publications.order_by("number").values_list("issued_on", flat=True)[0]
    return {Occasion.START: date.min} if today <= first + START_FOR else {}


def _scores(plan: Plan) -> list[Score]:
    return list(Score.objects.filter(NOW, plan=plan).select_related("activity").order_by("day"))


def _open(moments: Moments, rows: Sequence[Score], today: date) -> tuple[Occasion, date] | None:
    """Return the occasion and the day to tell it of: today, or that of a telling on the page that may be corrected."""
    ((occasion, since),) = moments.items()
    told = [row for row in rows if row.occasion == occasion and row.day >= since]
    if not told:
        return occasion, today
    last = told[-1]
    if last.source == LogSource.PAGE and last.day >= today - CORRECTED_FOR:
        return occasion, last.day
    return None


def _asked(
    text: MeasureText,
    moments: Moments,
    scores: Sequence[Score],
    activities: Sequence[OwnActivity],
    today: date,
) -> Asked | None:
    rows = [row for row in scores if row.measure_id == text.measure_id]
    found = _open(moments, rows, today)
    if found is None:
        return None
    occasion, day = found
    own = activities if text.kind == MeasureKind.OWN_ACTIVITIES else ()
    if occasion is Occasion.REVIEW and text.kind == MeasureKind.OWN_ACTIVITIES and not own:
        return None  # nothing was named at the start that could be compared
    told = [row for row in rows if row.occasion == occasion and row.day == day]
    values: dict[int, int] = {row.activity.place if row.activity else 0: row.value for row in told}
    return Asked(text=text, occasion=occasion, day=day, activities=own, values=values)
