"""Publish while workers are killed, the broker is flushed, killed and frozen, the database restarts, the disk is full.

Real processes, bounded in number and time. The same run without the sweep shows that the test can fail.
"""

import json
import os
import subprocess
import sys
import time

import pytest

from tests.chaos.service import ROOT, Service
from tests.servers import poll

pytestmark = [pytest.mark.long, pytest.mark.alone, pytest.mark.timeout(900)]
PUBLICATIONS = int(os.environ.get("CHAOS_PUBLICATIONS", "200"))
PACE = 5


def kill_broker(service):
    service.stop_broker()
    time.sleep(2)
    service.start_broker()


def freeze_broker(service):
    """For longer than a worker waits for its broker; without the sweep all would end there, so more briefly."""
    service.freeze_broker()
    time.sleep(33 if service.sweep else 5)
    service.thaw_broker()


def harm(service):
    """Each harm once, workers three times, in step with what is published, so that there is work to harm.

    The third worker is frozen in mid-work, and goes on long after its lease.
    """
    harms = [
        lambda: service.freeze_worker("three"),
        lambda: service.kill_worker("one"),
        service.flush_broker,
        lambda: service.kill_worker("two"),
        lambda: kill_broker(service),
        service.fill_disk,
        service.restart_database,
        lambda: service.kill_worker("one"),
        lambda: freeze_broker(service),
        lambda: service.thaw_worker("three"),
    ]
    for number, one in enumerate(harms, start=1):
        due = PUBLICATIONS * number // (len(harms) + 1)
        poll(lambda due=due: service.published() >= due, seconds=120, what=f"publication {due}")
        one()


def go_through(service):
    try:
        for name in ("one", "two", "three"):
            service.start_worker(name)
        argv = [sys.executable, "-m", "tests.with_django", "tests.chaos.driver", "publish", str(PACE)]
        publisher = subprocess.Popen(argv, cwd=ROOT, env=service.env, stdout=subprocess.PIPE, text=True)
        with publisher:
            harm(service)
            said, _ = publisher.communicate(timeout=300)
        longest = json.loads(said.splitlines()[-1])
        settled = poll(lambda: settle(service), seconds=240, what="an end")
        return {**settled, **longest, **service.drive("verify")}
    finally:
        service.stop()


def settle(service):
    """The counts, once all is ready, or once nothing more is finished in a time longer than any sweep."""
    before = service.drive("count")
    if before["ready"] == before["publications"]:
        return before
    time.sleep(25)
    after = service.drive("count")
    return after if after["ready"] == before["ready"] else None


def test_every_publication_gets_its_one_right_file(folder, record_property):
    found = go_through(Service(folder, plans=PUBLICATIONS))
    record_property("chaos with the sweep", found)
    assert found["publications"] == found["ready"] == found["right"] == PUBLICATIONS
    assert found["failed"] == found["strays"] == 0
    # Else the harms harmed nobody, and the test proves nothing.
    assert min(found[name] for name in ("workers_lost", "storage_errors", "retried")) >= 1


def test_without_the_sweep_publications_stay_without_a_file(folder, record_property):
    found = go_through(Service(folder, plans=PUBLICATIONS, sweep=False))
    record_property("chaos with messages alone", found)
    assert found["publications"] == PUBLICATIONS
    assert found["ready"] < PUBLICATIONS
