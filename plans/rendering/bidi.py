"""Names and numbers of one direction inside text of the other."""

from dataclasses import replace

from plans.content import ClinicContent, PatientContent, PlanContent, TherapistContent

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def isolate(content: PlanContent) -> PlanContent:
    """The content for a right-to-left page: a phone number such as (555) 0100-22 would print as 22-0100 (555)."""
    return replace(
        content,
        clinic=_isolate_clinic(content.clinic),
        patient=_isolate_patient(content.patient),
        therapist=_isolate_therapist(content.therapist),
        sheet_code=_wrap(content.sheet_code),
    )


def _isolate_clinic(clinic: ClinicContent) -> ClinicContent:
    return replace(
        clinic,
        name=_wrap(clinic.name),
        address=_wrap(clinic.address),
        phone=_wrap(clinic.phone),
        emergency_number=_wrap(clinic.emergency_number),
    )


def _isolate_patient(patient: PatientContent) -> PatientContent:
    return replace(patient, name=_wrap(patient.name), record_number=_wrap(patient.record_number))


def _isolate_therapist(person: TherapistContent) -> TherapistContent:
    return replace(person, name=_wrap(person.name), title=_wrap(person.title), licence=_wrap(person.licence))


def _wrap(text: str) -> str:
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if text else ""
