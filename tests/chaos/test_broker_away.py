"""The broker refuses, hangs or forgets: publishing answers, the page says that it waits, the file comes by itself."""

import pytest

from tests.chaos.service import Service
from tests.servers import poll

pytestmark = [pytest.mark.long, pytest.mark.alone, pytest.mark.timeout(600)]
SECONDS = 15
"""Far more than the half second after which a web process gives a broker up, far less than the minute without it."""


@pytest.fixture
def service(folder):
    service = Service(folder, plans=4)
    try:
        yield service
    finally:
        service.stop()


def publish_and_see(service, number):
    answer = service.drive("publish_at_desk", str(number))
    assert answer["status"] == 200
    assert answer["seconds"] < SECONDS
    assert "Waits for the worker" in answer["shown"]
    assert "Open the PDF" not in answer["shown"]


def all_is_ready(service):
    found = service.drive("count")
    return found["ready"] == found["asked"] and found["ready"] >= found["publications"]


def test_a_broker_that_is_down_frozen_or_flushed_holds_no_one_up_and_loses_nothing(service):
    service.stop_broker()
    publish_and_see(service, 0)
    service.start_broker()
    service.freeze_broker()
    publish_and_see(service, 1)
    service.thaw_broker()
    publish_and_see(service, 2)
    service.flush_broker()
    for name in ("one", "two"):  # each with a scheduler: two of them do no harm
        service.start_worker(name)
    poll(lambda: all_is_ready(service), seconds=120, what="all files")
    found = service.drive("verify")
    assert found["right"] == service.drive("count")["publications"] == 3
    assert (found["strays"], found["most_attempts"]) == (0, 1)
