"""Old drafts are cleared at the moment in which one of them is published: the publisher wins, and meets no error."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from plans.actions import publishing
from plans.models import FrozenContent, Publication, Rendering
from plans.rendering import drafts
from tests import factories
from tests.at_once import in_thread, someone_waits_for_a_lock
from tests.servers import poll

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
COPIES = [factories.PATIENT_COPY]


@pytest.fixture
def seen(pat):
    """What a publish page showed long ago."""
    seen = publishing.prepare(plan=factories.plan(pat), by=pat, formats=COPIES)
    FrozenContent.objects.update(seen_as_draft_at=timezone.now() - timedelta(hours=3))
    return seen


def publish(seen, pat):
    return publishing.publish(plan=seen.check.plan, expected_hash=seen.expected_hash, by=pat, formats=COPIES)


def assert_whole():
    publication = Publication.objects.get()
    assert Rendering.objects.filter(content=publication.content).count() == 1


def test_what_is_being_published_is_passed_over(seen, pat):
    with transaction.atomic():
        publish(seen, pat)
        in_thread(drafts.drop_old_drafts).join()
    assert_whole()


def test_what_is_being_cleared_is_written_anew(seen, pat):
    with transaction.atomic():
        drafts.drop_old_drafts()
        publisher = in_thread(lambda: publish(seen, pat))
        poll(someone_waits_for_a_lock, what="the publisher at the row")
    publisher.join()
    assert_whole()
