"""Small pictures are made once in a process."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from plans.rendering import thumbnails
from plans.rendering.thumbnails import SIZE, thumbnail_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def make_anew():
    thumbnails._thumbnail.cache_clear()


def opened(data):
    return Image.open(BytesIO(data))


def test_a_photograph_is_made_small_in_its_shape(clinic):
    shown = opened(thumbnail_of(factories.uploaded_picture(clinic, width=640, height=320)))

    assert (shown.format, shown.size) == ("WEBP", (SIZE[0], SIZE[0] // 2))


def test_a_small_figure_is_not_made_larger():
    assert opened(thumbnail_of(factories.drawn_picture(90))).size == (100, 40)


def test_it_is_kept(clinic):
    picture = factories.uploaded_picture(clinic)
    first = thumbnail_of(picture)
    default_storage.delete(picture.file.name)

    assert thumbnail_of(picture) == first


def test_a_lost_file_is_told(clinic):
    picture = factories.uploaded_picture(clinic)
    default_storage.delete(picture.file.name)

    with pytest.raises(FileNotFoundError):
        thumbnail_of(picture)
