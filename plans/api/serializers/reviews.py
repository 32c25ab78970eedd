"""Reviews, as the API tells them."""

from plans.api.serializers.base import OutputSerializer
from plans.api.serializers.fields import Flag, Id, Moment, Whole, Words

FINDING = "condition_rule 5f0c6d6dd0f14f0e9f3a9b1f6f6f7c11"


class ReviewSerializer(OutputSerializer):
    """A difference between the findings of the day of issue and those of today."""

    id = Id(help_text="The review's id.")
    publication = Id(source="publication_id", help_text="The publication's id.")
    plan = Id(source="publication.plan_id", help_text="The plan's id.")
    appeared = Words(help_text="Findings that are new: code and fingerprint.", example=[FINDING])
    gone = Words(help_text="Findings that are gone: code and fingerprint.", example=[FINDING])
    stops = Whole(help_text="How many findings stop the plan now: pause it.", example=0)
    unanswered = Whole(help_text="How many findings ask for a reason that nobody gave.", example=1)
    unchecked = Flag(
        help_text="Whether the last check failed: look at the plan yourself, and pause it if in doubt.",
        example=False,
    )
    found_at = Moment(source="created_at", help_text="When it was found.", example="2026-03-02T04:15:00Z")
    closed_at = Moment(allow_null=True, help_text="When someone looked at it.", example=None)
