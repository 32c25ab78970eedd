"""What is known of a patient, as the API reads and tells it: conditions, symptoms, limits, and what was cleared."""

from rest_framework.exceptions import ValidationError

from plans.api.serializers.base import InputSerializer
from plans.api.serializers.fields import CODE_LENGTH, Choice, Day, ListOf, Tenths, Text, length_of
from plans.diagnoses import looks_like_code
from plans.models import BodySide, LimitUnit, Operated, PatientCondition, PatientLimit

DATE = "2026-01-15"


def _is_icd10(code: str) -> None:
    if not looks_like_code(code):
        raise ValidationError("An ICD-10 code, such as M54.31.", code="invalid")


class ClearanceSerializer(InputSerializer):
    """Who cleared it; all three fields or none."""

    cleared_on = Day(required=False, allow_null=True, help_text="The day it was cleared.", example=None)
    cleared_by = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(PatientCondition, "cleared_by"),
        help_text="The clinician's name.",
        example="",
    )
    cleared_how = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(PatientCondition, "cleared_how"),
        help_text="How: seen in clinic, MRI of that day, phone call.",
        example="",
    )


class ConditionOfPatientSerializer(ClearanceSerializer):
    """A condition of a patient, with the dates that the rules' windows count from."""

    condition = Text(
        source="condition.code",
        max_length=CODE_LENGTH,
        help_text="The condition's code. An ICD-10 code is taken too; it gives every condition that it stands for.",
        example="sciatica",
    )
    side = Choice(
        required=False,
        allow_null=True,
        choices=list(BodySide.values),
        help_text="Which side it is on. Null where sides do not apply or nobody has said; it stays when not given.",
        example="left",
    )
    recorded_as = ListOf(
        child=Text(validators=[_is_icd10], max_length=10, help_text="One of them.", example="M54.31"),
        required=False,
        max_length=20,
        help_text="ICD-10 codes that stood for it. They stay when not given.",
        example=["M54.31"],
    )
    onset = Day(required=False, allow_null=True, help_text="The day it began.", example=DATE)
    surgery_on = Day(required=False, allow_null=True, help_text="The day of surgery.", example=None)
    operated = Choice(
        required=False,
        allow_null=True,
        choices=list(Operated.values),
        help_text="Why there is no day of surgery: not operated ends what counts from it, an unknown day counts"
        " as the first weeks. Null where nobody was asked; it stays when not given.",
        example=None,
    )
    due_on = Day(required=False, allow_null=True, help_text="The due date, in pregnancy.", example=None)


class SymptomOfPatientSerializer(ClearanceSerializer):
    """A symptom that a patient reported; a red flag stops every plan until it is cleared."""

    symptom = Text(
        source="symptom.code",
        max_length=CODE_LENGTH,
        help_text="The symptom's code.",
        example="low_back_pain",
    )
    noted_on = Day(required=False, allow_null=True, help_text="The day it was reported.", example=DATE)


class LimitOfPatientSerializer(ClearanceSerializer):
    """What a surgeon or another clinician forbade the patient; it stays as it was set, until it is cleared."""

    words = Text(
        max_length=length_of(PatientLimit, "words"),
        help_text="What the patient reads on the sheet, in their language.",
        example="Bend your knee",
    )
    movement = Text(
        source="movement.code",
        required=False,
        allow_null=True,
        max_length=CODE_LENGTH,
        help_text="The code of a movement: exercises that ask for it become findings. Null where there is none: the"
        " limit is printed and not checked.",
        example="deep_knee_flexion",
    )
    side = Choice(
        required=False,
        allow_null=True,
        choices=list(BodySide.values),
        help_text="Of which side it speaks; null for both.",
        example="left",
    )
    at_most = Tenths(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=9999,
        help_text="So many degrees or kilograms. Never checked.",
        example=90.0,
    )
    unit = Choice(
        required=False,
        allow_null=True,
        choices=list(LimitUnit.values),
        help_text="What the amount counts; null without one.",
        example="degrees",
    )
    said_by = Text(
        max_length=length_of(PatientLimit, "said_by"),
        help_text="The name of the clinician who set it.",
        example="Dr. Lee",
    )
    said_on = Day(help_text="The day on which it was set.", example=DATE)
    until = Day(
        required=False,
        allow_null=True,
        help_text="The last day on which it holds; null until it is cleared.",
        example=None,
    )
