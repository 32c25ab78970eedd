"""The days that a plan is for: the rules judge these, not the day on which somebody looks."""

from calendar import monthrange
from datetime import date

from plans.contraindications.facts import PlanFacts

# A plan that names no end is looked at again after four weeks at the latest.
DAYS_WITHOUT_END = 28


def first_day(facts: PlanFacts) -> date:
    return max(facts.today, facts.start_date or facts.today)


def last_day(facts: PlanFacts) -> date:
    """Return the day of the review, else the last day of the last exercise, else four weeks after the first.

    An end that is past ends nothing: the patient goes on.
    """
    first = first_day(facts)
    if facts.review_date and facts.review_date >= first:
        return facts.review_date
    without_end = days_after(first, DAYS_WITHOUT_END)
    ends = [item.dose.until or without_end for item in facts.items]
    last = max(ends, default=without_end)
    return last if last >= first else without_end


def days_after(day: date, days: int) -> date:
    """Return the day so many days later; the calendar's last one where it ends before."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or that month's last; the calendar's last where it ends before."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
