"""Whose systems and webhooks a person keeps."""

from django.db.models import QuerySet

from plans import permissions
from plans.models import Clinic, Role, User


def clinics_kept(person: User) -> QuerySet[Clinic]:
    """Give the clinics that the person leads; all of them for those who run the service."""
    if permissions.may_run_the_service(person):
        return Clinic.objects.all()
    return Clinic.objects.filter(pk__in=permissions.clinics_with(person, Role.LEAD))
