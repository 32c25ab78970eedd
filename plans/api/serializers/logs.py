"""What patients told of their plans, as the API tells it, and what tells it."""

from plans.api.serializers.base import InputSerializer, OutputSerializer
from plans.api.serializers.fields import Choice, Day, Flag, Id, Moment, Text, Whole, Words, length_of
from plans.models import Feel, LogEntry, LogSource, Outcome, SkipReason
from plans.models.logs import MAX_PAIN, MAX_SESSIONS

MAX_SIGNS = 60


class _ToldSerializer(OutputSerializer):
    """What an exercise and a whole day have in common."""

    id = Id(help_text="Its id.")
    plan = Id(source="plan_id", help_text="The plan's id.")
    publication = Id(source="publication_id", help_text="The publication that it was told of.")
    version = Whole(source="publication.number", help_text="The number of that publication.", example=1)
    day = Day(help_text="The day, in the clinic's time zone.", example="2026-06-01")
    feel = Choice(
        choices=list(Feel.values),
        allow_null=True,
        help_text="How it was; null where it was not said.",
        example="right",
    )
    words = Text(help_text="The patient's own words; blank for none.", example="A bit stiff.")
    source = Choice(  # type: ignore[assignment]  # the framework's own attribute has this name
        choices=list(LogSource.values), help_text="Where it was told.", example="page"
    )
    recorded_by = Id(
        source="recorded_by_id",
        allow_null=True,
        help_text="Who keyed it in; null where the patient told it.",
        example=None,
    )
    created_at = Moment(help_text="When it was told first.")
    changed_at = Moment(help_text="When it was told last.")


class LogEntrySerializer(_ToldSerializer):
    """One session of one exercise on one day, as it was told last."""

    item = Id(source="item_key", help_text="The plan item's id, the same in every version.")
    session = Whole(help_text="Which time of the day, from 1.", example=1)
    outcome = Choice(choices=list(Outcome.values), help_text="How much of it was done.", example="all")
    reason = Choice(
        choices=list(SkipReason.values),
        allow_null=True,
        help_text="Why it was skipped, where that was said.",
        example=None,
    )
    pain_before = Whole(
        allow_null=True, help_text="Pain before it, 0 to 10; null where it was not said.", example=2
    )
    pain_after = Whole(
        allow_null=True, help_text="Pain after it, 0 to 10; null where it was not said.", example=3
    )


class DayEntrySerializer(_ToldSerializer):
    """What was told of a day as a whole."""

    pain = Whole(allow_null=True, help_text="The worst pain, 0 to 10; null where it was not said.", example=3)
    signs = Words(help_text="The codes of the warning signs that were ticked.", example=["fever"])


class IntentionSerializer(OutputSerializer):
    """What a patient exercises for, and when and where, in their own words."""

    plan = Id(help_text="The plan's id.")
    goal = Text(help_text="What for; blank where nothing is written.", example="Walk to the lake again.")
    when_and_where = Text(
        help_text="When and where; blank where nothing is written.",
        example="After breakfast, in the kitchen.",
    )
    changed_at = Moment(allow_null=True, help_text="When it was written last; null where it never was.")


class _ToldInputSerializer(InputSerializer):
    day = Day(
        help_text="The day in the clinic's time zone: since the plan's first version, not in the future.",
        example="2026-06-01",
    )
    feel = Choice(choices=list(Feel.values), required=False, help_text="How it was.", example="right")
    words = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(LogEntry, "words"),
        help_text="The patient's own words.",
        example="A bit stiff.",
    )
    client_id = Id(
        required=False,
        help_text="An id of your own for this telling: told again under it, it changes nothing.",
    )
    told_at = Moment(
        required=False,
        help_text="When the patient told it, by the device's clock. It is kept and decides nothing.",
    )
    publication = Id(
        required=False,
        help_text="The publication that it is told of; without one, that of the day.",
    )
    whole = Flag(
        required=False,
        help_text="Whether what is left out is taken back. Otherwise it stays as it was.",
        example=False,
    )


class LogEntryInputSerializer(_ToldInputSerializer):
    """One session of one exercise on one day. One that was told before is corrected."""

    item = Id(help_text="The plan item's id.")
    session = Whole(
        required=False,
        min_value=1,
        max_value=MAX_SESSIONS,
        help_text="Which time of the day; 1 if not given.",
        example=1,
    )
    outcome = Choice(choices=list(Outcome.values), help_text="How much of it was done.", example="all")
    reason = Choice(
        choices=list(SkipReason.values), required=False, help_text="Why it was skipped.", example="pain"
    )
    pain_before = Whole(
        required=False, min_value=0, max_value=MAX_PAIN, help_text="Pain before it, 0 to 10.", example=2
    )
    pain_after = Whole(
        required=False, min_value=0, max_value=MAX_PAIN, help_text="Pain after it, 0 to 10.", example=3
    )


class DayEntryInputSerializer(_ToldInputSerializer):
    """A day as a whole. One that was told of before is corrected."""

    pain = Whole(
        required=False, min_value=0, max_value=MAX_PAIN, help_text="The worst pain, 0 to 10.", example=3
    )
    signs = Words(
        required=False,
        most=MAX_SIGNS,
        help_text="The codes of warning signs: those of the plan, and the fixed ones of every handout.",
        example=["fever"],
    )
