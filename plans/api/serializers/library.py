"""The library as the API tells it."""

from typing import Any

from plans.api.serializers.base import Shown, many
from plans.api.serializers.doses import DoseBody
from plans.api.serializers.fields import Address, Choice, Codes, Day, Flag, Id, ListOf, Text, Whole, Words
from plans.libraryfiles import AdviceKind, Kind, Position, RedFlag, Region
from plans.models import Role

UUID = "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"
CLINIC = "The clinic it belongs to; null for the shared library."


class DoseShown(DoseBody):
    """A dose, as an exercise has it."""


class SafeRange(Shown):
    """The range of one field of the dose that is safe for an exercise."""

    field = Text(help_text="The field, with its unit.", example="hold_seconds")
    low = Whole(help_text="The lowest safe number.", example=1)
    high = Whole(help_text="The highest safe number.", example=30)


class TextShown(Shown):
    """An exercise in one language, as the patient reads it."""

    language = Text(help_text="The language, a BCP 47 code in small letters.", example="en")
    name = Text(help_text="The name.", example="Pelvic tilt")
    purpose = Text(help_text="What it is good for.", example="This makes your back move with ease.")
    start = Text(help_text="How to start.", example="Lie on your back.")
    steps = Words(help_text="The steps in their order.", example=["Press your back flat."])
    cautions = Words(help_text="When to stop or take care.", example=["Stop if it hurts."])
    alt = Text(help_text="What the picture shows.", example="Two pictures. Start: the back is hollow.")
    approved_for = Words(help_text="Your clinics whose reviewer approved this text, by id.", example=[UUID])


class PictureShown(Shown):
    """A picture of an exercise, of one figure and for one reading direction."""

    body = Text(help_text="Whom it shows: slender, sturdy, or photo for a photograph.", example="slender")
    mirrored = Flag(help_text="Whether it is mirrored, for reading from right to left.", example=False)
    media_type = Text(help_text="The media type.", example="image/png")
    width = Whole(help_text="The width in pixels.", example=1200)
    height = Whole(help_text="The height in pixels.", example=600)
    url = Address(help_text="Where it is.", example=f"/api/v1/exercises/{UUID}/pictures/ab12/")


class SaidShown(Shown):
    """What one source says of an exercise."""

    source: Any = Text(help_text="Who says it.", example="Guide A")  # a field, taken off by the metaclass
    words = Text(help_text="What it says.", example="recommends it for disc trouble.")


class DisagreementShown(Shown):
    """Sources that do not agree about an exercise."""

    sides = many(SaidShown, help_text="What each of them says; two or more.")
    go_on_when = Text(
        help_text="What would justify going on.", example="It draws the leg pain up toward the spine."
    )


class RevisionShown(Shown):
    """What an exercise says at one time."""

    id = Id(help_text="The revision's id.", example=UUID)
    number = Whole(help_text="Counted from 1.", example=1)
    kind = Choice(choices=[one.value for one in Kind], help_text="What it is for.", example="mobility")
    position = Choice(
        choices=[one.value for one in Position], help_text="How the body starts.", example="supine"
    )
    targets = Words(help_text="The parts of the body it is for.", example=["L5-S1"])
    movements = Words(help_text="Codes of what it asks of the body.", example=["supine"])
    equipment = Words(help_text="What it needs at home.", example=["mat"])
    one_sided = Flag(help_text="Whether one side works at a time.", example=False)
    dose = DoseShown(help_text="The usual dose.")
    safe = many(SafeRange, help_text="What is safe for this exercise.")
    safe_source = Text(help_text="Who says that it is safe.", example="NASS guideline 2014")
    source: Any = Text(  # a field, taken off by the metaclass
        help_text="Where the exercise comes from.", example="ours"
    )
    disagreement = Text(help_text="What its sources disagree about; may be blank.", example="")
    sources_disagree = DisagreementShown(
        allow_null=True, help_text="The same, each side for itself; null where they agree."
    )
    approved_for = Words(help_text="Your clinics whose reviewer approved it, by id.", example=[UUID])
    texts = many(TextShown, help_text="Its texts; only the one asked for with `language`.")
    pictures = many(PictureShown, help_text="Its pictures.")


class PendingRevision(Shown):
    """A newer revision that your clinics do not use: it waits for their reviewer, or was taken back."""

    id = Id(help_text="The revision's id.", example=UUID)
    number = Whole(help_text="Counted from 1.", example=2)


