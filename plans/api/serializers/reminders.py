"""The reminders of a plan, as the API tells them, and what switches them on or off."""

from plans.api.serializers.base import InputSerializer, OutputSerializer
from plans.api.serializers.fields import Choice, Flag, Id, ListOf, Moment, Text, Whole, length_of
from plans.models import MailState, ReminderKind, ReminderSchedule
from plans.models.reminders import LAST_HOUR

STATES = ["on", "asked", "off"]


class RemindersSerializer(OutputSerializer):
    """Whether a patient is reminded by mail of a plan, when the next one goes, and what became of the last."""

    plan = Id(help_text="The plan's id.")
    state = Choice(
        choices=STATES,
        help_text="`asked`: the patient typed an address on the page, and has not yet said yes by the mail that "
        "went there.",
        example="on",
    )
    hour = Whole(allow_null=True, help_text="The hour of the day, 0 to 23.", example=18)
    time_zone = Text(
        allow_null=True,
        help_text="The time zone of the hour; the clinic's by default.",
        example="America/Chicago",
    )
    address = Text(allow_null=True, help_text="Where they go.", example="robin@example.org")
    by_patient = Flag(
        allow_null=True, help_text="Whether the patient asked on the page, and not the clinic.", example=False
    )
    since = Moment(allow_null=True, help_text="Since when they are on.")
    ended_at = Moment(allow_null=True, help_text="When they ended.", example=None)
    ended_why = Text(
        allow_null=True,
        help_text="Why: `switched_off`, `plan_stopped`, `link_ended`, `consent_withdrawn`, `address_changed`, "
        "`address_fails` or `replaced`.",
        example=None,
    )
    next_at = Moment(
        allow_null=True,
        help_text="When the next one goes, if nothing is logged by then. Null when the plan is over by then.",
    )
    last_at = Moment(allow_null=True, help_text="When the last one was due.")
    last_state = Choice(
        choices=list(MailState.values),
        allow_null=True,
        help_text="What became of it. `unknown`: whether a mail server took it is not known; it is not sent again. "
        "`cancelled`: it was left out.",
        example="sent",
    )
    last_error_code = Text(
        allow_null=True, help_text="Why it was not sent, such as `too_late` or `logged`.", example=None
    )
    unknown = ListOf(
        child=Moment(help_text="When it was due."),
        help_text="The newest of which it is not known whether they were sent.",
        example=[],
    )


class ReminderSerializer(OutputSerializer):
    """One mail of a plan's reminders. Its Message-ID is `<ID@host>` with this id, so that a returned one names it."""

    id = Id(help_text="The reminder's id.")
    plan = Id(source="schedule.plan_id", help_text="The plan's id.")
    patient = Id(source="schedule.plan.patient_id", help_text="The patient's id.")
    kind = Choice(
        choices=list(ReminderKind.values),
        help_text="`confirm`: it asks the owner of a typed address to say yes.",
        example="reminder",
    )
    address = Text(source="schedule.address", help_text="Where it goes.", example="robin@example.org")
    due_at = Moment(help_text="When it was due.")
    state = Choice(
        choices=list(MailState.values),
        help_text="Where it stands. `sent`: a mail server took it. `unknown`: whether one did is not known; it is not "
        "sent again. `cancelled`: it was left out.",
        example="sent",
    )
    error_code = Text(help_text="Why it was not sent, or came back; else blank.", example="")
    answer = Text(help_text="What the mail server said.", example="550 5.1.1 no such user")
    finished_at = Moment(allow_null=True, help_text="When it ended.")


class RemindersInputSerializer(InputSerializer):
    """Reminders on, at an hour, or off."""

    on = Flag(help_text="Whether the patient is to be reminded.", example=True)
    hour = Whole(
        required=False,
        min_value=0,
        max_value=LAST_HOUR,
        help_text="The hour of the day; needed to switch them on.",
        example=18,
    )
    time_zone = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(ReminderSchedule, "time_zone"),
        help_text="The patient's time zone by its IANA name. Left out or blank, the clinic's.",
        example="America/Chicago",
    )
    address = Text(
        required=False,
        max_length=254,
        help_text="The patient's mail address. Left out, what is on stays at its address.",
        example="robin@example.org",
    )
    consented = Flag(
        required=False,
        help_text="Whether the patient agreed to mails at this address just now. It is recorded, and asked for once "
        "for each address, and again after the address failed.",
        example=True,
    )
