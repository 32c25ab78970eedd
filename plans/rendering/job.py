"""One rendering, from the claim to the finish. The row is the truth; a worker holds it by a token and a lease.

queued -> running -> ready, or failed with a code, or queued again after a pause when the storage failed. Every
step is a conditional UPDATE: no rows changed means that another worker has it, or that this one came too late.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from traceback import clear_frames

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from plans import tokens
from plans.content import PlanContent, from_json
from plans.exceptions import PlansError
from plans.models import DownloadLink, Picture, Rendering, RenderingState
from plans.rendering import store
from plans.rendering.errors import PictureMissing, RenderingFailed
from plans.rendering.formats import Format
from plans.rendering.handout import Handout, make_handout
from plans.rendering.lease import LEASE, file_name, renewed
from plans.rendering.queue import due

STORAGE_PAUSES = (5, 15, 60, 300, 900, 3600)
"""Seconds to wait after each storage error; after the last the rendering is failed."""

log = structlog.get_logger(__name__)


class RenderingTooSlow(RenderingFailed):
    """The handout took longer than a worker may work on one."""


class RenderingTooLarge(RenderingFailed):
    """The handout needs more memory than a worker has."""


@dataclass(frozen=True)
class Claim:
    """A rendering that this worker holds until its lease ends."""

    rendering: Rendering
    token: uuid.UUID


def work(rendering_id: uuid.UUID) -> None:
    """Claim, render, check, store and finish one rendering; do nothing if it is not to be had."""
    claim = claim_rendering(rendering_id)
    if claim is None:
        return
    try:
        with renewed(claim.rendering.pk, claim.token):
            handout = make(claim.rendering)
        _finish(claim, handout)
    except store.StorageFailed as error:
        _try_later(claim, error)
    except SoftTimeLimitExceeded:
        fail(claim, RenderingTooSlow())
    except (MemoryError, SystemError) as error:
        # Python loses some of its own MemoryErrors on the way and raises a SystemError. Either still holds all
        # that was made, and writing the reason needs memory too.
        clear_frames(error.__traceback__)
        fail(claim, RenderingTooLarge())
    except PlansError as error:
        fail(claim, error)


def claim_rendering(rendering_id: uuid.UUID) -> Claim | None:
    """Take a waiting rendering for this worker, or give None when it does not wait."""
    token, now = uuid.uuid4(), timezone.now()
    taken = Rendering.objects.filter(due(), pk=rendering_id).update(
        state=RenderingState.RUNNING,
        attempts=F("attempts") + 1,
        attempt_token=token,
        lease_until=now + LEASE,
        started_at=now,
    )
    if not taken:
        return None
    return Claim(Rendering.objects.select_related("content").get(pk=rendering_id), token)


def fail(claim: Claim, error: PlansError) -> None:
    """Park the rendering with its reason, unless the lease is another's by now."""
    _leave(claim, state=RenderingState.FAILED, error_code=error.code, error_details=str(error)[:400])
    log.warning("rendering_failed", rendering=str(claim.rendering.pk), code=error.code)


def make(rendering: Rendering) -> Handout:
    """Render a row's content in its format and check the file; raises a RenderingFailed with the reason."""
    content = from_json(rendering.content.json)
    return make_handout(
        content,
        Format.from_key(rendering.format),
        link_url=_link_url(content),
        sheet_url=f"{settings.PUBLIC_URL}/sheet/{content.sheet_code}/",
        pictures=_pictures(content),
    )


def _link_url(content: PlanContent) -> str:
    link = DownloadLink.objects.get(pk=content.link_id)
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    return f"{settings.PUBLIC_URL}/p/{token}/"


def _pictures(content: PlanContent) -> dict[str, bytes]:
    wanted = {item.picture.sha256 for item in content.items if item.picture}
    wanted |= {content.clinic.logo} if content.clinic.logo else set()
    names = dict(Picture.objects.filter(sha256__in=wanted).values_list("sha256", "file"))
    return {sha256: _picture(sha256, names.get(sha256)) for sha256 in wanted}


def _picture(sha256: str, name: str | None) -> bytes:
    if name is None:
        raise PictureMissing(picture=sha256)
    try:
        data = store.read(name)
    except FileNotFoundError:
        raise PictureMissing(picture=sha256) from None
    if store.sha256_of(data) != sha256:
        raise PictureMissing(picture=sha256)
    return data


def _finish(claim: Claim, handout: Handout) -> None:
    rendering, pdf = claim.rendering, handout.pdf
    name = store.keep(file_name(rendering), pdf)
    done = _leave(
        claim,
        state=RenderingState.READY,
        file=name,
        size=len(pdf),
        sha256=store.sha256_of(pdf),
        pages=handout.pages,
        error_code="",
        error_details="",
    )
    if not done:
        # The lease ended while we worked and another worker has the row: our file is nobody's.
        store.discard(name)


def _try_later(claim: Claim, error: store.StorageFailed) -> None:
    errors = claim.rendering.storage_errors
    if errors >= len(STORAGE_PAUSES):
        fail(claim, error)
        return
    pause = timedelta(seconds=STORAGE_PAUSES[errors])
    _leave(
        claim,
        state=RenderingState.QUEUED,
        storage_errors=errors + 1,
        not_before=timezone.now() + pause,
        error_details=str(error),
    )
    log.warning("storage_failed", rendering=str(claim.rendering.pk), errors=errors + 1)


def _leave(claim: Claim, *, state: RenderingState, **columns: object) -> bool:
    """Write the end of this attempt, if the row is still held by its token."""
    held = Rendering.objects.filter(
        pk=claim.rendering.pk, state=RenderingState.RUNNING, attempt_token=claim.token
    )
    finished_at = None if state == RenderingState.QUEUED else timezone.now()
    return bool(
        held.update(state=state, attempt_token=None, lease_until=None, finished_at=finished_at, **columns)
    )
