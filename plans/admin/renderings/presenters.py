"""A rendering as work, in words: its reason, moments, and how long it took."""

from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html

from plans.models import Rendering, RenderingState
from plans.queries.renderings import PAUSED


def reason_of(obj: Rendering) -> str:
    return PAUSED if pause_of(obj) else obj.error_code


def pause_of(obj: Rendering) -> datetime | None:
    waits = obj.state == RenderingState.QUEUED and obj.not_before and obj.not_before > timezone.now()
    return obj.not_before if waits else None


def unbroken(words: str) -> str:
    return format_html('<span class="desk-whole">{}</span>', words)


def moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


def time_between(since: datetime | None, until: datetime | None = None) -> str:
    if since is None:
        return ""
    seconds = max(0, int(((until or timezone.now()) - since).total_seconds()))
    units = ((86_400, "days"), (3_600, "h"), (60, "min"))
    return next((f"{seconds // size} {unit}" for size, unit in units if seconds >= 2 * size), f"{seconds} s")
