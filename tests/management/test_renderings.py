"""The command that tells how the work on files stands, and starts what is stuck again."""

from io import StringIO

import pytest
from django.core.management import call_command

from plans.models import Rendering, RenderingState
from plans.rendering.storage import StorageFailed
from tests import factories
from tests.rendering.stuck import fail, pause

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    pat = factories.therapist(factories.clinic())
    rows = [factories.publication(pat).content.renderings.get() for _ in range(3)]
    fail(rows[0], StorageFailed(problem="x"))
    pause(rows[1])
    return rows


def run(*arguments):
    out = StringIO()
    call_command("renderings", *arguments, stdout=out)
    return out.getvalue()


def test_it_counts_by_state_and_reason(made):
    lines = run().splitlines()
    assert [line.split() for line in lines[:3]] == [["queued", "2"], ["running", "0"], ["failed", "1"]]
    assert lines[3].startswith("Oldest wait: ")
    assert lines[3].endswith("asked for in bulk: nothing waits.")
    assert [line.split(", the")[0] for line in lines[4:]] == ["Stuck: paused, 1", "Stuck: storage_failed, 1"]


def test_it_queues_one_reason_again(made):
    assert "1 queued again." in run("--retry", "storage_failed")
    assert Rendering.objects.get(pk=made[0].pk).state == RenderingState.QUEUED
    assert "Stuck: paused, 1" in run()


def test_it_queues_all_again(made):
    assert "2 queued again." in run("--retry", "all")
    assert "Stuck" not in run()


def test_a_reason_that_nothing_has_queues_nothing(made):
    assert "0 queued again." in run("--retry", "worker_lost")
