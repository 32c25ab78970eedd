"""Make one rendering: claim it, render, check, store, finish."""

import time
import uuid
from functools import lru_cache, partial
from traceback import clear_frames

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db.models import Q
from django.template import TemplateDoesNotExist, TemplateSyntaxError

from plans import leases, tokens
from plans.content import DRAWING, DrawingContent, PlanContent, from_json
from plans.exceptions import PlansError
from plans.handout.errors import PictureMissing, RendererBroke, RenderingFailed
from plans.handout.formats import Format, Ink
from plans.handout.make import Handout, make_handout
from plans.models import DownloadLink, Picture, Rendering
from plans.rendering import drawings, storage
from plans.rendering.claim import (
    LEASE,
    RENEW_SECONDS,
    Claim,
    claim_rendering,
    fail,
    file_name,
    finish,
    give_back,
    next_in_turn,
    try_later,
)

PICTURES_TO_TRY = 3
FAULTS = (
    TemplateSyntaxError,
    TemplateDoesNotExist,
    ArithmeticError,
    AssertionError,
    AttributeError,
    ImportError,
    LookupError,
    NameError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a fault in a template, a font or the renderer raises: to try again would end the same."""

log = structlog.get_logger(__name__)


class RenderingTooSlow(RenderingFailed):
    """The handout took longer than a worker may work on one."""

    code = "rendering_too_slow"


class RenderingTooLarge(RenderingFailed):
    """The handout needs more memory than a worker has."""

    code = "rendering_too_large"


def work(rendering_id: uuid.UUID) -> None:
    """Claim, render, check, store and finish one rendering, the next in turn; do nothing if there is none."""
    claim = leases.claim_next(partial(next_in_turn, rendering_id), claim_rendering)
    if claim:
        # To the very end: a storage that is slow to take the file is no lost worker.
        with leases.renewed(claim, lease=LEASE, every=RENEW_SECONDS):
            _work_on(claim)


def _work_on(claim: Claim) -> None:
    begun = time.monotonic()
    try:
        _finish(claim, make(claim.row))
    except storage.StorageFailed as error:
        try_later(claim, error)
    except SoftTimeLimitExceeded:
        fail(claim, RenderingTooSlow())
    except (MemoryError, SystemError) as error:
        # Python loses some of its own MemoryErrors on the way and raises a SystemError. Either still holds all
        # that was made, and writing the reason needs memory too.
        clear_frames(error.__traceback__)
        fail(claim, RenderingTooLarge())
    except PlansError as error:
        fail(claim, error)
    except leases.DATABASE_AWAY:
        give_back(claim)
    except SystemExit:
        # Told to stop in the middle: another worker begins anew. Told so because its time was over, the handout counts
        # as one that stops workers, or it would go from one to the next for ever.
        if time.monotonic() - begun < settings.CELERY_TASK_SOFT_TIME_LIMIT:
            give_back(claim, at_once=True)
        raise
    except FAULTS as error:
        # Left alone, the row would wait out its lease three times and then blame the workers. It is told the class
        # only: a message may hold a patient's words.
        log.exception("renderer_broke", rendering=str(claim.row.pk))
        fail(claim, RendererBroke(problem=type(error).__name__))


def make(rendering: Rendering) -> Handout:
    """Render a row's content in its format and check the file; raises a RenderingFailed with the reason."""
    content = from_json(rendering.content.json)
    form = Format.from_key(rendering.format)
    link = DownloadLink.objects.get(pk=content.link_id)
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    asks_code = content.clinic.asks_code
    return make_handout(
        content,
        form,
        link_url=tokens.link_address(token, asks_code=asks_code),
        link_code=tokens.printed_code_of(link_id=link.pk, digest=link.token_digest) if asks_code else "",
        sheet_url=f"{settings.PUBLIC_URL}/sheet/{content.sheet_code}/",
        pictures=pictures_of(content, clinic_id=rendering.content.clinic_id, grey=form.ink is Ink.GREY),
    )


def pictures_of(content: PlanContent, *, clinic_id: uuid.UUID, grey: bool) -> dict[str, bytes]:
    """Return the bytes of a content's pictures by their names on the page; figures are drawn if they are not there."""
    wanted = {item.picture.sha256 for item in content.items if item.picture and item.picture.sha256}
    wanted |= {content.clinic.logo} if content.clinic.logo else set()
    own = Picture.objects.filter(Q(clinic=None) | Q(clinic=clinic_id), sha256__in=wanted)
    names = dict(own.values_list("sha256", "file"))
    kept = {sha256: _picture(sha256, names.get(sha256)) for sha256 in wanted}
    return kept | _figures(drawings.drawings_of(content), grey=grey)


def _figures(wanted: list[DrawingContent], *, grey: bool) -> dict[str, bytes]:
    found = drawings.drawn(wanted, grey=grey)
    return {f"{DRAWING}{one.id_in(grey=False)}": _figure(one, found[one], grey=grey) for one in wanted}


def _figure(wanted: DrawingContent, picture: Picture, *, grey: bool) -> bytes:
    try:
        return _picture(picture.sha256, picture.file.name)
    except PictureMissing:
        drawings.draw_again(wanted, grey=grey)
    again = drawings.drawn([wanted], grey=grey)[wanted]
    return _picture(again.sha256, again.file.name)


@lru_cache(maxsize=128)
def _picture(sha256: str, name: str | None) -> bytes:
    # Kept in the process: an object storage is asked three times for each, and library pictures come again and
    # again. Ordinary ones have 20 to 300 KB.
    if name is None:
        raise PictureMissing(picture=sha256)
    try:
        data = storage.read(name)
    except FileNotFoundError:
        _check_storage(but=sha256)
        raise PictureMissing(picture=sha256) from None
    if storage.sha256_of(data) != sha256:
        raise PictureMissing(picture=sha256)
    return data


def _check_storage(*, but: str) -> None:
    """Raise StorageFailed when other pictures are gone too: then a disk or a bucket is not there, not a picture."""
    others = Picture.objects.exclude(sha256=but).values_list("file", flat=True)[:PICTURES_TO_TRY]
    if others and not any(storage.exists(name) for name in others):
        raise storage.StorageFailed(problem="no picture is to be found")


def _finish(claim: Claim, handout: Handout) -> None:
    rendering, pdf = claim.row, handout.pdf
    name = storage.keep(file_name(rendering), pdf)
    columns = {"file": name, "size": len(pdf), "sha256": storage.sha256_of(pdf), "pages": handout.pages}
    if finish(claim, columns):
        return
    # The lease ended while we worked and another worker has the row: our file is nobody's. Unless the database went
    # away just after it had written that it is ours.
    if not Rendering.objects.filter(pk=rendering.pk, file=name).exists():
        storage.discard(name)
