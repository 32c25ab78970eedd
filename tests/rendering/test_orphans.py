"""Files that no row names are deleted after a day, in every folder within a day."""

import os
import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from plans.handout.make import Handout
from plans.models import FrozenContent, Publication, Rendering
from plans.rendering import job, orphans, storage
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def rendering(monkeypatch):
    """A finished rendering of a publication that was issued long ago."""
    monkeypatch.setattr(job, "make", lambda rendering: Handout(b"%PDF-made", 1))
    publication = factories.publication(factories.therapist(factories.clinic()))
    Publication.objects.update(published_at=timezone.now() - 30 * DAY)
    row = Rendering.objects.get(content=publication.content)
    job.work(row.pk)
    row.refresh_from_db()
    return row


@pytest.fixture
def folder(rendering):
    return rendering.content_id[:2]


def keep(folder, *, days, name=None):
    """A file as a worker leaves it, so many days old."""
    name = storage.keep(
        f"renderings/{folder}/{name or f'{uuid.uuid4()}-{uuid.uuid4().hex[:12]}.pdf'}", b"%PDF-x"
    )
    age(name, days)
    return name


def age(name, days):
    then = (timezone.now() - days * DAY).timestamp()
    os.utime(default_storage.path(name), (then, then))


def test_a_file_without_a_row_goes_and_one_with_a_row_stays(rendering, folder):
    stray = keep(folder, days=2)
    age(rendering.file.name, 2)
    orphans.drop_orphans_in(folder)
    assert not default_storage.exists(stray)
    assert default_storage.exists(rendering.file.name)


def test_an_older_attempt_of_a_rendering_goes(rendering, folder):
    stray = keep(folder, days=2, name=f"{rendering.pk}-0123456789ab.pdf")
    orphans.drop_orphans_in(folder)
    assert not default_storage.exists(stray)
    assert default_storage.exists(rendering.file.name)


def test_a_young_file_stays_since_its_row_may_be_written_yet(folder):
    young = keep(folder, days=0.9)
    orphans.drop_orphans_in(folder)
    assert default_storage.exists(young)


def test_a_database_that_knows_less_than_the_storage_deletes_nothing(folder):
    """Begun anew, or restored from a copy of another day, beside files that were there before."""
    older = keep(folder, days=40)
    orphans.drop_orphans_in(folder)
    assert default_storage.exists(older)
    stray = keep(folder, days=2)
    Rendering.objects.all().delete()
    Publication.objects.all().delete()
    FrozenContent.objects.all().delete()
    orphans.drop_orphans_in(folder)
    assert default_storage.exists(stray)


def test_a_file_of_another_kind_is_not_ours_to_delete(folder):
    other = keep(folder, days=2, name="notes.pdf")
    orphans.drop_orphans_in(folder)
    assert default_storage.exists(other)


def test_a_folder_that_is_not_there_is_no_error(rendering):
    orphans.drop_orphans_in("no")


def test_every_folder_has_its_turn_within_a_day(rendering, monkeypatch):
    seen = []
    monkeypatch.setattr(orphans, "drop_orphans_in", seen.append)
    start = timezone.now()
    for turn in range(int(DAY.total_seconds() // orphans.TURN_SECONDS)):
        moment = start + turn * timedelta(seconds=orphans.TURN_SECONDS)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        orphans.drop_orphans()
    assert set(seen) == {f"{number:02x}" for number in range(256)}


def test_no_more_than_a_few_questions_for_many_files(folder, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(orphans, "BATCH", 4)
    # Other tests' files may stand in the same of the 256 folders.
    old = {keep(folder, days=2).rpartition("/")[2] for _ in range(8)}
    with django_assert_max_num_queries(4):
        orphans.drop_orphans_in(folder)
    assert not old & set(storage.names_in(f"renderings/{folder}"))
