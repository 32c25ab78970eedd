"""Patients: found, read, added and changed by those who care for them."""

from collections.abc import Sequence
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
from plans.api.exceptions import refuse
from plans.api.filters import ConditionFilter, DayFilter, IdFilter, WordsFilter
from plans.api.lookups.clinics import named_clinic
from plans.api.lookups.limit_rows import limit_rows
from plans.api.lookups.patient_rows import condition_rows, symptom_rows
from plans.api.permissions import Call
from plans.api.serializers.fields import EXTERNAL_ID_LENGTH, length_of
from plans.api.serializers.patients import PatientSearchInputSerializer, PatientSerializer
from plans.api.viewsets.etags import version_of
from plans.api.viewsets.mixins import RetrieveMixin
from plans.api.viewsets.search import SearchableViewSet
from plans.models import AuditVerb, Clinic, Patient, Plan, Role, User
from plans.queries.alerts import alerts_of
from plans.queries.plans import with_external_id

WRITE = Call("patients:write", reads=("patients:read",))
WRITTEN_ELSEWHERE = ("clinic_id", "therapist_id", "external_id", "conditions", "symptoms", "limits")


class PatientFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What patients can be found by."""

    clinic = IdFilter(field_name="clinic_id", label="The clinic's id.")
    therapist = IdFilter(field_name="therapist_id", label="The therapist's id.")
    external_id = WordsFilter(max_length=EXTERNAL_ID_LENGTH, label="Your own id for the patient.")
    record_number = WordsFilter(
        max_length=length_of(Patient, "record_number"), label="The clinic's record number, whole."
    )
    birth_date = DayFilter(label="The birth date, YYYY-MM-DD.")
    condition = ConditionFilter(
        field_name="conditions__condition__code", label="A condition's code, or an ICD-10 code."
    )


@extend_schema_view(
    list=extend_schema(summary="List patients", description="Your caseload; a lead's whole clinic."),
    retrieve=extend_schema(summary="Read a patient"),
    search=extend_schema(summary="Search patients", request=PatientSearchInputSerializer),
)
class PatientViewSet(RetrieveMixin, SearchableViewSet):
    """Patients of the caller's caseload, with conditions, symptoms and limits."""

    calls = {
        "list": Call("patients:read"),
        "search": Call("patients:read"),
        "search_page": Call("patients:read"),
        "retrieve": Call("patients:read"),
        "create": WRITE,
        "partial_update": WRITE,
    }
    model = Patient
    serializer_class = PatientSerializer
    search_body = PatientSearchInputSerializer
    personal_parameters = frozenset({"search", "external_id", "record_number", "birth_date"})
    filterset_class = PatientFilter
    search_fields = ("search_text",)
    search_description = "name, printed name, record number"
    ordering_fields = ("name", "birth_date")
    ordering = ("name",)

    def rows(self) -> QuerySet[Patient]:
        rows = permissions.patients_of(self.person).select_related("clinic")
        rows = rows.prefetch_related("conditions__condition", "symptoms__symptom", "limits__movement")
        return with_external_id(rows, self.system)

    def version(self, row: Patient) -> str:
        inner = [*row.conditions.all(), *row.symptoms.all(), *row.limits.all()]
        return version_of([row, *sorted(inner, key=lambda fact: fact.pk)])

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset) or []
        asked = permissions.clinics_with(self.person, *permissions.TREATS)
        audit.append_listing(by=self.person, patients=page, asked=asked)
        return page

    def beside(self, rows: Sequence[Patient]) -> dict[str, Any]:
        if self.action in self.filtered_actions:
            return {}
        return {
            "alerts": {patient.pk: alerts_of(Plan.objects.filter(patient=patient.pk)) for patient in rows}
        }

    def answer_row(self, row: Patient, *, status: int = 200) -> Response:
        self.note_reading(AuditVerb.PATIENT_VIEWED, row, row)
        return super().answer_row(row, status=status)

    @extend_schema(summary="Add a patient")
    def create(self, request: Request) -> Response:
        given = self.body()
        clinic = self._clinic(given.get("clinic_id"))
        patient = Patient(
            clinic=clinic,
            language=clinic.language,
            therapist=self._therapist(given.get("therapist_id"), clinic, new=True),
        )
        self._save(patient, given)
        return self.answer_row(self.rows().get(pk=patient.pk), status=201)

    @extend_schema(
        summary="Change a patient",
        description="Fields that are not given stay. Lists of conditions and symptoms are replaced whole; a symptom "
        "that was cleared stays on record. A limit stays as it was set, and ends by its day or by a clearance. The "
        "plans that the patient follows are checked again at once: `alerts` names those that the rules now stop or "
        "ask a reason for. An emergency red flag that a system notes pauses them.",
    )
    def partial_update(self, request: Request, pk: UUID) -> Response:
        patient = self.locked_as_seen()
        given = self.body(partial=True)
        if given.get("clinic_id", patient.clinic_id) != patient.clinic_id:
            refuse("clinic", "A patient stays with its clinic.")
        if "therapist_id" in given:
            patient.therapist = self._therapist(given["therapist_id"], patient.clinic, new=False)
        self._save(patient, given)
        return self.answer_row(self.rows().get(pk=patient.pk))

    def _clinic(self, given: UUID | None) -> Clinic:
        return named_clinic(
            given,
            among=permissions.clinics_with(self.person, Role.THERAPIST, Role.LEAD),
            several="You have patients in several clinics: say in which.",
            unknown="You have no patients in such a clinic.",
        )

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
        own = {name: value for name, value in given.items() if name not in WRITTEN_ELSEWHERE}
        own |= {name: own[name] or "" for name in ("figure_build", "figure_skin") if name in own}
        set_columns(patient, own, columns=PATIENT_COLUMNS)
        conditions = condition_rows(patient, given.get("conditions"))
        symptoms = symptom_rows(patient, given.get("symptoms"))
        limits = limit_rows(patient, given.get("limits"))
        try:
            save_patient(
                patient=patient,
                conditions=conditions.rows,
                symptoms=symptoms.rows,
                limits=limits.rows,
                removed=conditions.left_out | symptoms.left_out | limits.left_out,
                by=self.person,
            )
        except ImpossibleFacts as error:
            places = {"conditions": conditions.places, "symptoms": symptoms.places, "limits": limits.places}
            raise error.told_at(places) from None
        self.keep_external_id(patient, given)
