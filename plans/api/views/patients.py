"""Patients: found, read, added and changed by those who care for them."""

from typing import Any
from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from plans import audit, permissions
from plans.actions.columns import set_columns
from plans.actions.patient_facts import ImpossibleFacts
from plans.actions.patients import PATIENT_COLUMNS, save_patient
from plans.api.filters import ConditionFilter, DayFilter, IdFilter, WordsFilter
from plans.api.lookups.patient_rows import condition_rows, symptom_rows
from plans.api.permissions import Call
from plans.api.serializers.patients import PatientSearchBody, PatientShown
from plans.api.viewsets.base import refuse
from plans.api.viewsets.search import Searchable
from plans.models import AuditVerb, Clinic, Patient, Plan, Role, User
from plans.queries.alerts import alerts_of
from plans.queries.plans import with_external_id

WRITE = Call("patients:write", reads=("patients:read",))
INNER = {"conditions", "symptoms", "external_id", "clinic_id", "therapist_id"}


class PatientFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What patients can be found by."""

    clinic = IdFilter(field_name="clinic_id", label="The clinic's id.")
    therapist = IdFilter(field_name="therapist_id", label="The therapist's id.")
    external_id = WordsFilter(max_length=120, label="Your own id for the patient.")
    record_number = WordsFilter(max_length=40, label="The clinic's record number, whole.")
    birth_date = DayFilter(label="The birth date, YYYY-MM-DD.")
    condition = ConditionFilter(
        field_name="conditions__condition__code", label="A condition's code, or an ICD-10 code."
    )


@extend_schema_view(
    list=extend_schema(summary="List patients", description="Your caseload; a lead's whole clinic."),
    retrieve=extend_schema(summary="Read a patient"),
    search=extend_schema(summary="Search patients", request=PatientSearchBody),
)
class Patients(Searchable):
    """Patients of the caller's caseload, with conditions and symptoms."""

    calls = {
        "list": Call("patients:read"),
        "search": Call("patients:read"),
        "search_page": Call("patients:read"),
        "retrieve": Call("patients:read"),
        "create": WRITE,
        "partial_update": WRITE,
    }
    serializer_class = PatientShown
    search_body = PatientSearchBody
    personal = frozenset({"search", "external_id", "record_number", "birth_date"})
    filterset_class = PatientFilter
    search_fields = ("search_text",)
    searched = "name, printed name, record number"
    ordering_fields = ("name", "birth_date")
    ordering = ("name",)

    def rows(self) -> QuerySet[Patient]:
        rows = permissions.patients_of(self.person).select_related("clinic")
        rows = rows.prefetch_related("conditions__condition", "symptoms__symptom")
        return with_external_id(rows, self.system)

    def queryset_for_schema(self) -> QuerySet[Patient]:
        return Patient.objects.all()

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        asked = permissions.clinics_with(self.person, *permissions.TREATS)
        audit.append_listing(by=self.person, patients=page, asked=asked)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        patient = self.get_object()
        return self._shown(patient)

    @extend_schema(summary="Add a patient")
    def create(self, request: Request) -> Response:
        given = self.body()
        clinic = self._clinic(given.get("clinic_id"))
        patient = Patient(
            clinic=clinic, therapist=self._therapist(given.get("therapist_id"), clinic, new=True)
        )
        self._save(patient, given)
        return self._shown(self.rows().get(pk=patient.pk), status=201)

    @extend_schema(
        summary="Change a patient",
        description="Fields that are not given stay. Lists of conditions and symptoms are replaced whole; a symptom "
        "that was cleared stays on record. The plans that the patient follows are checked again at once: `alerts` "
        "names those that the rules now stop or ask a reason for. An emergency red flag that a system notes pauses "
        "them.",
    )
    def partial_update(self, request: Request, pk: UUID) -> Response:
        patient = self.locked()
        self.expect(_stored(patient))
        given = self.body(partial=True)
        if given.get("clinic_id", patient.clinic_id) != patient.clinic_id:
            refuse("clinic", "A patient stays with its clinic.")
        if "therapist_id" in given:
            patient.therapist = self._therapist(given["therapist_id"], patient.clinic, new=False)
        self._save(patient, given)
        return self._shown(self.rows().get(pk=patient.pk))

    def _shown(self, patient: Any, status: int = 200) -> Response:
        patient.alerts = alerts_of(Plan.objects.filter(patient=patient.pk))
        location = f"/api/v1/patients/{patient.pk}/" if status == 201 else ""
        self.note_reading(AuditVerb.PATIENT_VIEWED, patient, patient)
        data = self.get_serializer(patient).data
        return self.answer(data, rows=_stored(patient), status=status, location=location)

    def _clinic(self, given: UUID | None) -> Clinic:
        own = permissions.clinics_with(self.person, Role.THERAPIST, Role.LEAD)
        if given is None and len(own) != 1:
            refuse("clinic", "You have patients in several clinics: say in which.", "required")
        if given is not None and given not in own:
            refuse("clinic", "You have no patients in such a clinic.", "unknown")
        return Clinic.objects.get(pk=given or own.pop())

    def _therapist(self, given: UUID | None, clinic: Clinic, *, new: bool) -> User:
        if given is None and self.system is None and new:
            return self.person
        if given is None and new and self.person.on_behalf_of_id:
            given = self.person.on_behalf_of_id
        people = permissions.treating_in({clinic.pk})
        found = people.filter(pk=given)[:2] if given else people[:2]
        if len(found) != 1:
            refuse("therapist", "Name a therapist of this clinic.", "unknown" if given else "required")
        return found[0]

    def _save(self, patient: Patient, given: dict[str, Any]) -> None:
        own = {name: value for name, value in given.items() if name not in INNER}
        set_columns(patient, own, columns=PATIENT_COLUMNS)
        conditions = condition_rows(patient, given.get("conditions"))
        symptoms = symptom_rows(patient, given.get("symptoms"))
        try:
            save_patient(
                patient=patient,
                conditions=conditions.rows,
                symptoms=symptoms.rows,
                removed=conditions.left_out | symptoms.left_out,
                by=self.person,
            )
        except ImpossibleFacts as error:
            raise error.told_at({"conditions": conditions.places, "symptoms": symptoms.places}) from None
        self.keep_external_id(patient, given)


def _stored(patient: Patient) -> list[Any]:
    inner = [*patient.conditions.all(), *patient.symptoms.all()]
    return [patient, *sorted(inner, key=lambda row: row.pk)]
