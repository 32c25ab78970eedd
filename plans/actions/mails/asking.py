"""Ask for a mail with the plan's link: a row that waits, written with the consent in one transaction."""

from django.db import transaction

from plans import audit, permissions
from plans.actions.links import ensure_link
from plans.actions.mails.consents import check_address, consent_for
from plans.actions.pausing import PlanNotLive
from plans.enqueue import enqueue_mails
from plans.exceptions import PlansError
from plans.models import AuditVerb, Mail, Plan, Publication, User
from plans.models.outgoing import WAITING
from plans.permissions import NotAllowed
from plans.queries.locks import lock_patient_of
from plans.queries.pauses import open_pause


class PausedPlanNotMailed(PlansError):
    """The plan is paused: resume it before its link is sent."""

    code = "paused_plan_not_mailed"


class LinkClosed(PlansError):
    """Too many wrong birth dates closed the plan's link. Renew it, then send the new one."""

    code = "link_closed"


class MailOnItsWay(PlansError):
    """A mail to the patient's former address is being sent just now. Try again in a minute."""

    code = "mail_on_its_way"


@transaction.atomic
def mail_link(*, publication: Publication, address: str, consented: bool = False, by: User) -> Mail:
    """Have the plan's link sent to this address; a mail that waits for the same link and address is given instead.

    `consented`: the patient agreed just now, which is recorded. Raises NotAllowed, WrongMailAddress, PlanNotLive,
    PausedPlanNotMailed, NoMailConsent, MailAddressFails, LinkClosed, MailOnItsWay; then nothing is written.
    """
    check_address(address)
    lock_patient_of(publication.plan_id)
    rows = Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic")
    plan = rows.get(pk=publication.plan_id)
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    if plan.stopped_on:
        raise PlanNotLive
    if open_pause(plan):
        raise PausedPlanNotMailed
    consent = consent_for(plan.patient, address, consented=consented, by=by)
    link = ensure_link(plan=plan, by=by)
    if link.blocked_at:
        raise LinkClosed
    if waiting := Mail.objects.filter(link=link, state__in=WAITING).first():
        if waiting.consent_id != consent.pk:
            raise MailOnItsWay
        return waiting
    mail = Mail.objects.create(
        clinic=plan.patient.clinic,
        publication=publication,
        link=link,
        consent=consent,
        language=plan.patient.language,
        created_by=by,
    )
    audit.append(verb=AuditVerb.MAIL_ASKED, by=by, what=mail, **audit.place_of(plan.patient))
    enqueue_mails()
    return mail
