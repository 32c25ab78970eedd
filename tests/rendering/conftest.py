"""A published plan's file that waits for its worker."""

import pytest

from plans.handout.make import Handout
from plans.models import Rendering
from plans.rendering import job
from tests import factories


@pytest.fixture(autouse=True)
def read_pictures_anew():
    """Forget the pictures that this process keeps: each test has a storage of its own making."""
    job._picture.cache_clear()


@pytest.fixture
def rendering(db):
    publication = factories.publication(factories.therapist(factories.clinic()))
    return Rendering.objects.get(content=publication.content)


@pytest.fixture
def quick(monkeypatch):
    """The renderer's work in no time: for tests of who holds the row."""
    monkeypatch.setattr(job, "make", lambda rendering: Handout(b"%PDF-made", 1))
