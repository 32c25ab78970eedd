"""Patients as the API reads and tells them."""

from plans.api.serializers.base import BesideSerializer, OutputSerializer, many
from plans.api.serializers.fields import (
    CODE_LENGTH,
    EXTERNAL_ID_LENGTH,
    Choice,
    ChoiceList,
    Day,
    ExternalIdText,
    Flag,
    Id,
    Moment,
    Text,
    Whole,
    length_of,
)
from plans.api.serializers.patient_facts import (
    ConditionOfPatientSerializer,
    LimitOfPatientSerializer,
    SymptomOfPatientSerializer,
)
from plans.api.serializers.search import SearchInputSerializer, ordering_field, words_field
from plans.languages import LANGUAGES
from plans.libraryfiles import Equipment
from plans.models import (
    FigureBuild,
    FigureSkin,
    Patient,
    PauseCause,
    Sex,
)


class AlertOfPatientSerializer(OutputSerializer):
    """A plan that the patient follows, of which the rules ask something, or that is paused."""

    plan = Id(source="plan.pk", help_text="The plan's id.")
    stops = Whole(help_text="How many findings stop it: pause it, unless it is paused.", example=1)
    unanswered = Whole(help_text="How many findings ask for a reason that nobody gave.", example=0)
    unchecked = Flag(
        help_text="Whether the last check failed: look at the plan yourself, and pause it if in doubt.",
        example=False,
    )
    paused_at = Moment(
        source="pause.paused_at",
        allow_null=True,
        default=None,
        help_text="Since when it is paused.",
    )
    pause_cause = Choice(
        source="pause.cause",
        allow_null=True,
        default=None,
        choices=list(PauseCause.values),
        help_text="Why it is paused: by hand, or for an emergency red flag that a system noted.",
        example="emergency",
    )


class PatientSerializer(BesideSerializer):
    """A patient in the caseload of one therapist of one clinic."""

    beside_fields = ("alerts",)

    id = Id(read_only=True, help_text="The patient's id.", example="6f1d3f5e-0a55-4a39-8ad0-2f2fb5b3c1a1")
    external_id = ExternalIdText(of="patient", example="pvs-4711")
    clinic = Id(
        source="clinic_id",
        required=False,
        help_text="The clinic; when not given, the only one where you have patients. Stays as it is.",
        example="0f3c4f5e-4a39-4a39-8ad0-2f2fb5b3c1a1",
    )
    therapist = Id(
        source="therapist_id",
        required=False,
        help_text="In whose caseload the patient is; when not given, you, or the only one who treats there.",
        example="1a5b4f5e-4a39-4a39-8ad0-2f2fb5b3c1a1",
    )
    name = Text(
        max_length=length_of(Patient, "name"),
        help_text="The patient's name, as printed where `printed_name` is blank.",
        example="Jordan Demo",
    )
    printed_name = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(Patient, "printed_name"),
        help_text="How the name stands on the handout. Needed for a name in a script that no handout has.",
        example="",
    )
    birth_date = Day(help_text="The birth date; it opens the personal link.", example="1968-04-12")
    record_number = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(Patient, "record_number"),
        help_text="The clinic's record number, unique in the clinic.",
        example="D-0001",
    )
    sex = Choice(
        required=False, choices=list(Sex.values), help_text="As recorded by the clinic.", example="female"
    )
    language = Choice(
        required=False,
        choices=sorted(LANGUAGES),
        help_text="The language of the handouts, a BCP 47 code in small letters; the clinic's when not given.",
        example="en",
    )
    large_print = Flag(required=False, help_text="Whether large print is preset.", example=False)
    diagnoses = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(Patient, "diagnoses"),
        trim_whitespace=False,
        help_text="Other diagnoses in free words or ICD-10 codes, one on a line. What names a condition is a finding.",
        example="",
    )
    equipment = ChoiceList(
        required=False,
        choices=[choice.value for choice in Equipment],
        help_text="What the patient has at home.",
        example=["mat", "chair"],
    )
    pain_control_first = Flag(
        required=False, help_text="Whether pain control must come before exercise.", example=False
    )
    figure_build = Choice(
        required=False,
        allow_null=True,
        choices=list(FigureBuild.values),
        help_text="The build of the person in the pictures, as somebody chose it; null where nobody did: average.",
        example=None,
    )
    figure_skin = Choice(
        required=False,
        allow_null=True,
        choices=list(FigureSkin.values),
        help_text="The skin of the person in the pictures, as somebody chose it; null where nobody did: medium.",
        example=None,
    )
    phone = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(Patient, "phone"),
        help_text="The phone number.",
        example="555 0142",
    )
    email = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(Patient, "email"),
        help_text="The mail address.",
        example="",
    )
    conditions = many(
        ConditionOfPatientSerializer,
        required=False,
        max_length=100,
        help_text="The patient's conditions, each code once. A list that is given replaces the one there is.",
    )
    symptoms = many(
        SymptomOfPatientSerializer,
        required=False,
        max_length=100,
        help_text="The reported symptoms, each code once beside those that were cleared. A list that is given replaces "
        "the one there is, but for what was cleared, which stays on record.",
    )
    limits = many(
        LimitOfPatientSerializer,
        required=False,
        max_length=50,
        help_text="The limits that were set for the patient. A list that is given names each one that holds, as it was "
        "set: clear it to end it. Those that are over or were cleared stay on record.",
    )
    alerts = many(
        AlertOfPatientSerializer,
        read_only=True,
        required=False,
        help_text="Plans that the patient follows and the rules now stop, ask a reason for or could not check, and "
        "those that are paused. Told of one patient at a time; absent in lists.",
    )


class PatientSearchInputSerializer(SearchInputSerializer):
    """What to find patients by; all that is given must fit."""

    search = words_field("name", "record_number")
    external_id = Text(
        required=False,
        max_length=EXTERNAL_ID_LENGTH,
        help_text="Your own id for the patient.",
        example="pvs-4711",
    )
    record_number = Text(
        required=False,
        max_length=length_of(Patient, "record_number"),
        help_text="The clinic's record number, whole.",
        example="D-0001",
    )
    birth_date = Day(required=False, help_text="The birth date.", example="1968-04-12")
    condition = Text(
        required=False, max_length=CODE_LENGTH, help_text="A condition's code.", example="sciatica"
    )
    clinic = Id(required=False, help_text="The clinic's id.", example="0f3c4f5e-4a39-4a39-8ad0-2f2fb5b3c1a1")
    therapist = Id(
        required=False, help_text="The therapist's id.", example="1a5b4f5e-4a39-4a39-8ad0-2f2fb5b3c1a1"
    )
    ordering = ordering_field("name", "birth_date")
