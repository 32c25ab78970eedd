"""Pause a plan that shall not be followed for now, and resume it when nothing stops it any more."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from plans import audit, outbox, permissions
from plans.actions.mail_cancelling import PLAN_PAUSED, cancel_of_plan
from plans.actions.reviewing import review
from plans.contraindications import Finding
from plans.exceptions import PlansError
from plans.libraryfiles.vocabulary import RedFlag
from plans.models import AuditVerb, Patient, PatientSymptom, Pause, PauseCause, Plan, User
from plans.permissions import NotAllowed
from plans.queries.active_plans import active_publications
from plans.queries.issued_checks import check_publication
from plans.queries.locks import lock_patient_of
from plans.queries.pauses import open_pause


class PlanNotLive(PlansError):
    """Nobody follows this plan: it was never published, or it was stopped."""

    code = "plan_not_live"


class StopStands(PlansError):
    """The plan stays paused: {count} finding(s) stop it. Record the clearance on the patient, or correct the fact."""

    code = "stop_stands"

    def __init__(self, *, findings: Sequence[Finding], causes: Mapping[str, str]) -> None:
        super().__init__(count=len(findings))
        self.findings, self.causes = tuple(findings), causes


@transaction.atomic
def pause_plan(*, plan: Plan, by: User) -> Plan:
    """Tell the patient not to exercise until the plan is resumed; a plan that is paused stays so.

    Raises NotAllowed, PlanNotLive.
    """
    plan = _locked(plan, by)
    _pause(plan, PauseCause.BY_HAND, by)
    return plan


@transaction.atomic
def resume_plan(*, plan: Plan, by: User) -> Plan:
    """Let the patient go on with the newest version; a plan that is not paused stays as it is.

    Raises NotAllowed, PlanNotLive, and StopStands with the findings while something stops the plan: a stop ends only
    when its fact changes.
    """
    lock_patient_of(plan.pk)
    plan = _locked(plan, by)
    pause = open_pause(plan)
    if pause is None:
        return plan
    newest = plan.publications.select_related("content", "plan__patient__clinic").latest("number")
    check = check_publication(newest)
    if check.stops:
        raise StopStands(findings=check.stops, causes=check.causes)
    pause.resumed_at, pause.resumed_by = timezone.now(), by
    pause.save(update_fields=["resumed_at", "resumed_by"])
    audit.append(verb=AuditVerb.PLAN_RESUMED, by=by, what=plan, **audit.place_of(plan.patient))
    outbox.add_plan_resumed(pause)
    # What asks for a reason was not said while the plan was paused.
    review(publication=newest)
    return plan


def pause_for_emergency(*, patient: Patient, by: User) -> None:
    """Pause all that the patient follows: a system noted an emergency, and nobody may look for hours.

    The caller holds the patient and may write it.
    """
    live = active_publications(clinic=patient.clinic).filter(plan__patient=patient.pk).values("plan")
    for plan in Plan.objects.select_for_update(of=("self",)).filter(pk__in=live).order_by("pk"):
        _pause(plan, PauseCause.EMERGENCY, by)


def pause_if_emergency(*, plan: Plan, by: User) -> None:
    """Pause a plan that is followed again while an emergency red flag stands. The caller holds plan and patient."""
    flags = PatientSymptom.objects.filter(
        patient=plan.patient_id, cleared_on=None, symptom__red_flag=RedFlag.EMERGENCY
    )
    if flags.exists():
        _pause(plan, PauseCause.EMERGENCY, by)


def _pause(plan: Plan, cause: PauseCause, by: User) -> None:
    if open_pause(plan):
        return
    pause = Pause.objects.create(plan=plan, cause=cause, paused_by=by)
    audit.append(
        verb=AuditVerb.PLAN_PAUSED,
        by=by,
        what=plan,
        detail={"cause": cause.value},
        **audit.place_of(plan.patient),
    )
    outbox.add_plan_paused(pause)
    cancel_of_plan(plan, why=PLAN_PAUSED, by=by)


def _locked(plan: Plan, by: User) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic").get(pk=plan.pk)
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    if plan.stopped_on or not plan.publications.exists():
        raise PlanNotLive
    return plan
