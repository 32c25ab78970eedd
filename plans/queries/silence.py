"""Plans that patients follow and of which nothing was told for the clinic's number of days.

Nobody knows then whether the exercises were done: it is unknown, and not "not done". The days count from the last day
that was told of, the newest version's issue, the end of its last pause, or the day on which somebody was done with the
last silence, whichever is latest; and not before the first day of that version.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from plans.content import from_json
from plans.models import Clinic, DayEntry, FollowUp, FollowUpKind, LogEntry, Pause, Plan, Publication
from plans.models.follow_ups import OPEN
from plans.queries.active_plans import active_publications
from plans.queries.follow_up_reasons import Reason
from plans.queries.pauses import is_paused


def followed_now(clinic: Clinic) -> QuerySet[Publication]:
    """Return the newest versions of the clinic's plans that patients follow, and that are not paused."""
    return active_publications(clinic=clinic).filter(~is_paused("plan"))


def silent_publications(clinic: Clinic) -> QuerySet[Publication]:
    """Return what is silent by today."""
    last = last_silent_day(clinic)
    begins = datetime.combine(last + timedelta(days=1), time.min, tzinfo=clinic.zone)
    of_plan = Q(plan=OuterRef("plan"))
    return followed_now(clinic).filter(
        ~Exists(LogEntry.objects.filter(of_plan, day__gt=last)),
        ~Exists(DayEntry.objects.filter(of_plan, day__gt=last)),
        ~Exists(Pause.objects.filter(of_plan, resumed_at__gte=begins)),
        ~Exists(FollowUp.objects.filter(of_plan, kind=FollowUpKind.SILENT, done_at__gte=begins)),
        issued_on__lte=last,
    )


def unlisted_silence(clinic: Clinic) -> QuerySet[Publication]:
    """Return what is silent and on no list yet."""
    listed = FollowUp.objects.filter(OPEN, plan=OuterRef("plan"), kind=FollowUpKind.SILENT)
    return silent_publications(clinic).filter(~Exists(listed))


def unfounded_silence(clinic: Clinic) -> QuerySet[FollowUp]:
    """Return what is listed although nobody follows the plan any more, or it is paused, or the clinic does not ask."""
    listed = FollowUp.objects.filter(OPEN, clinic=clinic, kind=FollowUpKind.SILENT)
    if FollowUpKind.SILENT not in clinic.follow_up_kinds:
        return listed
    return listed.filter(~Exists(followed_now(clinic).filter(plan=OuterRef("plan"))))


def is_silent(plan: Plan) -> bool:
    return silent_publications(plan.patient.clinic).filter(plan=plan.pk).exists()


def silence_of(publication: Publication) -> Reason | None:
    """Return why this version is listed, unless its first day has not been for so long."""
    plan, content = publication.plan, from_json(publication.content.json)
    clinic = plan.patient.clinic
    if content.start_date and content.start_date > last_silent_day(clinic):
        return None
    told = last_told(plan)
    facts = {"since": (told or publication.issued_on).isoformat(), "never": told is None}
    return Reason(kind=FollowUpKind.SILENT, day=clinic.today(), publication=publication.pk, facts=facts)


def last_silent_day(clinic: Clinic) -> date:
    """Return the newest day of which something must have been told for a plan not to be silent today."""
    return clinic.today() - timedelta(days=clinic.silent_days)


def last_told(plan: Plan) -> date | None:
    """Return the newest day that anything was told of."""
    newest = [
        model.objects.filter(plan=plan).aggregate(day=Max("day"))["day"] for model in (LogEntry, DayEntry)
    ]
    return max((day for day in newest if day), default=None)
