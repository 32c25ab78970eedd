"""Audit events, as the API tells them."""

from typing import Any

from plans.api.serializers.base import OutputSerializer
from plans.api.serializers.fields import EXAMPLE_ID, Id, Moment, Text


class EventSerializer(OutputSerializer):
    """One act or one reading. Objects are named by id."""

    id = Id(help_text="Its id.")
    at = Moment(source="created_at", help_text="When.")
    by = Text(
        source="created_by",
        allow_null=True,
        help_text="Who, by name; null for the patient and the service itself.",
        example="Sam Therapist",
    )
    on_behalf_of = Text(
        allow_null=True,
        help_text="For which therapist, by name, where a system acted for one.",
        example=None,
    )
    verb = Text(help_text="What was done.", example="plan.published")
    object_type = Text(help_text="With what.", example="publication")
    object_id = Text(help_text="Its id.", example=EXAMPLE_ID)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        data = super().to_representation(instance)
        names = {"by": instance.created_by, "on_behalf_of": instance.on_behalf_of}
        return {**data, **{field: str(person) if person else None for field, person in names.items()}}
