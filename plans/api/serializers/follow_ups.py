"""Follow-ups, as the API tells them: numbers and codes, and a sentence in English; never words of a patient."""

from plans.api.serializers.base import OutputSerializer
from plans.api.serializers.fields import Choice, Day, Flag, Id, ListOf, Moment, Text, Whole, Words
from plans.models import FollowUpKind

ITEM = "5f0c6d6d-d0f1-4f0e-9f3a-9b1f6f6f7c11"


class FollowUpSerializer(OutputSerializer):
    """A reason to look at a plan again, from what its patient told or did not tell."""

    id = Id(help_text="The follow-up's id.")
    patient = Id(help_text="The patient's id.")
    plan = Id(help_text="The plan's id.")
    publication = Id(help_text="The id of the version that it was told of.")
    kind = Choice(choices=FollowUpKind.choices, help_text="Why.", example="pain")
    sentence = Text(
        help_text="Why, in English, with names as on the sheet.",
        example="Pain 7 of 10 after “Heel slide” on March 2, 2026; above 5 the sheet says to stop.",
    )
    items = ListOf(
        child=Id(help_text="An item's id."),
        help_text="The items of the plan that it is about.",
        example=[ITEM],
    )
    day = Day(help_text="The newest day that it speaks of.", example="2026-03-02")
    since = Day(
        help_text="The first of its days; of a silence the last that was told of, or of the issue.",
        example="2026-03-01",
    )
    days = Whole(allow_null=True, help_text="On how many days it was so; null for a silence.", example=2)
    sessions = Whole(
        allow_null=True,
        help_text="In how many sessions it hurt, could not be done, or was easy.",
        example=None,
    )
    pain = Whole(allow_null=True, help_text="The worst pain of the newest day, 0 to 10.", example=7)
    over = Whole(allow_null=True, help_text="Above which pain the sheet says to stop.", example=5)
    signs = Words(help_text="The codes of the warning signs that were ticked.", example=[])
    corrected = Flag(
        help_text="Whether it was corrected since; it stays until somebody is done.", example=False
    )
    raised_at = Moment(help_text="When it was raised.", example="2026-03-02T18:15:00Z")
    seen_at = Moment(allow_null=True, help_text="When somebody saw it first as it is now.", example=None)
    seen_by = Id(allow_null=True, help_text="Whose eyes those were: the person's id.")
    done_at = Moment(allow_null=True, help_text="When somebody was done with it.", example=None)
    done_by = Id(allow_null=True, help_text="Who that was: the person's id.")
    ended_at = Moment(
        allow_null=True,
        help_text="When it ended by itself: something was logged, or an exercise was not easy after all.",
        example=None,
    )
