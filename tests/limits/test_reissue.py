"""A recall of many plans, while a therapist publishes one: hers comes first."""

import os
import time

import pytest

from plans.actions import approving
from plans.actions.reissuing import order_reissue
from plans.models import Rendering, RenderingState
from plans.queries.reissues import progress_of
from tests import factories
from tests.servers import poll

pytestmark = [pytest.mark.long, pytest.mark.alone, pytest.mark.timeout(900)]
MANY = int(os.environ.get("REISSUED_PLANS", "100"))


@pytest.fixture
def issued(clinic):
    """Plans with one exercise, issued long ago: their files are taken for made."""
    pat = factories.therapist(clinic)
    exercise = factories.approved_exercise(clinic)
    for _ in range(MANY):
        factories.publication(pat, of_plan=factories.plan(pat, exercises=[exercise]))
    Rendering.objects.update(state=RenderingState.READY, file="made", sha256="a" * 64, size=1)
    return pat


def approve_newer_revision(clinic):
    newer = factories.exercise(safe={"repetitions": factories.Span(1, 15)})
    by = factories.reviewer(clinic)
    approving.approve_exercises(revisions=[newer], clinic=clinic, by=by)
    return newer.exercise


def is_ready(publication):
    return publication.content.renderings.get().state == RenderingState.READY


def test_many_are_issued_again_behind_the_one_that_a_therapist_waits_for(
    clinic, issued, start_more_workers, tmp_path, record_property
):
    recalled = approve_newer_revision(clinic)
    own_plan = factories.plan(issued, exercises=[factories.approved_exercise(clinic, "bridge")])
    start_more_workers("reissue", "--beat", "--schedule", str(tmp_path / "beat"))
    reissue = order_reissue(exercise=recalled, clinic=clinic, why="Recalled", by=factories.lead(clinic))
    poll(lambda: progress_of(reissue).files_ready >= 3, what="the recall under way")
    begun = time.monotonic()
    own = factories.publication(issued, of_plan=own_plan)
    poll(lambda: is_ready(own), what="the therapist's file")
    waited, then = time.monotonic() - begun, progress_of(reissue)
    assert then.files_waiting + then.waiting > MANY / 2
    poll(lambda: progress_of(reissue).finished, seconds=600, what="the end of the recall")
    end = progress_of(reissue)
    record_property(
        f"re-issue of {MANY} plans",
        f"the therapist waited {waited:.1f} s with {then.waiting} plans and {then.files_waiting} files before the "
        f"end; {end.a_second:.1f} plans a second",
    )
    assert (end.issued, end.refused, end.files_ready, end.files_failed) == (MANY, 0, MANY, 0)
    assert (end.percent, end.left) == (100, None)
