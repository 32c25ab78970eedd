"""Renderings that failed or wait out a pause, as the worker leaves them."""

from datetime import timedelta

from django.utils import timezone

from plans.handout.errors import PictureBroken
from plans.models import Rendering, RenderingState
from plans.rendering import job


def fail(rendering, error=None):
    """Let a worker take the rendering and park it."""
    claim = job.claim_rendering(rendering.pk)
    assert claim is not None
    job.fail(claim, error or PictureBroken(picture="x"))


def pause(rendering, seconds=3600):
    """Leave the rendering as an error of the storage does: queued, and not due yet."""
    Rendering.objects.filter(pk=rendering.pk).update(
        state=RenderingState.QUEUED,
        storage_errors=6,
        not_before=timezone.now() + timedelta(seconds=seconds),
        error_details="The storage did not do its work: OSError.",
    )
