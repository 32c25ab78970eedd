"""A mail server of the test's own, which the service is told of."""

import pytest

from tests import factories
from tests.smtp import FakeMailServer


@pytest.fixture
def server(settings):
    """It is spoken to as any other server: through Django's settings and its usual backend."""
    fake = FakeMailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", fake.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 10
    settings.DEFAULT_FROM_EMAIL = "plans@clinic.example"
    yield fake
    fake.stop()


@pytest.fixture
def publication(therapist):
    return factories.publication(therapist)
