"""A receiver that webhooks may reach although it is on this machine."""

import ssl

import pytest

from plans.actions.webhooks import sending
from tests.actions.webhooks.receiver import Receiver


@pytest.fixture
def receiver(tmp_path, monkeypatch):
    """Its name leads to this machine and its certificate is believed; everything else is the real thing."""
    one = Receiver(tmp_path)
    trusting = ssl.create_default_context(cafile=one.certificate)
    monkeypatch.setattr(sending, "resolve", lambda host, port: ["127.0.0.1"])
    monkeypatch.setattr(sending.ssl, "create_default_context", lambda: trusting)
    yield one
    one.stop()
