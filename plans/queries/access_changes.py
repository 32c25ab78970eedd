"""What changed lately in who may get at a clinic's patients."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from plans import permissions
from plans.models import AuditEvent, AuditVerb, Role, User

SHOWN_FOR = timedelta(days=14)
VERBS = (
    AuditVerb.PERSON_PASSWORD_SET,
    AuditVerb.ROLE_FIRST_LEAD,
    AuditVerb.ROLE_GIVEN,
    AuditVerb.ROLE_TAKEN,
    AuditVerb.SYSTEM_KEY_MADE,
)


def access_changes(person: User) -> QuerySet[AuditEvent]:
    """Return what others changed in the clinics that the person leads.

    A first lead is shown to everyone in the clinic: there was nobody else to see it. That somebody came with an
    account from another clinic is shown to the lead who gave the role as well, who cannot know it otherwise.
    """
    seen = Q(clinic__in=permissions.clinics_with(person, Role.LEAD))
    seen |= Q(clinic__in=permissions.clinics_with(person), verb=AuditVerb.ROLE_FIRST_LEAD)
    rows = AuditEvent.objects.filter(seen, verb__in=VERBS, created_at__gte=timezone.now() - SHOWN_FOR)
    # Roles of the demonstration are given by nobody.
    rows = rows.filter(~Q(created_by=person) | Q(detail__from_elsewhere=True))
    return rows.exclude(verb=AuditVerb.ROLE_GIVEN, created_by=None).select_related("created_by", "person")
