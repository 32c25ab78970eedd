"""Systems and their keys, as the API reads and tells them."""

from plans.api.scopes import SCOPES
from plans.api.serializers.base import InputSerializer, OutputSerializer, many
from plans.api.serializers.fields import Choice, ChoiceList, Day, Id, Moment, Text, Whole, Words, length_of
from plans.models import ClinicSystem, Role


class KeySerializer(OutputSerializer):
    """A key without its secret, which nobody can read again."""

    id = Id(help_text="The key's id.")
    system = Id(source="system_id", help_text="Its system.")
    client_id = Text(help_text="What names the key where tokens are made.", example="Zq3...")
    scopes = Words(help_text="The most that its tokens may have.", example=["plans:read"])
    created_at = Moment(source="created", help_text="When it was made.")
    expires_on = Day(help_text="Its last day.", example="2027-03-02")
    last_used_at = Moment(allow_null=True, help_text="When it was used last, to the minute.")
    revoked_at = Moment(allow_null=True, help_text="When it was revoked.", example=None)


class SystemSerializer(OutputSerializer):
    """A piece of software of a clinic; what it does is recorded under its name."""

    id = Id(help_text="The system's id.")
    clinic = Id(source="clinic_id", help_text="Its clinic.")
    name = Text(help_text="Its name.", example="Practice software")
    on_behalf_of = Id(
        source="user.on_behalf_of_id",
        allow_null=True,
        help_text="The therapist in whose caseload it works; null for one that works for the whole clinic.",
        example=None,
    )
    created_at = Moment(help_text="When it was made.")
    ended_at = Moment(allow_null=True, help_text="When it was ended.", example=None)
    keys = many(KeySerializer, help_text="Its keys, the newest first.")


class SystemInputSerializer(InputSerializer):
    """A new system."""

    clinic = Id(help_text="The clinic, where you are lead.")
    name = Text(
        max_length=length_of(ClinicSystem, "name"),
        help_text="Its name, unique in the clinic.",
        example="Practice software",
    )
    role = Choice(
        required=False,
        choices=[Role.LEAD.value, Role.THERAPIST.value],
        help_text="What it may see: lead, the whole clinic; therapist, the caseload of `on_behalf_of`.",
        example="lead",
    )
    on_behalf_of = Id(
        required=False,
        help_text="For the role therapist: the therapist whom it acts for, by id. It sees and does what they may, as "
        "long as they work in the clinic, and the audit names both.",
    )


class KeyInputSerializer(InputSerializer):
    """A new key. A system has at most two that work, so that one can follow the other without a gap."""

    system = Id(help_text="The system.")
    scopes = ChoiceList(choices=sorted(SCOPES), help_text="What its tokens may do.", example=["plans:read"])
    days = Whole(
        required=False, min_value=1, max_value=730, help_text="For how many days it works.", example=365
    )


class MadeKeySerializer(KeySerializer):
    """A new key with its secret, told this once."""

    client_secret = Text(help_text="Keep it where nobody reads it.", example="r8X...")
