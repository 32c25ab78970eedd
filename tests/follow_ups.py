"""What a patient tells of a plan, and the follow-ups that it raises."""

from datetime import timedelta

from plans.actions import follow_ups
from plans.models import Feel, FollowUp
from tests import factories


def of_two_exercises(pat, clinic):
    """A version with two exercises; pain up to 5 means ease off."""
    both = [factories.approved_exercise(clinic, code) for code in ("heel-slide", "bridge")]
    return factories.publication(pat, of_plan=factories.plan(pat, exercises=both))


def tell(publication, *, days_ago=0, **fields):
    entry = factories.log_entry(publication, days_ago=days_ago, **fields)
    return follow_ups.raise_follow_ups(plan=publication.plan, day=entry.day)


def tell_day(publication, **fields):
    day = factories.day_entry(publication, **fields)
    return follow_ups.raise_follow_ups(plan=publication.plan, day=day.day)


def tell_again(publication, entry, **fields):
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save()
    return follow_ups.raise_follow_ups(plan=publication.plan, day=entry.day)


def kinds():
    return sorted(FollowUp.objects.filter(ended_at=None).values_list("kind", flat=True))


def a_day(publication, days_ago):
    return publication.plan.patient.clinic.today() - timedelta(days=days_ago)


def easy(publication, days, **fields):
    for days_ago in days:
        tell(publication, days_ago=days_ago, **{"feel": Feel.TOO_EASY, **fields})
