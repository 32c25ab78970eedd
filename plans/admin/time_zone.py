"""The desk's clock: moments are shown, and days are preset, in the time zone of the person's clinic."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from plans.permissions import zone_of


def clinic_time_zone(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/admin/"):
            return answer(request)
        with timezone.override(zone_of(request.user)):
            return answer(request)

    return middleware
