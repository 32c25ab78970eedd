"""Clinics, as the API tells them."""

from typing import Any

from plans.api.serializers.base import InputSerializer, OutputSerializer, many
from plans.api.serializers.fields import (
    Id,
    Text,
    Words,
    length_of,
)
from plans.models import Clinic, Role


class TherapistSerializer(OutputSerializer):
    """A person in whose caseload patients can be."""

    id = Id(help_text="The person's id.")
    name = Text(help_text="The name, as printed.", example="Sam Therapist")
    title = Text(help_text="Printed after the name; empty without one.", example="PT, DPT")


def time_zone(**kwargs: Any) -> Text:
    about = "In which time zone it counts its days, by its IANA name."
    return Text(
        max_length=length_of(Clinic, "time_zone"), help_text=about, example="America/Chicago", **kwargs
    )


def locale(**kwargs: Any) -> Text:
    about = "Language and country: how handouts write a date, and a new patient's first language."
    return Text(max_length=length_of(Clinic, "locale"), help_text=about, example="en-US", **kwargs)


class ClinicInputSerializer(InputSerializer):
    """Where a clinic lies."""

    time_zone = time_zone(required=False)
    locale = locale(required=False)


class ClinicSerializer(OutputSerializer):
    """A clinic that the caller works in."""

    id = Id(help_text="The clinic's id.")
    name = Text(help_text="Its name.", example="Riverside Physiotherapy")
    roles = Words(help_text=f"What you do here: {', '.join(Role.values)}.", example=["lead"])
    time_zone = time_zone()
    locale = locale()
    therapists = many(TherapistSerializer, help_text="Who treats patients here.")
