"""A question for findings, about a patient and a plan that are not stored."""

from plans.actions.items import MAX_ITEMS
from plans.api.serializers.base import many
from plans.api.serializers.doses import FrequencyFieldsSerializer
from plans.api.serializers.fields import Choice, ChoiceList, Day, Flag, Id, Text, length_of
from plans.api.serializers.patient_facts import (
    ConditionOfPatientSerializer,
    LimitOfPatientSerializer,
    SymptomOfPatientSerializer,
)
from plans.api.serializers.plans import ItemSerializer
from plans.api.serializers.programmes import review_on, start_on
from plans.languages import LANGUAGES
from plans.libraryfiles import Equipment
from plans.models import Patient


class QuestionInputSerializer(FrequencyFieldsSerializer):
    """A patient and a plan as they might be."""

    clinic = Id(
        required=False,
        help_text="Whose library and approvals count; the only clinic of yours when not given.",
    )
    birth_date = Day(required=False, allow_null=True, help_text="The birth date.", example="1968-04-12")
    language = Choice(
        required=False, choices=sorted(LANGUAGES), help_text="The patient's language.", example="en"
    )
    start_on = start_on()
    review_on = review_on()
    diagnoses = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(Patient, "diagnoses"),
        help_text="Other diagnoses in free words or ICD-10 codes, one on a line.",
        example="",
    )
    equipment = ChoiceList(
        required=False,
        choices=[choice.value for choice in Equipment],
        help_text="What the patient has at home.",
        example=["mat"],
    )
    pain_control_first = Flag(
        required=False, help_text="Whether pain control must come first.", example=False
    )
    conditions = many(
        ConditionOfPatientSerializer, required=False, max_length=100, help_text="The conditions."
    )
    symptoms = many(SymptomOfPatientSerializer, required=False, max_length=100, help_text="The symptoms.")
    limits = many(LimitOfPatientSerializer, required=False, max_length=50, help_text="The limits.")
    items = many(
        ItemSerializer, required=False, max_length=MAX_ITEMS, help_text="The exercises with their doses."
    )
