"""Mails with a plan's link, as the API tells them, and what asks for one."""

from plans.api.serializers.base import InputSerializer, OutputSerializer
from plans.api.serializers.fields import Choice, Flag, Id, Moment, Text, Whole, length_of
from plans.models import Mail, MailState


class MailSerializer(OutputSerializer):
    """A letter with a plan's link. Its Message-ID is `<ID@host>` with this id, so that a returned one names it."""

    id = Id(help_text="The mail's id.")
    publication = Id(source="publication_id", help_text="The publication from which it was asked for.")
    plan = Id(source="publication.plan_id", help_text="The plan's id.")
    patient = Id(source="publication.plan.patient_id", help_text="The patient's id.")
    link = Id(source="link_id", help_text="The link that it carries.")
    address = Text(source="consent.address", help_text="Where it goes.", example="robin@example.org")
    language = Text(help_text="The language of its words.", example="en")
    state = Choice(
        choices=list(MailState.values),
        help_text="Where it stands. `sent`: a mail server took it. `unknown`: whether one did is not known; it is not "
        "sent again by itself. `cancelled`: plan, link or consent ended before.",
        example="sent",
    )
    error_code = Text(
        help_text="Why it failed, was cancelled, or waits for another try; else blank. `refused` and `came_back` mark "
        "the address.",
        example="",
    )
    answer = Text(help_text="What the mail server said.", example="550 5.1.1 no such user")
    written_to_file = Flag(
        help_text="Whether it was written into a file, as the service has no mail server.", example=False
    )
    attempts = Whole(help_text="How often it was tried.", example=1)
    created_at = Moment(help_text="When it was asked for.")
    not_before = Moment(allow_null=True, help_text="When it is tried next, while it waits.", example=None)
    finished_at = Moment(allow_null=True, help_text="When it ended.")


class MailInputSerializer(InputSerializer):
    """Whose link goes where."""

    publication = Id(help_text="The publication's id; the link is that of its plan.")
    address = Text(max_length=254, help_text="The patient's mail address.", example="robin@example.org")
    consented = Flag(
        required=False,
        help_text="Whether the patient agreed to mails at this address just now. It is recorded, and asked for once "
        "for each address, and again after the address failed.",
        example=True,
    )


class BounceInputSerializer(InputSerializer):
    """That a mail came back."""

    answer = Text(
        required=False,
        allow_blank=True,
        max_length=length_of(Mail, "answer"),
        help_text="What the other side said, as the returned mail quotes it.",
        example="550 5.1.1 no such user",
    )
