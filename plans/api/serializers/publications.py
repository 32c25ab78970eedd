"""Publications, renderings and what publishing takes, as the API reads and tells them."""

from typing import Any

from plans.api.serializers.base import InputSerializer, OutputSerializer, many
from plans.api.serializers.fields import (
    EXAMPLE_ID,
    Address,
    Choice,
    Day,
    Flag,
    Id,
    ListOf,
    Moment,
    Text,
    Whole,
    length_of,
)
from plans.api.serializers.findings import FindingSerializer
from plans.handout.formats import ALL_FORMATS, Format
from plans.models import Reason, RenderingState

KEYS = [form.key for form in ALL_FORMATS]
USUAL = Format().key


def formats_field(**kwargs: Any) -> ListOf:
    return ListOf(
        child=Choice(choices=KEYS, help_text="copy-paper-size-ink", example=USUAL),
        min_length=1,
        max_length=len(KEYS),
        help_text="The formats to render: copy (patient, clinician, summary), paper, type size, ink.",
        example=[USUAL],
        **kwargs,
    )


def read_formats(keys: list[str]) -> list[Format]:
    return [Format.from_key(key) for key in dict.fromkeys(keys)]


def paused_field() -> Moment:
    return Moment(
        allow_null=True,
        help_text="Since when its plan is paused, whichever version this is: the patient is told not to exercise. "
        "Its PDF is given with `paused=include` alone.",
        example=None,
    )


class RenderingSerializer(OutputSerializer):
    """One file for a content and a format."""

    id = Id(help_text="The rendering's id.")
    format = Choice(choices=KEYS, help_text="The format's key.", example=USUAL)
    state = Choice(choices=list(RenderingState.values), help_text="Where it stands.", example="ready")
    url = Address(
        source="pk",
        of="api:renderings-detail",
        help_text="Where its state is told.",
        example=f"/api/v1/renderings/{EXAMPLE_ID}/",
    )
    pdf_url = Address(
        source="pk",
        of="api:renderings-pdf",
        help_text="Where the PDF is, or will be.",
        example=f"/api/v1/renderings/{EXAMPLE_ID}/pdf/",
    )
    size_bytes = Whole(source="size", allow_null=True, help_text="The PDF's size in bytes.", example=84213)
    pages = Whole(allow_null=True, help_text="How many pages it has.", example=2)
    sha256 = Text(help_text="The PDF's SHA-256 in hex; blank until it is ready.", example="")
    error_code = Text(help_text="Why it failed, or why it waits for another try; else blank.", example="")
    queued_at = Moment(help_text="When it was asked for.")
    finished_at = Moment(allow_null=True, help_text="When it was done.")
    paused_at = paused_field()


class TeachingSerializer(OutputSerializer):
    """That a version was shown to the patient, who showed it back."""

    taught_on = Day(help_text="The day.", example="2026-03-02")
    recorded_by = Text(source="created_by", help_text="Who recorded it, by name.", example="Sam Therapist")
    recorded_at = Moment(source="created_at", help_text="When it was recorded.")


class TeachingInputSerializer(InputSerializer):
    """On which day it was taught back."""

    taught_on = Day(
        required=False,
        help_text="From the day of issue to today; today when not given.",
        example="2026-03-02",
    )


class RecordTextSerializer(OutputSerializer):
    """A version as plain text for a record."""

    text = Text(
        help_text="What was given, on which grounds, that it was taught. Without the link, which opens the plan.",
        example="Home exercise plan: Back plan",
    )


class PublicationSerializer(OutputSerializer):
    """An issued version of a plan; it never changes, but its plan may be paused, and it may be taught."""

    id = Id(help_text="The publication's id.")
    plan = Id(source="plan_id", help_text="The plan's id.")
    patient = Id(source="plan.patient_id", help_text="The patient's id.")
    number = Whole(help_text="The version, counted from 1.", example=1)
    issued_on = Day(help_text="The day of issue, as printed.", example="2026-03-02")
    published_at = Moment(help_text="When it was published.")
    published_by = Text(help_text="Who published it, by name.", example="Sam Therapist")
    sheet_code = Text(help_text="The code printed on its sheets.", example="7K3MZQ5RTW2A")
    content_sha256 = Text(source="content_id", help_text="Names what is printed.", example="9c56cc51b374c3ba")
    paused_at = paused_field()
    taught_back = TeachingSerializer(
        source="teaching", allow_null=True, help_text="That it was shown and taught back; null until then."
    )
    renderings = many(RenderingSerializer, help_text="The files that were asked for, newest first.")


class ReasonInputSerializer(InputSerializer):
    """Why to go on in spite of a finding, or of all findings of a cause."""

    fingerprint = Text(
        min_length=1,
        max_length=length_of(Reason, "fingerprint"),
        help_text="The finding's name, or its cause's: then the reason answers all findings of that cause.",
        example="5f0c6d6dd0f14f0e9f3a9b1f6f6f7c11",
    )
    words = Text(
        max_length=length_of(Reason, "words"),
        help_text="The reason.",
        example="Tried in the clinic today without leg pain.",
    )


class PublishInputSerializer(InputSerializer):
    """Publishing holds to what you saw: the plan's ETag in If-Match, or `expected_hash` of `prepare`."""

    expected_hash = Text(
        required=False,
        max_length=80,
        help_text="The hash that `prepare` told; stands for If-Match.",
        example="1-9c56cc51",
    )
    formats = formats_field(required=False)
    reasons = many(
        ReasonInputSerializer,
        required=False,
        max_length=200,
        help_text="Reasons for findings that ask for one.",
    )


class FormatsInputSerializer(InputSerializer):
    """Formats to render."""

    formats = formats_field()


class ReasonsInputSerializer(InputSerializer):
    """Reasons for findings."""

    reasons = many(ReasonInputSerializer, max_length=200, help_text="Reasons for findings that ask for one.")


class TakeBackInputSerializer(InputSerializer):
    """Reasons that were given by mistake."""

    reasons = ListOf(
        child=Id(help_text="A reason's id."),
        min_length=1,
        max_length=200,
        help_text="The ids of the reasons, as the findings tell them.",
        example=[EXAMPLE_ID],
    )


class CheckSerializer(OutputSerializer):
    """What the rules say of a plan today, and whether it could be published."""

    findings = many(FindingSerializer, help_text="All findings, the gravest first.")
    may_be_published = Flag(
        help_text="Whether it holds an exercise, nothing stops it and every reason is given.", example=True
    )
    stops = Whole(help_text="How many findings stop it.", example=0)
    unanswered = Whole(help_text="How many findings need a reason and have none.", example=0)
    minutes_per_day = Whole(help_text="About how many minutes a day the plan takes.", example=18)
    position_changes = Whole(help_text="How many times the position changes in its order.", example=2)


class PreparedSerializer(CheckSerializer):
    """The same after all that would be printed was reserved and handed to the worker."""

    expected_hash = Text(help_text="What publish expects if nothing changes.", example="1-9c56cc51")
