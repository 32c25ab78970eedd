"""The broker's queues tell how many messages wait."""

import pytest
from celery import current_app

from plans import enqueue
from tests.servers import forget_messages


@pytest.fixture
def empty_broker(broker):
    forget_messages()
    yield
    forget_messages()


def test_the_broker_tells_how_many_messages_wait_in_each_queue(empty_broker):
    assert [enqueue.messages_waiting(queue) for queue in ("render", "bulk", "webhooks")] == [0, 0, 0]
    for queue in ("render", "bulk", "bulk", "default"):
        current_app.send_task("plans.nothing", queue=queue)
    assert [enqueue.messages_waiting(queue) for queue in ("render", "bulk", "webhooks")] == [1, 2, 0]
