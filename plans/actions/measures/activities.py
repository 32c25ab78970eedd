"""A patient's own activities: at most three, in words of their own or of the therapist."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from plans import audit
from plans.actions.logs.checks import clean_words
from plans.actions.logs.telling import hold_plan
from plans.actions.measures.checks import MeasureRefused
from plans.models import AuditVerb, Occasion, OwnActivity, Plan, Score, User
from plans.models.measures import MAX_ACTIVITIES, MAX_ACTIVITY, NOW

PLACES = range(1, MAX_ACTIVITIES + 1)


class ActivityFixed(MeasureRefused):
    """{field}: it was rated at a review already. Its words stay."""

    code = "measure_activity_fixed"


@transaction.atomic
def write_activities(*, plan: Plan, words: Mapping[int, str], by: User | None) -> dict[int, OwnActivity]:
    """Write activities by their places, 1 to 3; blank words take one away. Places that are not given stay.

    Other words are another activity: numbers told of the one before count no more. Raises NotAllowed, TextTooLong,
    ActivityFixed; then nothing is written.
    """
    plan = hold_plan(plan.pk, by)
    cleaned = {place: clean_activity(place, given) for place, given in words.items() if place in PLACES}
    return store_activities(plan, cleaned, by=by)[0]


def store_activities(
    plan: Plan, words: Mapping[int, str], *, by: User | None
) -> tuple[dict[int, OwnActivity], bool]:
    """Do so for a plan that is held, with words that are clean. Return also whether anything changed."""
    kept = {row.place: row for row in OwnActivity.objects.filter(NOW, plan=plan)}
    held = {place: row.words for place, row in kept.items()}
    changed = {place: given for place, given in words.items() if given != held.get(place, "")}
    for place, given in sorted(changed.items()):
        if place in kept:
            _take_away(kept.pop(place), place)
        if given:
            kept[place] = OwnActivity.objects.create(plan=plan, place=place, words=given, recorded_by=by)
    if changed:
        audit.append(
            verb=AuditVerb.MEASURE_ACTIVITIES_WRITTEN,
            by=by,
            what=plan,
            detail={"count": len(kept)},
            **audit.place_of(plan.patient),
        )
    return kept, bool(changed)


def clean_activity(place: int, words: str) -> str:
    return clean_words(words, most=MAX_ACTIVITY, field=f"Activity {place}", attribute=f"activity_{place}")


def _take_away(row: OwnActivity, place: int) -> None:
    scores = Score.objects.filter(NOW, activity=row)
    if scores.filter(occasion=Occasion.REVIEW).exists():
        raise ActivityFixed(field=f"Activity {place}", attribute=f"activity_{place}")
    now = timezone.now()
    scores.update(replaced_at=now)
    OwnActivity.objects.filter(pk=row.pk).update(replaced_at=now)
