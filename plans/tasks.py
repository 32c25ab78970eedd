"""The worker's tasks: each loads, calls one job, ends. Arguments are ids, never patient data."""

from uuid import UUID

from celery import shared_task

from plans.actions import reissuing, reviewing
from plans.models import Reissue
from plans.rendering import job, sweep


@shared_task(name="plans.render")
def render(rendering_id: str) -> None:
    """Render one file."""
    job.work(UUID(rendering_id))


@shared_task(name="plans.sweep_renderings")
def sweep_renderings() -> None:
    """Wake what waits and free what dead workers held."""
    sweep.sweep()
    reissuing.wake_stalled()


@shared_task(name="plans.bulk_reissue")
def bulk_reissue(reissue_id: str) -> None:
    """Issue the next few plans of a re-issue."""
    reissuing.go_on(reissue=Reissue.objects.get(pk=reissue_id))


@shared_task(name="plans.drop_old_drafts")
def drop_old_drafts() -> None:
    """Throw away renderings of plans that were looked at and not published."""
    sweep.drop_old_drafts()


@shared_task(name="plans.review_active_plans")
def review_active_plans() -> None:
    """List the plans of which the rules now say something else."""
    reviewing.review_active_plans()
