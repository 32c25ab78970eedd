"""Clinics, as the API tells them."""

from typing import Any

from plans.actions.clinic_words import MAX_DISCLAIMER, MAX_TITLE, MAX_TITLES
from plans.api.serializers.base import InputSerializer, OutputSerializer, many
from plans.api.serializers.fields import (
    Choice,
    Id,
    Text,
    Words,
    length_of,
)
from plans.languages import LANGUAGES
from plans.models import Clinic, Role

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


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


class DisclaimerSerializer(InputSerializer):
    """A clinic's disclaimer in one language."""

    language = Choice(choices=list(LANGUAGES), help_text="The language, by its code.", example="en")
    words = Text(
        max_length=MAX_DISCLAIMER, help_text="Printed at the end of handouts.", example="Made for you alone."
    )


class TitleSerializer(InputSerializer):
    """A title of a plan or a person in another language."""

    language = Choice(choices=list(LANGUAGES), help_text="The language, by its code.", example="es")
    title = Text(max_length=MAX_TITLE, help_text="The title as it was typed.", example="Physical therapist")
    words = Text(
        max_length=MAX_TITLE,
        help_text="What handouts in this language print for it.",
        example="Fisioterapeuta",
    )


def week_starts_on(**kwargs: Any) -> Choice:
    about = "The first day in the log of handouts; null: as the language of the handout has it."
    return Choice(allow_null=True, choices=DAYS, help_text=about, example=None, **kwargs)


def disclaimers(**kwargs: Any) -> Any:
    about = "What its handouts say at their end, each language once."
    return many(DisclaimerSerializer, help_text=about, max_length=len(LANGUAGES), **kwargs)


def titles(**kwargs: Any) -> Any:
    about = "Titles of plans and people in other languages, each title once in a language."
    return many(TitleSerializer, help_text=about, max_length=len(LANGUAGES) * MAX_TITLES, **kwargs)


class ClinicInputSerializer(InputSerializer):
    """What the leads of a clinic set. A list that is given takes the place of the former one."""

    time_zone = time_zone(required=False)
    locale = locale(required=False)
    week_starts_on = week_starts_on(required=False)
    disclaimers = disclaimers(required=False)
    titles = titles(required=False)


class ClinicSerializer(OutputSerializer):
    """A clinic that the caller works in."""

    id = Id(help_text="The clinic's id.")
    name = Text(help_text="Its name.", example="Riverside Physiotherapy")
    roles = Words(help_text=f"What you do here: {', '.join(Role.values)}.", example=["lead"])
    time_zone = time_zone()
    locale = locale()
    week_starts_on = week_starts_on()
    disclaimers = disclaimers()
    titles = titles()
    therapists = many(TherapistSerializer, help_text="Who treats patients here.")
