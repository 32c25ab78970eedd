"""A plan's dates lie in reach: a day that is years away is a slip of the keyboard, and nobody would look again."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from plans.contraindications import months_after
from plans.dose import Dose, DoseProblem
from plans.exceptions import PlansError
from plans.models import Plan

MAX_YEARS_AHEAD = 2


class DateTooFar(PlansError):
    """{label}: {day} is more than two years ahead. {latest} is the latest day."""

    code = "date_too_far"

    def __init__(self, *, field: str, label: str, day: date, latest: date) -> None:
        super().__init__(field=field, label=label, day=day, latest=latest)
        self.field = field


class ReviewBeforeStart(PlansError):
    """The review cannot be before the start."""

    code = "review_before_start"


def latest_day() -> date:
    return months_after(timezone.localdate(), 12 * MAX_YEARS_AHEAD)


def check_plan_dates(plan: Plan) -> None:
    """Raise DateTooFar for a start or a review out of reach."""
    latest = latest_day()
    for field, label, day in (
        ("start_on", "The start date", plan.start_on),
        ("review_on", "The review date", plan.review_on),
    ):
        if day and day > latest:
            raise DateTooFar(field=field, label=label, day=day, latest=latest)


def check_review_after_start(plan: Plan) -> None:
    if plan.start_on and plan.review_on and plan.review_on < plan.start_on:
        raise ReviewBeforeStart


def until_problems(dose: Dose) -> Iterator[DoseProblem]:
    latest = latest_day()
    if dose.until and dose.until > latest:
        message = f"Until: {dose.until} is more than two years ahead. {latest} is the latest day."
        yield DoseProblem("until", "too_far", message)
