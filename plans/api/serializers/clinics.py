"""Clinics, as the API tells them."""

from typing import Any

from plans.actions.clinic_defaults import MAX_STOCK_REASONS
from plans.actions.clinic_words import MAX_DISCLAIMER, MAX_TITLE, MAX_TITLES
from plans.api.serializers.base import InputSerializer, OutputSerializer, many
from plans.api.serializers.fields import (
    Choice,
    ChoiceList,
    Flag,
    Id,
    Text,
    Whole,
    Words,
    length_of,
)
from plans.languages import LANGUAGES
from plans.models import Clinic, FollowUpKind, Role
from plans.models.clinics import MAX_DEVICE_DAYS, MAX_REVIEW_DAYS, MAX_SILENT_DAYS

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


def stock_reasons(**kwargs: Any) -> Any:
    about = "Reasons for going on that the desk offers beside one's own; null: the service's."
    return Words(allow_null=True, most=MAX_STOCK_REASONS, help_text=about, example=None, **kwargs)


def review_days(**kwargs: Any) -> Whole:
    about = "In how many days a plan that is begun at the desk is reviewed."
    return Whole(min_value=1, max_value=MAX_REVIEW_DAYS, help_text=about, example=28, **kwargs)


def usual_times_per_day(**kwargs: Any) -> Whole:
    about = "How often a day such a plan is done, until somebody says otherwise."
    return Whole(min_value=1, max_value=10, help_text=about, example=1, **kwargs)


def usual_days_per_week(**kwargs: Any) -> Whole:
    about = "On how many days a week such a plan is done."
    return Whole(min_value=1, max_value=7, help_text=about, example=7, **kwargs)


def crisis_contact(**kwargs: Any) -> Text:
    about = (
        "Who answers thoughts of ending one's life at any hour; without it that warning sign is not printed."
    )
    return Text(
        max_length=length_of(Clinic, "crisis_contact"), help_text=about, example="Crisis line", **kwargs
    )


def crisis_phone(**kwargs: Any) -> Text:
    about = "Their telephone: both are given, or both are empty."
    return Text(max_length=length_of(Clinic, "crisis_phone"), help_text=about, example="988", **kwargs)


def device_days(**kwargs: Any) -> Whole:
    about = (
        "How many days a patient's own device opens the plan without the birth date, never longer than the link; 0: it "
        "always asks. A lower number ends devices sooner that are remembered now."
    )
    return Whole(min_value=0, max_value=MAX_DEVICE_DAYS, help_text=about, example=90, **kwargs)


def asks_code(**kwargs: Any) -> Flag:
    about = (
        "Whether handouts carry a 6-digit code that the page asks beside the birth date. It holds for links whose code "
        "was printed: those made, or published again, since this was set."
    )
    return Flag(help_text=about, example=False, **kwargs)


def follow_up_kinds(**kwargs: Any) -> Any:
    about = "For which reasons a patient comes on the follow-up list."
    return ChoiceList(choices=FollowUpKind.values, help_text=about, example=["pain", "sign"], **kwargs)


def silent_days(**kwargs: Any) -> Whole:
    about = "After how many days without a log a patient comes on that list."
    return Whole(min_value=1, max_value=MAX_SILENT_DAYS, help_text=about, example=7, **kwargs)


class ClinicInputSerializer(InputSerializer):
    """What the leads of a clinic set. A list that is given takes the place of the former one."""

    time_zone = time_zone(required=False)
    locale = locale(required=False)
    week_starts_on = week_starts_on(required=False)
    disclaimers = disclaimers(required=False)
    titles = titles(required=False)
    stock_reasons = stock_reasons(required=False)
    review_days = review_days(required=False)
    usual_times_per_day = usual_times_per_day(required=False)
    usual_days_per_week = usual_days_per_week(required=False)
    crisis_contact = crisis_contact(required=False, allow_blank=True)
    crisis_phone = crisis_phone(required=False, allow_blank=True)
    device_days = device_days(required=False)
    asks_code = asks_code(required=False)
    follow_up_kinds = follow_up_kinds(required=False)
    silent_days = silent_days(required=False)


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
    stock_reasons = stock_reasons()
    review_days = review_days()
    usual_times_per_day = usual_times_per_day()
    usual_days_per_week = usual_days_per_week()
    crisis_contact = crisis_contact()
    crisis_phone = crisis_phone()
    device_days = device_days()
    asks_code = asks_code()
    follow_up_kinds = follow_up_kinds()
    silent_days = silent_days()
    therapists = many(TherapistSerializer, help_text="Who treats patients here.")
