"""A web process never waits for its broker: a publication is safe in its row, the sweep wakes the worker later."""

import signal

import pytest
from celery import Celery
from django.conf import settings
from kombu.exceptions import OperationalError

from clinic import embedded


@pytest.fixture
def own_broker(tmp_path):
    """A broker for one test alone, with an application that has the web process's settings."""
    server = embedded.start(tmp_path)
    app = Celery(set_as_current=False, broker=f"redis+socket://{embedded.socket_path(tmp_path)}")
    app.config_from_object(
        {
            "broker_transport_options": settings.CELERY_BROKER_TRANSPORT_OPTIONS,
            "broker_connection_max_retries": settings.CELERY_BROKER_CONNECTION_MAX_RETRIES,
            "task_publish_retry_policy": settings.CELERY_TASK_PUBLISH_RETRY_POLICY,
        }
    )
    yield app, server
    server.send_signal(signal.SIGCONT)
    embedded.stop(server)
    app.close()
    folder = embedded.socket_path(tmp_path).parent
    for path in folder.glob("*"):
        path.unlink()
    folder.rmdir()


@pytest.mark.timeout(20)
@pytest.mark.parametrize("warm", [False, True], ids=["first message", "open connection"])
def test_a_broker_that_hangs_is_given_up(own_broker, warm):
    app, server = own_broker
    if warm:
        app.send_task("plans.nothing")
    server.send_signal(signal.SIGSTOP)

    with pytest.raises(OperationalError):
        app.send_task("plans.nothing")


@pytest.mark.timeout(20)
@pytest.mark.parametrize("warm", [False, True], ids=["first message", "open connection"])
def test_a_broker_that_is_gone_is_given_up_and_found_again(own_broker, warm, tmp_path):
    app, server = own_broker
    if warm:
        app.send_task("plans.nothing")
    embedded.stop(server)
    with pytest.raises(OperationalError):
        app.send_task("plans.nothing")

    again = embedded.start(tmp_path)

    assert app.send_task("plans.nothing").id
    embedded.stop(again)
