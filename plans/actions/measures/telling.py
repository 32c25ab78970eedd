"""Write down the numbers of a measure, at the start of a plan or at a review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from plans import audit, outbox
from plans.actions.follow_ups import raise_follow_ups
from plans.actions.logs.telling import hold_plan
from plans.actions.measures import activities, checks
from plans.exceptions import PlansError
from plans.libraryfiles import MeasureKind
from plans.models import (
    AuditVerb,
    LogSource,
    Measure,
    MeasureText,
    Occasion,
    OwnActivity,
    Plan,
    Score,
    User,
)
from plans.models.measures import NOW
from plans.queries.measures.scales import scale_of


class NothingScored(PlansError):
    """Nothing was filled in. Fill in at least one thing."""

    code = "measure_nothing_told"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A number, and the words of the activity that it is of, in its place from 1; place 0 is that of a single number.

    None leaves words as they are, and a number unsaid.
    """

    place: int = 0
    value: object = None
    words: str | None = None

    @property
    def field(self) -> str:
        return f"Activity {self.place}" if self.place else "Number"

    @property
    def attribute(self) -> str:
        return f"value_{self.place}" if self.place else "value"


@transaction.atomic
def tell_measure(
    *,
    plan: Plan,
    measure: Measure,
    occasion: Occasion,
    day: date,
    answers: Sequence[Answer],
    source: LogSource,
    by: User | None,
    text: MeasureText | None = None,
    whole: bool = False,
) -> list[Score]:
    """Keep the numbers of a measure; what was told before for the same start, or the same day's review, is corrected.

    A number that is left out stays as it was, or is taken back by a telling that is `whole`. `text` is how the patient
    was asked. The same again changes nothing.
    Raises NotAllowed, MeasureRefused, TextTooLong, NothingScored, MeasureWithdrawn, MeasurePlanNotIssued,
    MeasureClosed; then nothing is written.
    """
    plan = hold_plan(plan.pk, by)
    if measure.retired_on is not None:
        raise checks.MeasureWithdrawn
    publication = plan.publications.select_related("content").order_by("-number").first()
    if publication is None:
        raise checks.MeasurePlanNotIssued
    checks.check_day(plan, publication, measure, occasion, day, source=source)
    scale = text or scale_of(measure, plan.patient)
    values = _values(answers, scale)
    written, is_changed = _write_words(plan, answers, scale, occasion=occasion, values=values, by=by)
    unsaid = [answer.place for answer in answers if answer.value is None] if whole else []
    taken = _take_back(plan, measure, occasion, day, unsaid)
    says_words = occasion is Occasion.START and any((answer.words or "").strip() for answer in answers)
    if not (values or says_words or is_changed or taken):
        raise NothingScored
    new = [
        row
        for place, value in values.items()
        if (
            row := _keep(
                Score(
                    plan=plan,
                    publication=publication,
                    measure=measure,
                    text=text,
                    occasion=occasion,
                    day=day,
                    activity=written[place] if place else None,
                    value=value,
                    source=source,
                    recorded_by=by,
                )
            )
        )
    ]
    if new or taken:
        told = Score(
            plan=plan, publication=publication, measure=measure, occasion=occasion, day=day, source=source
        )
        _announce(plan, told, by=by)
        raise_follow_ups(plan=plan, day=day)
    return new


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What a page says of one measure, as the patient was asked."""

    text: MeasureText
    occasion: Occasion
    day: date
    answers: Sequence[Answer]


@transaction.atomic
def tell_measures(
    *, plan: Plan, tellings: Sequence[Telling], source: LogSource, by: User | None
) -> list[Score]:
    """Keep all that a page says, each telling whole; one that says nothing is passed over.

    Raises as tell_measure, and NothingScored where none says anything; then nothing is written.
    """
    told: list[Score] = []
    count = 0
    for telling in tellings:
        try:
            told += tell_measure(
                plan=plan,
                measure=telling.text.measure,
                occasion=telling.occasion,
                day=telling.day,
                answers=telling.answers,
                source=source,
                by=by,
                text=telling.text,
                whole=True,
            )
            count += 1
        except NothingScored:
            continue
    if not count:
        raise NothingScored
    return told


def _values(answers: Sequence[Answer], scale: MeasureText) -> dict[int, int]:
    asks_for_activities = scale.kind == MeasureKind.OWN_ACTIVITIES
    places = activities.PLACES if asks_for_activities else (0,)
    for answer in answers:
        if answer.place not in places or (answer.words is not None and not asks_for_activities):
            raise checks.AnswerMisplaced(field=answer.field, attribute=answer.attribute)
    return {
        answer.place: checks.check_value(answer.value, scale, field=answer.field, attribute=answer.attribute)
        for answer in answers
        if answer.value is not None
    }


def _write_words(
    plan: Plan,
    answers: Sequence[Answer],
    scale: MeasureText,
    *,
    occasion: Occasion,
    values: Mapping[int, int],
    by: User | None,
) -> tuple[dict[int, OwnActivity], bool]:
    """Return the activities by their places, and whether their words changed, as they may at the start alone.

    Raises ActivityMissing.
    """
    if scale.kind != MeasureKind.OWN_ACTIVITIES:
        return {}, False
    words = {
        answer.place: activities.clean_activity(answer.place, answer.words)
        for answer in answers
        if answer.words is not None and occasion is Occasion.START
    }
    kept, is_changed = activities.store_activities(plan, words, by=by)
    for place in sorted(values):
        if place not in kept:
            raise checks.ActivityMissing(field=f"Activity {place}", attribute=f"activity_{place}")
    return kept, is_changed


def _take_back(plan: Plan, measure: Measure, occasion: Occasion, day: date, places: Sequence[int]) -> int:
    rows = Score.objects.filter(NOW, plan=plan, measure=measure, occasion=occasion)
    if occasion is Occasion.REVIEW:
        rows = rows.filter(day=day)
    held = [row.pk for row in rows.select_related("activity") if place_of(row) in places]
    return Score.objects.filter(pk__in=held).update(replaced_at=timezone.now()) if held else 0


def place_of(row: Score) -> int:
    return row.activity.place if row.activity else 0


def _keep(row: Score) -> Score | None:
    """Store a number in the place of the one that was told before; None where it says the same."""
    same = {"plan": row.plan, "measure": row.measure, "occasion": row.occasion, "activity": row.activity}
    if row.occasion == Occasion.REVIEW:
        same["day"] = row.day
    before = Score.objects.filter(NOW, **same).first()
    if before and (before.value, before.day) == (row.value, row.day):
        return None
    if before:
        Score.objects.filter(pk=before.pk).update(replaced_at=timezone.now())
    row.save(force_insert=True)
    return row


def _announce(plan: Plan, score: Score, *, by: User | None) -> None:
    outbox.add_measure_told(score, clinic_id=plan.patient.clinic_id)
    detail: dict[str, audit.Detail] = {
        "measure": score.measure.code,
        "occasion": str(score.occasion),
        "day": score.day.isoformat(),
        "source": str(score.source),
    }
    audit.append(verb=AuditVerb.MEASURE_TOLD, by=by, what=plan, detail=detail, **audit.place_of(plan.patient))
