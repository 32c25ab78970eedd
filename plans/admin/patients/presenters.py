"""What the rules ask of the plans that a patient follows, as the patient's page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from plans.admin.plans.offered_reasons import recent_reasons
from plans.admin.plans.presenters import CardLine, show_cards
from plans.contraindications import Card, Finding, make_cards
from plans.exceptions import PlansError
from plans.models import Patient, Plan, User
from plans.queries.alerts import Alert, alerts_of
from plans.queries.checks import PlanCheck
from plans.queries.issued_checks import check_publication


@dataclass(frozen=True, kw_only=True)
class ShownAlert:
    """One plan with its stops, and with what asks for a reason, as the rules say today."""

    alert: Alert
    stops: Sequence[CardLine]
    unanswered: Sequence[CardLine]
    failure: str = ""


def alerts_for(patient: Patient, person: User) -> list[ShownAlert]:
    """Return the patient's alerts; each plan of which the rules asked something is checked anew."""
    return [_look(alert, person) for alert in alerts_of(Plan.objects.filter(patient=patient.pk))]


def _look(alert: Alert, person: User) -> ShownAlert:
    newest = alert.plan.publications.select_related("content", "plan__patient__clinic").latest("number")
    try:
        check = check_publication(newest)
    except PlansError as error:
        failure = _("The rules could not be checked: %(error)s") % {"error": error}
        return ShownAlert(alert=alert, stops=(), unanswered=(), failure=failure)
    return _show(alert, check, person)


def _show(alert: Alert, check: PlanCheck, person: User) -> ShownAlert:
    recent = recent_reasons(person) if check.unanswered else {}
    return ShownAlert(
        alert=alert,
        stops=show_cards(check, _cards(check, check.stops), posted={}, recent=recent).lines,
        unanswered=show_cards(check, _cards(check, check.unanswered), posted={}, recent=recent).lines,
    )


def _cards(check: PlanCheck, findings: Iterable[Finding]) -> tuple[Card, ...]:
    return make_cards(findings, check.vocabulary)