class ExerciseShown(Shown):
    """An exercise with the revision that your clinics go on with."""

    id = Id(help_text="The exercise's id.", example=UUID)
    code = Text(help_text="Its code, stable.", example="pelvic-tilt")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    retired_on = Day(allow_null=True, help_text="Since when it is offered no more.", example=None)
    alternative_to = Text(
        source="alternative_to.code",
        allow_null=True,
        help_text="The code of the exercise it can stand for.",
        example=None,
    )
    revision = RevisionShown(
        help_text="The revision that a reviewer of your clinics approved last; the newest one where there is none."
    )
    pending = PendingRevision(
        allow_null=True, help_text="The newest revision, if your clinics do not use it; else null."
    )


class MovementShown(Shown):
    """What an exercise may ask of the body."""

    id = Id(help_text="Its id.", example=UUID)
    code = Text(help_text="Its code.", example="loaded_flexion")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    name = Text(help_text="Its name.", example="Loaded bending")
    meaning = Text(help_text="What is meant.", example="Bending forward against weight.")
    implies = Codes(help_text="Codes of the wider movements it includes.", example=["flexion"])
    change_waits = Flag(
        help_text="Whether a change waits for a reviewer of your clinics; until then what was said before counts too.",
        example=False,
    )


class ConditionShown(Shown):
    """A diagnosis or state that rules speak of."""

    id = Id(help_text="Its id.", example=UUID)
    code = Text(help_text="Its code.", example="sciatica")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    name = Text(help_text="Its name.", example="Sciatica")
    also = Words(help_text="Other names.", example=["Lumbar radiculopathy"])
    icd10 = Words(help_text="Codes of ICD-10-CM.", example=["M54.30"])
    parent: Any = Text(  # a field, taken off by the metaclass
        source="parent.code", allow_null=True, help_text="The wider condition's code.", example=None
    )
    dates = Words(help_text="Which dates its rules count from: onset, surgery, due_date.", example=["onset"])
    treat_cause_first = Flag(help_text="Whether its cause must be treated first.", example=False)
    change_waits = Flag(
        help_text="Whether a change waits for a reviewer of your clinics; until then what was said before counts too.",
        example=False,
    )


class SymptomShown(Shown):
    """What a patient may report."""

    id = Id(help_text="Its id.", example=UUID)
    code = Text(help_text="Its code.", example="low_back_pain")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    name = Text(help_text="Its name.", example="Low back pain")
    red_flag = Choice(
        choices=[one.value for one in RedFlag],
        allow_null=True,
        help_text="What it asks for, if it is a warning sign.",
        example="emergency",
    )
    change_waits = Flag(
        help_text="Whether a change waits for a reviewer of your clinics; until then what was said before counts too.",
        example=False,
    )


class AudienceShown(Shown):
    """Whom general advice is for: everybody, or who has one of these; nobody where all is empty."""

    everybody = Flag(help_text="Whether it prints on every plan.", example=False)
    conditions = ListOf(
        child=Text(help_text="A condition's code; its kinds count too.", example="sciatica"),
        help_text="Prints for a patient with one of these.",
        example=["sciatica"],
    )
    symptoms = ListOf(
        child=Text(help_text="A symptom's code.", example="low_back_pain"),
        help_text="Prints for a patient with one of these.",
        example=[],
    )
    regions = ListOf(
        child=Choice(
            choices=[one.value for one in Region], help_text="A region of the body.", example="low_back"
        ),
        help_text="Prints on a plan with an exercise for one of these.",
        example=[],
    )


class AdviceShown(Shown):
    """General advice, or another therapy that a plan may note."""

    id = Id(help_text="Its id.", example=UUID)
    code = Text(help_text="Its code.", example="tens")
    clinic = Id(source="clinic_id", allow_null=True, help_text=CLINIC, example=None)
    kind = Choice(
        choices=[one.value for one in AdviceKind],
        help_text="General advice, or a therapy.",
        example="therapy",
    )
    audience = AudienceShown(help_text="Whom general advice is for; empty for a therapy.")


class TherapistShown(Shown):
    """A person in whose caseload patients can be."""

    id = Id(help_text="The person's id.", example=UUID)
    name = Text(help_text="The name, as printed.", example="Sam Therapist")
    title = Text(help_text="Printed after the name; empty without one.", example="PT, DPT")


class ClinicShown(Shown):
    """A clinic that the caller works in."""

    id = Id(help_text="The clinic's id.", example=UUID)
    name = Text(help_text="Its name.", example="Riverside Physiotherapy")
    roles = Words(help_text=f"What you do here: {', '.join(Role.values)}.", example=["lead"])
    therapists = many(TherapistShown, help_text="Who treats patients here.")
