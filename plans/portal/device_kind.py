"""On what a browser runs, as far as a therapist needs it to tell a patient's phone from another computer."""

import re
from collections.abc import Mapping

from plans.models import DeviceKind

# An iPad says that it is a Mac, so it counts as a computer unless it is asked for pages of a phone.
_TABLET = re.compile(r"iPad|Tablet|PlayBook|Silk/|Android(?!.*Mobile)")
_PHONE = re.compile(r"Mobi|iPhone|iPod")


def kind_of(headers: Mapping[str, str]) -> DeviceKind:
    says = headers.get("User-Agent", "")
    if _TABLET.search(says):
        return DeviceKind.TABLET
    return DeviceKind.PHONE if _PHONE.search(says) else DeviceKind.COMPUTER
