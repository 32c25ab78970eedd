"""The worker's tasks: each loads, calls one job, ends. Arguments are ids, never patient data."""

from contextlib import suppress
from uuid import UUID

from celery import shared_task

from plans import monitoring
from plans.actions import draft_log, idempotency, rechecking, reissuing, reviewing, silence
from plans.actions.drafts import delete
from plans.actions.mails import sending
from plans.actions.reminders import due
from plans.actions.reminders import sending as reminding
from plans.actions.webhooks import collect_events, delivering
from plans.models import Clinic, Exercise, Plan, Publication, Reissue
from plans.rendering import draft_drawings, drafts, drawings, job, moving, orphans, sweep
from plans.rendering.storage import StorageFailed


@shared_task(name="plans.render")
def render(rendering_id: str) -> None:
    job.work(UUID(rendering_id))


@shared_task(name="plans.draw")
def draw(drawing_id: str) -> None:
    with suppress(StorageFailed):
        drawings.work(UUID(drawing_id))


@shared_task(name="plans.draw_plan")
def draw_plan(plan_id: str) -> None:
    """Ask for the figures of a draft, before anybody looks at it."""
    if plan := Plan.objects.filter(pk=plan_id).first():
        draft_drawings.ask_for(plan)


@shared_task(name="plans.draw_moving")
def draw_moving(publication_id: str) -> None:
    """Ask for the moving pictures of an issued version, before its patient looks at them."""
    if publication := Publication.objects.select_related("content").filter(pk=publication_id).first():
        moving.ask_for(publication)


@shared_task(name="plans.sweep_renderings")
def sweep_renderings() -> None:
    """Wake what waits and free what dead workers held."""
    sweep.sweep()
    drawings.sweep_drawings()
    reissuing.enqueue_stalled()
    monitoring.sweep_seen()


@shared_task(name="plans.bulk_reissue")
def bulk_reissue(reissue_id: str, turn: int) -> None:
    reissuing.go_on(reissue=Reissue.objects.get(pk=reissue_id), turn=turn)


@shared_task(name="plans.drop_old_drafts")
def drop_old_drafts() -> None:
    drafts.drop_old_drafts()


# Longer than a handout may take, as a folder may hold millions of names; shorter than a message may be held.
@shared_task(name="plans.drop_strays", soft_time_limit=240, time_limit=270)
def drop_strays() -> None:
    """Delete files that no row names, in the folder whose turn it is."""
    orphans.drop_orphans()


@shared_task(name="plans.review_active_plans")
def review_active_plans() -> None:
    """Look at the next few plans that patients follow, and list those of which the rules now say something else."""
    reviewing.review_next()


@shared_task(name="plans.follow_up_silence")
def follow_up_silence() -> None:
    """List the next few plans of which nothing was told for the clinic's number of days."""
    silence.follow_up_next()


@shared_task(name="plans.recheck")
def recheck(clinic_id: str, exercise_id: str, after: str) -> None:
    """Check the next few active plans of a clinic, of which something was taken back."""
    exercise = Exercise.objects.filter(pk=exercise_id).first() if exercise_id else None
    if exercise is None and exercise_id:
        # Deleted meanwhile; an exercise that a plan holds is retired instead.
        return
    clinic = Clinic.objects.get(pk=clinic_id)
    rechecking.recheck(clinic=clinic, exercise=exercise, after=UUID(after) if after else None)


@shared_task(name="plans.deliver_webhook")
def deliver_webhook() -> None:
    """Tell one webhook of one event, whichever is next in turn."""
    delivering.deliver_next()


@shared_task(name="plans.sweep_webhooks")
def sweep_webhooks() -> None:
    """Give new events to the webhooks that want them, and wake what waits."""
    collect_events.collect()
    delivering.sweep_deliveries()


@shared_task(name="plans.send_mail")
def send_mail() -> None:
    """Send one mail, whichever is next in turn."""
    sending.send_next()


@shared_task(name="plans.sweep_mails")
def sweep_mails() -> None:
    """Free mails and reminders that dead senders held, and wake what waits."""
    sending.sweep_mails()
    reminding.sweep_reminders()


@shared_task(name="plans.send_reminder")
def send_reminder() -> None:
    """Send one reminder, whichever is next in turn."""
    reminding.send_next()


@shared_task(name="plans.make_reminders")
def make_reminders() -> None:
    """Make the reminders of the hours that have come."""
    due.make_due()


@shared_task(name="plans.drop_old_calls")
def drop_old_calls() -> None:
    idempotency.drop_old_calls()
    draft_log.drop_old_changes()
    delete.drop_untouched_drafts()
    delivering.drop_old_deliveries()
    collect_events.drop_old_events()
