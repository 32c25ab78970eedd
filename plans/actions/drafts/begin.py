"""A new plan is a draft from the start, under the id that its page made: nothing waits for a first Save."""

from uuid import UUID

from django.db import transaction

from plans import permissions
from plans.actions.drafts.titles import title_for
from plans.actions.plan_defaults import begin_with_defaults
from plans.actions.plans import save_plan
from plans.models import Patient, Plan, User
from plans.permissions import NotAllowed


@transaction.atomic
def begin_draft(*, plan_id: UUID, patient: Patient, by: User) -> Plan:
    """Make an empty draft with the clinic's defaults, or return the one that was made under this id before.

    Its title stands on paper, so it is in the patient's language until somebody writes a better one. Raises
    NotAllowed, also for an id under which somebody else's plan, or another patient's, is kept.
    """
    if made := Plan.objects.select_related("patient__clinic").filter(pk=plan_id).first():
        if made.patient_id != patient.pk or not permissions.may_care_for(by, made.patient):
            raise NotAllowed
        return made
    plan = Plan(id=plan_id, patient=patient, title=title_for(patient))
    return save_plan(plan=begin_with_defaults(plan), by=by)
