"""What a new plan is called, in its patient's language: the part of the body and how far healing is, no diagnosis.

A plan's title is the title of its PDF and of the page on a phone, where others see it; a condition's name is no more
than the therapist writes there. Other languages than these wait for somebody who speaks them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils import translation
from django.utils.translation import gettext

from plans.libraryfiles.vocabulary import Region
from plans.models import Patient, PatientCondition
from plans.queries.rules import vocabulary_for

EARLY_DAYS: Final = 42
BUILDING_DAYS: Final = 84
"""Six and twelve weeks, as the windows of most protocols have it."""

_PARTS: Final[Mapping[str, Mapping[Region, str]]] = {
    "en": {
        Region.NECK: "Your neck",
        Region.THORACIC: "Your upper back",
        Region.SHOULDER: "Your shoulder",
        Region.ELBOW_WRIST_HAND: "Your arm and hand",
        Region.LOW_BACK: "Your back",
        Region.HIP: "Your hip",
        Region.KNEE: "Your knee",
        Region.ANKLE_FOOT: "Your foot and ankle",
        Region.BALANCE: "Your balance",
        Region.VESTIBULAR: "Your balance",
        Region.BREATHING: "Your breathing",
    },
    "es": {
        Region.NECK: "Su cuello",
        Region.THORACIC: "La parte alta de su espalda",
        Region.SHOULDER: "Su hombro",
        Region.ELBOW_WRIST_HAND: "Su brazo y su mano",
        Region.LOW_BACK: "Su espalda",
        Region.HIP: "Su cadera",
        Region.KNEE: "Su rodilla",
        Region.ANKLE_FOOT: "Su pie y su tobillo",
        Region.BALANCE: "Su equilibrio",
        Region.VESTIBULAR: "Su equilibrio",
        Region.BREATHING: "Su respiración",
    },
}
"""Pelvic floor, heart and lungs are left out: whoever reads the title learns of an illness."""

_PHASES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "en": ("the first weeks", "building up", "getting stronger", "exercises at home"),
    "es": ("las primeras semanas", "avanzar poco a poco", "ganar fuerza", "ejercicios en casa"),
}


def title_for(patient: Patient) -> str:
    language = patient.language.lower()
    conditions = list(patient.conditions.select_related("condition"))
    latest = max(conditions, key=_begun, default=None)
    part = _PARTS.get(language, {}).get(_region(latest, patient)) if latest else None
    if latest and part:
        return f"{part}: {_PHASES[language][_phase(latest, patient.clinic.today())]}"
    with translation.override(language):
        return gettext("Your exercises")


def _region(row: PatientCondition, patient: Patient) -> Region:
    return Region(vocabulary_for(patient.clinic).regions.get(row.condition.code, Region.GENERAL))


def _begun(row: PatientCondition) -> date:
    return row.surgery_on or row.onset or date.min


def _phase(row: PatientCondition, today: date) -> int:
    begun = _begun(row)
    if begun == date.min:
        return 3
    days = (today - begun).days
    return (days >= EARLY_DAYS) + (days >= BUILDING_DAYS)
