"""Clinics, as the API tells them."""

from plans.api.serializers.base import OutputSerializer, many
from plans.api.serializers.fields import (
    Id,
    Text,
    Words,
)
from plans.models import Role


class TherapistSerializer(OutputSerializer):
    """A person in whose caseload patients can be."""

    id = Id(help_text="The person's id.")
    name = Text(help_text="The name, as printed.", example="Sam Therapist")
    title = Text(help_text="Printed after the name; empty without one.", example="PT, DPT")


class ClinicSerializer(OutputSerializer):
    """A clinic that the caller works in."""

    id = Id(help_text="The clinic's id.")
    name = Text(help_text="Its name.", example="Riverside Physiotherapy")
    roles = Words(help_text=f"What you do here: {', '.join(Role.values)}.", example=["lead"])
    therapists = many(TherapistSerializer, help_text="Who treats patients here.")
