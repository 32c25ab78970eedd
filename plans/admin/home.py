"""The first page: what waits for this person today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from plans import permissions
from plans.admin.audit_labels import words_of
from plans.admin.follow_ups.presenters import follow_ups_at_home
from plans.admin.library.presenters import reviewer_roles
from plans.admin.patients.overview import distance
from plans.models import (
    AuditEvent,
    AuditVerb,
    Clinic,
    DownloadLink,
    Handover,
    Patient,
    Plan,
    Publication,
    Rendering,
    RenderingState,
    Review,
    Role,
    User,
)
from plans.models.vocabulary import ENTRIES
from plans.queries.access_changes import access_changes
from plans.queries.active_plans import active_publications
from plans.queries.alerts import alerts_of
from plans.queries.approvals import (
    advice_work,
    exercise_work,
    leaflet_work,
    measure_work,
    protocol_work,
    rule_work,
    sign_work,
    vocabulary_work,
)
from plans.queries.clinic_days import days_by_zone, from_today_on, up_to_today
from plans.queries.links import blocked_links
from plans.queries.reissues import left_to_a_person
from plans.queries.renderings import UNDONE, missing, stuck
from plans.queries.review_notes import open_notes
from plans.queries.wording import language_ready

MAX_ROWS = 12
MAX_SHORT = 6
MAX_LIVE = 2
LATELY = timedelta(days=60)
ENDS_SOON = timedelta(days=14)
SLOW = timedelta(minutes=1)
LOOKED = (
    AuditVerb.PATIENT_MADE,
    AuditVerb.PATIENT_VIEWED,
    AuditVerb.PLAN_MADE,
    AuditVerb.PLAN_VIEWED,
    AuditVerb.PUBLICATION_VIEWED,
)


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add what the person's roles ask for; nobody sees another's part."""
    person = request.user
    if isinstance(person, User):
        context["access_changes"] = access_lines(person) if permissions.roles_of(person) else ()
        context["care"] = care_of(person) if permissions.may_have_patients(person) else None
        context["reviews"] = [review_of(role.clinic) for role in reviewer_roles(person)]
        context["keeps_library"] = permissions.may_keep_a_library(person)
        if context["keeps_library"]:
            context["sent_back"] = open_notes(permissions.clinics_with(person, Role.LIBRARY_ADMIN)).count()
        context["leads"] = permissions.may_lead(person)
        context["runs_service"] = permissions.may_run_the_service(person)
        context["files_missing"] = missing().count() if context["runs_service"] else 0
    return context


def access_lines(person: User) -> list[tuple[AuditEvent, str]]:
    return [(event, _access_words(event)) for event in access_changes(person)[:MAX_ROWS]]


def _access_words(event: AuditEvent) -> str:
    role = event.detail.get("role")
    words = f"{words_of(event)} ({Role(role).label})" if role in Role else words_of(event)
    if event.detail.get("from_elsewhere"):
        words += _(", who came with an account from another clinic")
    return words


@dataclass(frozen=True)
class SeenPatient:
    """A patient, and the plans that they follow now."""

    patient: Patient
    live: list[Plan]


@dataclass(frozen=True)
class DuePlan:
    """A plan to look at again, and why today."""

    plan: Plan
    why: str


def care_of(person: User) -> dict[str, Any]:
    """Return what waits for the person: patients, drafts, plans to look at or to issue again, files, links."""
    plans = permissions.plans_of(person).filter(stopped_on=None).select_related("patient__clinic")
    drafts = list(plans.filter(publications=None)[: MAX_SHORT + 1])
    days = days_by_zone(permissions.zones_of(person))
    due = list(
        plans.filter(up_to_today("review_on", of="patient__clinic", days=days)).order_by("review_on")[
            : MAX_SHORT + 1
        ]
    )
    return {
        "handed_over": handed_over_to(person)[:MAX_ROWS],
        "patients": _with_live_plans(seen_lately(person)),
        "patient_count": permissions.patients_of(person).count(),
        "drafts": drafts[:MAX_SHORT],
        "more_drafts": len(drafts) > MAX_SHORT,
        "due": [_due(plan) for plan in due[:MAX_SHORT]],
        "more_due": len(due) > MAX_SHORT,
        "to_issue": left_to_a_person(plans)[:MAX_ROWS],
        "follow_ups": follow_ups_at_home(person),
        "alerts": alerts_of(permissions.plans_of(person)),
        "changed": _changed(person),
        "failed": _failed(person),
        "waiting": _waiting(person),
        "blocked_links": blocked_links(plans)[:MAX_ROWS],
        "ending_links": _ending_links(plans, days),
    }


