"""A plan that was stopped goes on as it was issued last."""

from django.db import transaction

from plans import audit, permissions
from plans.actions.pausing import StopStands, pause_if_emergency
from plans.actions.reviewing import review
from plans.exceptions import PlansError
from plans.models import AuditVerb, Plan, User
from plans.permissions import NotAllowed
from plans.queries.issued_checks import check_publication
from plans.queries.locks import lock_patient_of


class NotStopped(PlansError):
    """This plan was not stopped, so there is nothing to resume."""

    code = "plan_not_stopped"


@transaction.atomic
def restart_plan(*, plan: Plan, by: User) -> Plan:
    """Let the patient go on with the newest version of a plan that was stopped.

    Raises NotAllowed, NotStopped, and StopStands with the findings while something stops the plan: the rules were not
    asked while nobody followed it.
    """
    lock_patient_of(plan.pk)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic").get(pk=plan.pk)
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    newest = plan.publications.select_related("content", "plan__patient__clinic").order_by("-number").first()
    if plan.stopped_on is None or newest is None:
        raise NotStopped
    check = check_publication(newest)
    if check.stops:
        raise StopStands(findings=check.stops, causes=check.causes)
    plan.stopped_on = None
    plan.save(update_fields=["stopped_on"])
    audit.append(verb=AuditVerb.PLAN_RESTARTED, by=by, what=plan, **audit.place_of(plan.patient))
    pause_if_emergency(plan=plan, by=by)
    review(publication=newest)
    return plan
