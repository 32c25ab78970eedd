"""Who did what with one patient's record; for leads of the patient's clinic."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.api.permissions import Call
from plans.api.serializers.base import Shown
from plans.api.serializers.fields import Id, Moment, Text
from plans.api.viewsets.base import ApiViewSet
from plans.models import AuditEvent, AuditVerb, Patient, Role
from plans.permissions import Person

UUID_ = "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"


class EventShown(Shown):
    """One act or one reading. Objects are named by id."""

    id = Id(help_text="Its id.", example=UUID_)
    at = Moment(help_text="When.", example="2026-03-02T10:15:00Z")
    by = Text(
        allow_null=True,
        help_text="Who, by name; null for the patient and the service itself.",
        example="Sam Therapist",
    )
    on_behalf_of = Text(
        allow_null=True,
        help_text="For which therapist, by name, where a system acted for one.",
        example=None,
    )
    verb = Text(help_text="What was done.", example="plan.published")
    object_type = Text(help_text="With what.", example="publication")
    object_id = Text(help_text="Its id.", example=UUID_)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown = super().to_representation(instance)
        names = {"by": instance.by, "on_behalf_of": instance.on_behalf_of}
        return {**shown, **{field: str(one) if one else None for field, one in names.items()}}


def is_lead(person: Person) -> bool:
    """Whether the caller is lead in some clinic."""
    return bool(permissions.clinics_with(person, Role.LEAD))


class PatientAudit(ApiViewSet):
    """The trail of one patient."""

    tag = "patients"
    calls = {"audit": Call("audit:read", is_lead)}
    paged = ("audit",)
    serializer_class = EventShown
    ordering = ("-at",)

    def rows(self) -> QuerySet[Patient]:
        leads = permissions.clinics_with(self.person, Role.LEAD)
        return Patient.objects.filter(clinic__in=leads).select_related("clinic")

    def queryset_for_schema(self) -> QuerySet[Patient]:
        return Patient.objects.all()

    @extend_schema(summary="Read a patient's audit", responses=EventShown(many=True))
    @action(detail=True, methods=["get"])
    def audit(self, request: Request, pk: UUID) -> Response:
        """Who did what with this patient's record, newest first. Asking is recorded too."""
        patient = self.get_object()
        self.note_reading(AuditVerb.AUDIT_VIEWED, patient, patient)
        rows = AuditEvent.objects.filter(patient_id=patient.pk).select_related("by", "on_behalf_of")
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(EventShown(page, many=True).data)