def seen_lately(person: User) -> list[Patient]:
    """Return the patients whose pages, plans or versions the person opened last; then others of theirs by name."""
    seen = AuditEvent.objects.filter(
        created_by=person,
        patient_id__isnull=False,
        verb__in=LOOKED,
        created_at__gt=timezone.now() - LATELY,
    )
    newest = seen.order_by().values("patient_id").annotate(last=Max("created_at")).order_by("-last")
    ids = [row["patient_id"] for row in newest[: MAX_ROWS * 2]]
    own = permissions.patients_of(person)
    known = own.in_bulk(ids)
    found = [known[pk] for pk in ids if pk in known][:MAX_ROWS]
    if len(found) < MAX_ROWS:
        found += own.exclude(pk__in=[patient.pk for patient in found]).order_by("name")[
            : MAX_ROWS - len(found)
        ]
    return found


def _with_live_plans(patients: list[Patient]) -> list[SeenPatient]:
    followed = active_publications().filter(plan__patient__in=patients).order_by("-published_at")
    live: dict[UUID, list[Plan]] = {}
    for patient_id, plan_id, title in followed.values_list("plan__patient_id", "plan_id", "plan__title"):
        live.setdefault(patient_id, []).append(Plan(pk=plan_id, title=title))
    return [SeenPatient(patient, live.get(patient.pk, [])[:MAX_LIVE]) for patient in patients]


def _due(plan: Plan) -> DuePlan:
    today = plan.patient.clinic.today()
    day = plan.review_on or today
    return DuePlan(plan, _("review was set for %(when)s") % {"when": distance(day, today)})


def _ending_links(plans: QuerySet[Plan], days: Mapping[str, date]) -> QuerySet[DownloadLink]:
    """Return open links of issued plans whose last day comes soon: publishing again gives them a later one."""
    soon = max(days.values(), default=timezone.localdate()) + ENDS_SOON
    return (
        DownloadLink.objects.filter(
            from_today_on("expires_on", of="plan__patient__clinic", days=days),
            Exists(Publication.objects.filter(plan=OuterRef("plan"))),
            plan__in=plans,
            revoked_at=None,
            blocked_at=None,
            expires_on__lte=soon,
        )
        .select_related("plan__patient")
        .order_by("expires_on")[:MAX_SHORT]
    )


def _waiting(person: User) -> QuerySet[Publication]:
    """Return newest versions of which a file is not made yet, though a minute has passed."""
    undone = Rendering.objects.filter(state__in=UNDONE, queued_at__lt=timezone.now() - SLOW)
    files = undone.filter(Q(content=OuterRef("content")) | Q(content=OuterRef("record")))
    rows = permissions.publications_of(person).annotate(newest=Max("plan__publications__number"))
    return rows.filter(Exists(files), number=F("newest")).select_related("plan__patient")[:MAX_SHORT]


def handed_over_to(person: User) -> QuerySet[Handover]:
    """Return what nobody has said to have seen; a patient who went on to another is not shown any more."""
    rows = Handover.objects.filter(
        to_person=person, seen_at=None, patient__in=permissions.patients_of(person), patient__therapist=person
    )
    return rows.select_related("patient", "from_person")


def review_of(clinic: Clinic) -> dict[str, Any]:
    return {
        "clinic": clinic,
        "exercises": exercise_work(clinic).count(),
        "rules": rule_work(clinic).count(),
        "advice": advice_work(clinic).count(),
        "leaflets": leaflet_work(clinic).count(),
        "measures": measure_work(clinic).count(),
        "protocols": protocol_work(clinic).count(),
        "signs": sign_work(clinic).count(),
        "words": words_of_work(clinic),
        "sent_back": open_notes([clinic.pk]).count(),
        "languages": [(code, name) for code, name in settings.LANGUAGES if not language_ready(clinic, code)],
    }


def words_of_work(clinic: Clinic) -> list[tuple[str, int]]:
    counts = vocabulary_work(clinic).aggregate(**{entry: Count(entry) for entry in ENTRIES})
    return [(entry, counts[entry]) for entry in ENTRIES if counts[entry]]


def _changed(person: User) -> QuerySet[Review]:
    """Open reviews that ask for no more than a look: plans of which the rules now say something else."""
    rows = Review.objects.filter(
        closed_at=None,
        stops=0,
        unanswered=0,
        unchecked=False,
        publication__in=permissions.publications_of(person),
    )
    return rows.select_related("publication__plan__patient")[:MAX_ROWS]


def _failed(person: User) -> QuerySet[Publication]:
    """Newest versions that lack a file because it has failed; an older print of the same content will do."""
    failed = stuck(Rendering.objects.filter(state=RenderingState.FAILED))
    files = failed.filter(Q(content=OuterRef("content")) | Q(content=OuterRef("record")))
    rows = permissions.publications_of(person).annotate(newest=Max("plan__publications__number"))
    return rows.filter(Exists(files), number=F("newest")).select_related("plan__patient")[:MAX_ROWS]
