"""Issued plans whose logs come back on paper."""

from plans.dose import Dose, Span
from tests import factories
from tests.logs import issued_days_ago

THRICE_A_WEEK = Dose(repetitions=Span(8, 8), times_per_day=Span(1, 1), days_per_week=Span(3, 3))


def sheet_of(by, *, issued_on, daily=8, thrice_a_week=0):
    """Issue a plan of so many daily exercises, once a day, and after them so many on 3 days a week."""
    clinic = by.memberships.first().clinic
    items = []
    for number in range(1, daily + thrice_a_week + 1):
        revision = factories.approved_exercise(clinic, f"exercise-{number}")
        fields = {"dose": THRICE_A_WEEK} if number > daily else {}
        items.append(factories.item(revision, order=number, **fields))
    plan = factories.plan(by, exercises=[])
    factories.plan_actions.save_plan(plan=plan, items=items, by=by)
    prepared = factories.publishing.prepare(plan=plan, by=by, formats=())
    reasons = {finding.fingerprint: "All of them help." for finding in prepared.check.unanswered}
    publication = factories.publication(by, of_plan=plan, reasons=reasons)
    return issued_days_ago(publication, (clinic.today() - issued_on).days)
