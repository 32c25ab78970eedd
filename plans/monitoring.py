"""How the work goes, for a monitor that calls a person: waits, failures, the sweep, room for files.

Apart from readiness, which takes a machine out of service: no machine serves better for being taken out because
files wait or the disk fills.
"""

import hmac
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, storages
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from redis.exceptions import RedisError

from clinic.health import FAILURES, folder_of
from plans import __version__
from plans.models import Rendering
from plans.queries.active_plans import oldest_review
from plans.queries.renderings import missing, oldest_wait

log = structlog.get_logger(__name__)

SWEPT = "swept"
MEGABYTE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One number and its limit; None is a number that is not there."""

    value: int | None
    at_most: int | None = None
    at_least: int | None = None

    @property
    def ok(self) -> bool:
        if self.value is None:
            return True
        above = self.at_most is not None and self.value > self.at_most
        return not above and not (self.at_least is not None and self.value < self.at_least)


def sweep_seen() -> None:
    """Record that a sweep came to its end; one that fails is no sign of life."""
    try:
        cache.set(SWEPT, int(time.time()), None)
    except RedisError:
        log.warning("cache_away")


def check_worker() -> None:
    """Raise ImproperlyConfigured where this machine cannot print: each handout would fail for its worker."""
    # Not with the module: the web server, which prints nothing, need not hold all of this.
    from plans.handout import pdf
    from plans.handout.errors import RenderingFailed

    try:
        pdf.check_renderer()
    except (RenderingFailed, OSError) as problem:  # the second: a library of the system that cannot be loaded
        raise ImproperlyConfigured(f"This worker cannot print handouts. {problem}") from problem


def status(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every number is within its limit, else 503; the details go to who knows STATUS_TOKEN."""
    told = {name: _tell(name, measure) for name, measure in MEASURES.items()}
    good = all(one["state"] == "ok" for one in told.values())
    return JsonResponse(_answer(request, told), status=200 if good else 503)


def _answer(request: HttpRequest, told: dict[str, dict[str, str | int | None]]) -> dict[str, object]:
    """Which release runs is told to who may read the numbers alone: it says which faults can be tried."""
    if _may_read_numbers(request):
        return {"version": __version__, **told}
    return {name: one["state"] for name, one in told.items()}


def _tell(name: str, measure: Callable[[], Measure]) -> dict[str, str | int | None]:
    try:
        found = measure()
    except FAILURES as error:
        log.warning("status_unknown", part=name, error=type(error).__name__)
        return {"state": "failed"}
    if not found.ok:
        log.warning("status_bad", part=name, value=found.value)
    state = "ok" if found.ok else "failed"
    return {"state": state, "value": found.value, "at_most": found.at_most, "at_least": found.at_least}


def _may_read_numbers(request: HttpRequest) -> bool:
    """How much a service prints is its own affair: the numbers need the monitor's token."""
    given = request.headers.get("Authorization", "").encode()
    wanted = f"Bearer {settings.STATUS_TOKEN}".encode()
    return bool(settings.STATUS_TOKEN) and hmac.compare_digest(given, wanted)


def _oldest_wait() -> Measure:
    """Seconds since the oldest file was asked for that is not there yet; what was asked for in bulk may take long."""
    since = oldest_wait(Rendering.objects.all())
    waited = 0 if since is None else int((timezone.now() - since).total_seconds())
    return Measure(value=waited, at_most=settings.STATUS_WAIT_SECONDS)


def _failed() -> Measure:
    return Measure(value=missing().count(), at_most=settings.STATUS_FAILED)


def _last_sweep() -> Measure:
    """Seconds since a sweep ended; without one since the broker lost its memory, since the epoch."""
    return Measure(value=int(time.time()) - cache.get(SWEPT, 0), at_most=settings.STATUS_SWEEP_SECONDS)


def _oldest_review() -> Measure:
    since = oldest_review()
    waited = 0 if since is None else int((timezone.now() - since).total_seconds() // 3600)
    return Measure(value=waited, at_most=settings.STATUS_REVIEW_HOURS)


def _free_space() -> Measure:
    """Free megabytes for files; an object storage does not tell."""
    storage, least = storages["default"], settings.STATUS_FREE_MB
    if not isinstance(storage, FileSystemStorage):
        return Measure(value=None, at_least=least)
    return Measure(value=shutil.disk_usage(folder_of(storage)).free // MEGABYTE, at_least=least)


MEASURES: dict[str, Callable[[], Measure]] = {
    "oldest_wait_seconds": _oldest_wait,
    "failed": _failed,
    "last_sweep_seconds": _last_sweep,
    "oldest_review_hours": _oldest_review,
    "free_megabytes": _free_space,
}
