"""What a plan begins with where nobody said otherwise: the clinic's own review, and how often."""

from datetime import date, timedelta

from plans.models import Clinic, Plan


def review_day(clinic: Clinic, *, start: date) -> date:
    return start + timedelta(days=clinic.review_days)


def begin_with_defaults(plan: Plan) -> Plan:
    """Let a new plan start today, with the clinic's review date and frequency."""
    clinic = plan.patient.clinic
    plan.start_on = clinic.today()
    plan.review_on = review_day(clinic, start=plan.start_on)
    plan.times_per_day_min = plan.times_per_day_max = clinic.usual_times_per_day
    plan.days_per_week_min = plan.days_per_week_max = clinic.usual_days_per_week
    return plan
