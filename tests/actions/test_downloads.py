"""Any byte of a PDF that goes out is recorded; the ranges of one reading are one row."""

import pytest

from plans.actions.downloads import SAME_READING, record_download, record_reading
from plans.handout.formats import Copy, Format
from plans.models import AuditEvent, LinkOpening, LinkUse
from tests import factories


@pytest.fixture
def publication(db):
    return factories.publication(factories.therapist(factories.clinic()))


@pytest.fixture
def rendering(publication):
    return publication.content.renderings.get()


def rows():
    return AuditEvent.objects.filter(verb__in=("rendering.opened", "link.downloaded")).count()


def older(model):
    """Make all that was recorded so far older than one reading lasts."""
    for row in model.objects.all():
        model.objects.filter(pk=row.pk).update(created_at=row.created_at - SAME_READING)


def test_ranges_of_one_reading_are_one_row(publication, rendering):
    reader = publication.published_by
    for _ in range(5):
        record_reading(rendering=rendering, by=reader, part=True)
    assert rows() == 1
    event = AuditEvent.objects.get(verb="rendering.opened")
    assert (event.created_by, event.object_id) == (reader, str(rendering.pk))
    assert event.patient_id == publication.plan.patient_id


def test_a_reading_later_is_another(publication, rendering):
    reader = publication.published_by
    record_reading(rendering=rendering, by=reader, part=True)
    older(AuditEvent)
    record_reading(rendering=rendering, by=reader, part=True)
    assert rows() == 2


def test_another_reader_and_another_file_are_rows_of_their_own(db):
    therapist = factories.therapist(factories.clinic())
    publication = factories.publication(therapist, formats=(Format(), Format(copy=Copy.SUMMARY)))
    for rendering in publication.content.renderings.all():
        for reader in (therapist, factories.person()):
            record_reading(rendering=rendering, by=reader, part=True)
    assert rows() == 4


def test_the_whole_file_is_a_row_each_time_and_covers_its_ranges(publication, rendering):
    reader = publication.published_by
    record_reading(rendering=rendering, by=reader, part=False)
    record_reading(rendering=rendering, by=reader, part=False)
    record_reading(rendering=rendering, by=reader, part=True)
    assert rows() == 2


def test_a_patients_ranges_are_one_row_for_each_address_and_file(publication, rendering):
    link = publication.plan.links.get()
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        record_download(link=link, rendering=rendering, address=address, part=True)
    assert rows() == 2
    assert LinkOpening.objects.filter(use=LinkUse.DOWNLOADED, rendering=rendering).count() == 2
    older(LinkOpening)
    record_download(link=link, rendering=rendering, address="192.0.2.1", part=True)
    assert rows() == 3
