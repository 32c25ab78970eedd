"""(d), (e), (g), (i): what people wait for and what a machine gets through, over PostgreSQL and Redis, by the clock."""

import time
from pathlib import Path

from celery import current_app
from django.utils import timezone

from bench.samples import demo_publication
from bench.service import running_worker
from bench.timing import Times
from plans.actions import plans as plan_actions
from plans.actions import publishing, reasons
from plans.handout.formats import Format
from plans.models import Drawing, DrawingState, Publication, Rendering, RenderingState
from tests.servers import poll

FORMATS = (Format(),)
WARM_UP = 4


def measure_waiting(folder: Path, *, rounds: int) -> Times:
    """Time from publish to a file that is ready, with nothing rendered ahead and one idle worker."""
    times = Times()
    with running_worker(folder, processes=1):
        for turn in range(rounds + WARM_UP):
            expected = _change_plan(f"waiting {turn} {time.time()}")
            begun = timezone.now()
            publication = _publish(expected)
            file = poll(lambda publication=publication: _ready_file(publication), what="the file")
            # What the worker wrote down: asking again and again would add its own pauses.
            if turn >= WARM_UP:
                times.taken.append((file.finished_at - begun).total_seconds() * 1000)
    return times


def measure_undrawn(folder: Path, *, rounds: int) -> Times:
    """Time from publish to the file of the demo's eight exercises when none of their figures is drawn.

    Each time by a worker that has just started, and so has loaded no body.
    """
    times = Times()
    for turn in range(rounds):
        with running_worker(folder, processes=1):
            expected = _change_plan(f"undrawn {turn} {time.time()}")
            # The draft asks for its figures too: first let it have them, then take them away.
            poll(lambda: not Drawing.objects.exclude(state=DrawingState.READY).exists(), what="the draft")
        with running_worker(folder, processes=1):
            poll(lambda: current_app.control.ping(timeout=0.5), what="a worker that answers")
            Drawing.objects.all().delete()
            begun = timezone.now()
            publication = _publish(expected)
            file = poll(lambda publication=publication: _ready_file(publication), what="the file")
            times.taken.append((file.finished_at - begun).total_seconds() * 1000)
    return times


def measure_unchanged(*, rounds: int) -> tuple[Times, int]:
    """Time publishing what is published already; and count the renderings that this asked for, which must be none."""
    times = Times()
    expected = _expected()
    before = Rendering.objects.count()
    plan = demo_publication().plan
    by = plan.patient.therapist
    for _ in range(rounds):
        begun = time.perf_counter()
        publishing.publish(plan=plan, expected_hash=expected, by=by, formats=FORMATS)
        times.taken.append((time.perf_counter() - begun) * 1000)
    return times, Rendering.objects.count() - before


def measure_rate(folder: Path, *, processes: int, documents: int) -> float:
    """Documents a second from a full queue; the first fifth only warms the worker up."""
    asked = [_publish(_change_plan(f"rate {number} {time.time()}")).content_id for number in range(documents)]
    rows = Rendering.objects.filter(content__in=asked)
    with running_worker(folder, processes=processes):
        poll(lambda: not rows.exclude(state=RenderingState.READY).exists(), seconds=600, what="all files")
    ended = sorted(rows.values_list("finished_at", flat=True))
    first = documents // 5
    return (documents - 1 - first) / (ended[-1] - ended[first]).total_seconds()


def _change_plan(note: str) -> str:
    """Write another note into the plan, and look at it as a therapist would."""
    plan = demo_publication().plan
    plan.note = note
    plan_actions.save_plan(plan=plan, items=list(plan.items.all()), by=plan.patient.therapist)
    return _expected()


def _expected() -> str:
    # Without formats: nothing is rendered ahead.
    plan = demo_publication().plan
    prepared = publishing.prepare(plan=plan, by=plan.patient.therapist, formats=())
    answers = {finding.fingerprint: "Looked at in the clinic." for finding in prepared.check.unanswered}
    reasons.give_reasons(plan=plan, reasons=answers, by=plan.patient.therapist, strict=False)
    return prepared.expected_hash


def _publish(expected: str) -> Publication:
    plan = demo_publication().plan
    by = plan.patient.therapist
    return publishing.publish(plan=plan, expected_hash=expected, by=by, formats=FORMATS).publication


def _ready_file(publication: Publication) -> Rendering | None:
    return Rendering.objects.filter(content=publication.content_id, state=RenderingState.READY).first()
