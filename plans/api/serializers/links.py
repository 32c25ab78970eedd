"""Personal links, as the API tells them, and what makes one."""

from datetime import date
from typing import Any

from plans.api.serializers.base import InputSerializer, OutputSerializer
from plans.api.serializers.fields import Address, Choice, Day, Flag, Id, Moment, Text, Whole
from plans.models import Device, DeviceKind, DownloadLink, LinkUse
from plans.queries.devices import last_day_of
from plans.queries.links import MAX_WRONG, address_of_link, printed_code


class _LinkAddress(Address):
    def get_attribute(self, instance: DownloadLink) -> str | None:
        if instance.revoked_at is not None:
            return None
        return address_of_link(instance)


class _PrintedCode(Text):
    def get_attribute(self, instance: DownloadLink) -> str | None:
        return printed_code(instance) or None if instance.revoked_at is None else None


class _LastDay(Day):
    def get_attribute(self, instance: Device) -> date:
        return last_day_of(instance)


class _LinkState(Choice):
    def get_attribute(self, instance: Any) -> str:
        if instance.revoked_at is not None:
            return "revoked"
        if instance.blocked_at is not None:
            return "blocked"
        if instance.expires_on < instance.plan.patient.clinic.today():
            return "expired"
        return "paused" if instance.paused_at else "open"


class LinkSerializer(OutputSerializer):
    """A plan's personal link: whoever has it and knows the birth date sees the newest publication."""

    id = Id(help_text="The link's id.")
    plan = Id(source="plan_id", help_text="The plan's id.")
    url = _LinkAddress(
        allow_null=True,
        help_text="The address to hand to the patient; null once it is revoked.",
        example="https://plans.example.org/p/...",
    )
    code = _PrintedCode(
        allow_null=True,
        help_text="The 6 digits that its page asks beside the birth date, as they are printed; null where it does not.",
        example=None,
    )
    expires_on = Day(help_text="The last day on which it opens.", example="2026-06-01")
    created_at = Moment(help_text="When it was made.")
    revoked_at = Moment(allow_null=True, help_text="When it was revoked.", example=None)
    blocked_at = Moment(
        allow_null=True,
        help_text=f"When {MAX_WRONG} wrong birth dates in a row closed it. It stays closed until it is renewed.",
        example=None,
    )
    state = _LinkState(
        choices=["open", "paused", "blocked", "expired", "revoked"],
        help_text="Whether it opens, or why not. While the plan is `paused` it says not to exercise and gives no PDF.",
        example="open",
    )
    openings = Whole(
        source="opened", help_text="How many times it was opened with the right birth date.", example=3
    )


class LinkInputSerializer(InputSerializer):
    """Which plan's link, and whether a new one takes the place of the one there is."""

    plan = Id(help_text="The plan's id.")
    renew = Flag(
        required=False,
        help_text="Whether to revoke the link there is; sheets printed before then lead nowhere.",
        example=False,
    )


class OpeningSerializer(OutputSerializer):
    """One use of a link, or a try. The address it came from is never told."""

    id = Id(help_text="Its id.")
    use = Choice(choices=list(LinkUse.values), help_text="What was done with the link.", example="opened")
    at = Moment(source="created_at", help_text="When.")


class DeviceSerializer(OutputSerializer):
    """A patient's own device that opens the link without the birth date."""

    id = Id(help_text="The device's id.")
    kind = Choice(
        choices=list(DeviceKind.values), help_text="What its browser says it runs on.", example="phone"
    )
    created_at = Moment(help_text="Since when it is remembered.")
    last_seen_at = Moment(help_text="When it was last used, to the hour.")
    expires_on = _LastDay(
        help_text="The last day on which it opens the link, never after the link's own.", example="2026-06-01"
    )
