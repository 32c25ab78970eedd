"""Who did what with one patient's record; for leads of the patient's clinic."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.api.permissions import Call, is_lead
from plans.api.serializers.audit import EventSerializer
from plans.api.viewsets.base import ApiViewSet
from plans.models import AuditEvent, AuditVerb, Patient, Role


class PatientAuditViewSet(ApiViewSet):
    """The trail of one patient."""

    tag = "patients"
    calls = {"audit": Call("audit:read", is_lead)}
    paged_actions = ("audit",)
    model = Patient
    serializer_class = EventSerializer
    ordering = ("-created_at",)

    def rows(self) -> QuerySet[Patient]:
        leads = permissions.clinics_with(self.person, Role.LEAD)
        return Patient.objects.filter(clinic__in=leads).select_related("clinic")

    @extend_schema(summary="Read a patient's audit", responses=EventSerializer(many=True))
    @action(detail=True, methods=["get"])
    def audit(self, request: Request, pk: UUID) -> Response:
        """Who did what with this patient's record, newest first. Asking is recorded too."""
        patient = self.get_object()
        self.note_reading(AuditVerb.AUDIT_VIEWED, patient, patient)
        rows = AuditEvent.objects.filter(patient_id=patient.pk).select_related("created_by", "on_behalf_of")
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(EventSerializer(page, many=True).data)
